# With a timeout of 0 there is no timer: what is done gives its result without any turn, a coroutine
# becomes a task that is cancelled before its first step, and what runs already is cancelled and waited
# for.
import asyncio


async def never():
    print("never")


async def stubborn():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        return "swallowed"


async def main():
    done = asyncio.get_running_loop().create_future()
    done.set_result("done")
    print(await asyncio.wait_for(done, 0))
    try:
        await asyncio.wait_for(never(), 0)
    except TimeoutError as error:
        print(repr(error))
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    print(await asyncio.wait_for(task, 0))


asyncio.run(main())
