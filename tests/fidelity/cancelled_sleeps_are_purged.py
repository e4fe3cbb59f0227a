# A cancelled sleep leaves its timer in the heap. Of so many, more than a hundred and more than half of
# all, the next iteration throws them away: none of them goes through the queue when their moment comes.
import asyncio


async def child(delay):
    await asyncio.sleep(delay)
    print("slept", delay)


async def main():
    alive = asyncio.create_task(child(5))
    tasks = [asyncio.create_task(child(5)) for _ in range(101)]
    await asyncio.sleep(1)
    for task in tasks:
        task.cancel()
    await alive


asyncio.run(main())
