# A task cancelled before its first step still takes that step, and never runs its body. Its cancelled()
# says so only afterwards.
import asyncio


async def child():
    print("never")


async def main():
    task = asyncio.create_task(child())
    print(task.cancel("too early"))
    print(task.cancelled())
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error))
    print(task.cancelled())


asyncio.run(main())
