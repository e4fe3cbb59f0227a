# Of two cancels of a waiting task the first cancels what it waits for, and the second finds it cancelled:
# one CancelledError, with the first message, and nothing is left over for the next await.
import asyncio


async def child():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print(repr(error), asyncio.current_task().cancelling())
    await asyncio.sleep(1)
    print("slept well")


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel("first")
    task.cancel("second")
    await task
    print(task.cancelled(), task.cancelling())


asyncio.run(main())
