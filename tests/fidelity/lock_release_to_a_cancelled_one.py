# A release meets a first waiter that was cancelled and has not run yet: nobody else is woken now; the
# cancelled one does it when it runs, an iteration later.
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
    first.cancel()
    lock.release()
    for k in range(4):
        await asyncio.sleep(0)
        print("turn", k)


asyncio.run(main())
