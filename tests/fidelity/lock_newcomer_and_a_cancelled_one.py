# All who stand in line were cancelled, but have not left it yet: a newcomer takes the free lock at once, and
# the cancelled one finds it taken and wakes nobody.
import asyncio

lock = asyncio.Lock()


async def waiter(name):
    await lock.acquire()
    print(name, "has it")
    lock.release()


async def main():
    await lock.acquire()
    first = asyncio.create_task(waiter("first"))
    await asyncio.sleep(0)
    first.cancel()
    lock.release()
    await lock.acquire()
    print("main has it")
    second = asyncio.create_task(waiter("second"))
    for k in range(3):
        await asyncio.sleep(0)
    print(lock.locked())
    lock.release()
    await second


asyncio.run(main())
