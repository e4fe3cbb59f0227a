# A child fails, and in the same iteration the parent is cancelled from outside. The failures come out, and
# the group takes back its own cancel only: the parent's count shows that it was cancelled.
import asyncio


async def fails():
    await asyncio.sleep(1)
    raise ValueError("broken")


async def parent():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails())
            await asyncio.sleep(10)
    except* ValueError:
        print("parent failed", asyncio.current_task().cancelling())
    await asyncio.sleep(1)
    print("goes on")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(1, asyncio.get_running_loop().call_soon, task.cancel)
    await task


asyncio.run(main())
