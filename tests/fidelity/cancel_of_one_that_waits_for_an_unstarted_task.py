# A cancel of a task that waits for one that has not begun: that one never begins. It takes its first step
# to die, and the waiting one is told an iteration later.
import asyncio


async def child():
    print("never")


async def parent():
    try:
        await asyncio.create_task(child())
    except asyncio.CancelledError as error:
        print("parent", repr(error))


async def main():
    task = asyncio.create_task(parent())
    asyncio.get_running_loop().call_soon(task.cancel, "in time")
    await task
    print(task.cancelled(), task.cancelling())


asyncio.run(main())
