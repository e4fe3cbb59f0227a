# Two conditions share a lock. Neither works without it, whoever holds it.
import asyncio

lock = asyncio.Lock()
full = asyncio.Condition(lock)
empty = asyncio.Condition(lock)


async def waiter():
    async with lock:
        await full.wait()
        print("full")
        empty.notify()


async def main():
    try:
        await full.wait()
    except RuntimeError as error:
        print(repr(error))
    for refused in (full.notify, empty.release):
        try:
            refused()
        except RuntimeError as error:
            print(repr(error))
    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    await empty.acquire()
    print(full.locked())
    full.notify()
    await empty.wait()
    print("empty")
    full.release()
    await task


asyncio.run(main())
