# Two cancels before the task runs again are one CancelledError, with the first message; both are counted.
import asyncio


async def sleeper():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError as outcome:
        print(repr(outcome), asyncio.current_task().cancelling())
        raise


async def main():
    task = asyncio.create_task(sleeper())
    await asyncio.sleep(0)
    print(task.cancel("first"))
    print(task.cancel("second"))
    try:
        await task
    except asyncio.CancelledError as outcome:
        print(repr(outcome), task.cancelled())


asyncio.run(main())
