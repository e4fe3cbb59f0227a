# The awaited one ends at the moment of the timeout. If its own timer is older it has ended when wait_for
# looks, and that is in time; if the timeout's timer is older, wait_for cancels it when its sleep is over
# but its task has not run: the result is lost.
import asyncio


async def child():
    await asyncio.sleep(1)
    print("slept")
    return "result"


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    print(await asyncio.wait_for(task, 1))
    try:
        print(await asyncio.wait_for(child(), 1))
    except TimeoutError as error:
        print(repr(error))


asyncio.run(main())
