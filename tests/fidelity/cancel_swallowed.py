# A task that swallows its CancelledError goes on and ends with a result. It was asked to end, and still
# says so; who cancelled it and waits gets the result.
import asyncio


async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("not me")
    await asyncio.sleep(1)
    return "result"


async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(1)
    task.cancel()
    print(await task, task.cancelled(), task.cancelling())


asyncio.run(main())
