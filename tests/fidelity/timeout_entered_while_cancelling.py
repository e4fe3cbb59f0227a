# differs: timeout-counts-cancels
# A timeout counts from where it was entered: in a task that was cancelled before and swallowed it, its own
# cancel is still a TimeoutError. (Before 3.11.3 it was not: the count had to be zero.)
import asyncio


async def child():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("swallowed", asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(1):
            await asyncio.sleep(10)
    except TimeoutError as error:
        print(repr(error), asyncio.current_task().cancelling())


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel()
    await task


asyncio.run(main())
