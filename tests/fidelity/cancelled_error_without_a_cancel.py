# A task that raises CancelledError by itself is cancelled, though nobody cancelled it.
import asyncio


async def child():
    raise asyncio.CancelledError("my own")


async def main():
    task = asyncio.create_task(child())
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error))
    print(task.cancelled(), task.cancelling(), asyncio.current_task().cancelling())


asyncio.run(main())
