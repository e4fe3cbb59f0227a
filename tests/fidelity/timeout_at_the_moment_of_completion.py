# A sleep ends at the moment of its timeout. The timeout's timer is the older one, as it was entered
# before, so it cancels the sleep. A future that a still older timer completed has its result by then, and
# the task loses it.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(1):
            await asyncio.sleep(1)
            print("never")
    except TimeoutError:
        print("too late")
    future = loop.create_future()
    loop.call_later(1, future.set_result, "result")
    try:
        async with asyncio.timeout(1):
            print(await future)
    except TimeoutError:
        print("lost", future.result())


asyncio.run(main())
