# A cancel of a task that waits in wait() does not reach what it waits for. Its callbacks and its timer are
# taken away.
import asyncio


async def child():
    await asyncio.sleep(2)
    return "result"


async def waits(task):
    try:
        await asyncio.wait([task], timeout=3)
    finally:
        print("waits", task.done())


async def main():
    task = asyncio.create_task(child())
    waiting = asyncio.create_task(waits(task))
    await asyncio.sleep(1)
    waiting.cancel()
    result = await task
    print(result, waiting.cancelled())
    await asyncio.sleep(2)


asyncio.run(main())
