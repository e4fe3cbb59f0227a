# A cancel of the task in the middle kills those that wait for it too, though nobody cancelled them; the
# one that it waits for was cancelled with it. One above that catches the error goes on.
import asyncio


async def last():
    await asyncio.sleep(10)


async def middle():
    await tasks["last"]


async def first():
    try:
        await tasks["middle"]
    except asyncio.CancelledError:
        print("first caught it", asyncio.current_task().cancelling())
    await asyncio.sleep(1)


async def main():
    global tasks
    tasks = {}
    tasks["last"] = asyncio.create_task(last())
    tasks["middle"] = asyncio.create_task(middle())
    tasks["first"] = asyncio.create_task(first())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks["middle"].cancel()
    await tasks["first"]
    for name, task in tasks.items():
        print(name, task.cancelled(), task.cancelling())


asyncio.run(main())
