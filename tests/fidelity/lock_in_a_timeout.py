# A timeout in the line for a lock: the one that gave up stands there no longer, and the lock passes it by.
import asyncio

lock = asyncio.Lock()


async def holder():
    async with lock:
        await asyncio.sleep(3)


async def patient():
    async with lock:
        print("patient at", int(asyncio.get_running_loop().time()))


async def hurried():
    try:
        async with asyncio.timeout(2) as limit:
            await lock.acquire()
    except TimeoutError as error:
        print(repr(error), limit.expired())


async def main():
    tasks = [asyncio.create_task(holder()), asyncio.create_task(hurried()), asyncio.create_task(patient())]
    for task in tasks:
        await task


asyncio.run(main())
