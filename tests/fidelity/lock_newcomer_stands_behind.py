# A release makes the lock free, but only wakes who waits. A newcomer that asks before that one runs finds it
# free, and stands behind all the same.
import asyncio

lock = asyncio.Lock()


async def waiter(name):
    await lock.acquire()
    print(name, "has it")
    lock.release()


async def main():
    await lock.acquire()
    first = asyncio.create_task(waiter("first"))
    second = asyncio.create_task(waiter("second"))
    await asyncio.sleep(0)
    lock.release()
    print("locked", lock.locked())
    await lock.acquire()
    print("main has it")
    lock.release()


asyncio.run(main())
