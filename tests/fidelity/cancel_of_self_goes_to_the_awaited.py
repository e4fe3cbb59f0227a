# A task that cancelled itself cancels what it waits for next. If that is a task, the cancel is that one's
# from then on: when it swallows it, the first never hears of it again.
import asyncio


async def swallows():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print("swallows", repr(error))
    return "result"


async def cancels_itself(task):
    asyncio.current_task().cancel("for myself")
    print(await task)
    await asyncio.sleep(1)
    return "nothing happened"


async def main():
    task = asyncio.create_task(swallows())
    await asyncio.sleep(0)
    itself = asyncio.create_task(cancels_itself(task))
    print(await itself, itself.cancelling(), task.cancelling())


asyncio.run(main())
