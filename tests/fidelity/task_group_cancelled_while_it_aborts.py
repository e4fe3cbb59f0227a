# A cancel that comes while a group waits for the tasks that it has cancelled itself is swallowed: the wait
# goes on, nobody is cancelled twice, and the failures come out. The parent's count remembers it, and in
# 3.11 the group's own cancel too, which came after the block.
import asyncio


async def fails():
    await asyncio.sleep(1)
    raise ValueError("broken")


async def cleans_up():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(2)
        print("clean")


async def parent():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails())
            group.create_task(cleans_up())
    except ExceptionGroup as error:
        print(repr(error), asyncio.current_task().cancelling())
    await asyncio.sleep(1)
    print("goes on")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(2)
    print(task.cancel())
    await task


asyncio.run(main())
