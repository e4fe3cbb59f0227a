# A task that is made during the shutdown of asyncio.run is not cancelled, and not waited for: it runs as
# long as the shutdown does, and is left where it is.
import asyncio


async def late():
    for k in range(100):
        print("late", k)
        await asyncio.sleep(0)


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        global task
        task = asyncio.create_task(late())


async def main():
    asyncio.create_task(child())
    await asyncio.sleep(0)


asyncio.run(main())
print(task.done())
