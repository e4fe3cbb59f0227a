# The one that a release woke is cancelled before it runs: it wakes the next, or the lock would be free while
# somebody waits for it.
import asyncio

lock = asyncio.Lock()


async def user(name):
    async with lock:
        print(name, "has it")
        await asyncio.sleep(0)


async def main():
    await lock.acquire()
    first = asyncio.create_task(user("first"))
    second = asyncio.create_task(user("second"))
    await asyncio.sleep(0)
    lock.release()
    first.cancel()
    print(lock.locked())
    await second
    print(first.cancelled(), lock.locked())


asyncio.run(main())
