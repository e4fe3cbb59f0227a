# A cancel of a task that awaits shield cancels the shield only. What is behind it goes on, ends in its own
# time, and can be awaited again. The waiter is told one iteration after the cancel, as always.
import asyncio


async def inner():
    await asyncio.sleep(2)
    print("inner ends")
    return "result"


async def outer(task):
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError as error:
        print(repr(error), task.done())
    return await task


async def main():
    task = asyncio.create_task(inner())
    waiting = asyncio.create_task(outer(task))
    await asyncio.sleep(1)
    waiting.cancel("only you")
    print(await waiting, task.cancelling())


asyncio.run(main())
