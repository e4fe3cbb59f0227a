# A task that cancels itself goes on to its next real wait: it is told there, at once, and what it wanted
# to wait for is cancelled. Awaiting what is done already is no wait.
import asyncio


async def child(future, done):
    asyncio.current_task().cancel("myself")
    print("goes on")
    print(await done)
    try:
        await future
    except asyncio.CancelledError as error:
        print(repr(error), future.cancelled())


async def main():
    loop = asyncio.get_running_loop()
    future, done = loop.create_future(), loop.create_future()
    done.set_result("done")
    task = asyncio.create_task(child(future, done))
    await task
    print(task.cancelled(), task.cancelling())


asyncio.run(main())
