# Two cancels before the first step are one CancelledError. It carries the last message, because nothing
# was thrown yet that could keep the first.
import asyncio


async def child():
    print("never")


async def main():
    task = asyncio.create_task(child())
    task.cancel("first")
    task.cancel("second")
    print(task.cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error))
    print(task.cancel(), task.cancelling())


asyncio.run(main())
