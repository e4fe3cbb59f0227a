# A cancel of a task that awaits gather cancels the children, and gather ends when they do. Also if one of
# them swallows its cancel and returns a result, or all do, gather ends with CancelledError: it was asked
# to.
import asyncio


async def swallows(delay):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("swallowed", delay)
    await asyncio.sleep(delay)
    return delay


async def parent(return_exceptions):
    try:
        await asyncio.gather(swallows(1), swallows(2), return_exceptions=return_exceptions)
    except asyncio.CancelledError as error:
        print("parent", repr(error))


async def main():
    for return_exceptions in False, True:
        task = asyncio.create_task(parent(return_exceptions))
        await asyncio.sleep(1)
        task.cancel("enough")
        await task
        print(task.cancelling())


asyncio.run(main())
