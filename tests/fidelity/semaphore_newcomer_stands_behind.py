# Two are released while one waits: there is one left to take, but as long as the woken one stands in line a
# newcomer stands behind it, and is woken by it.
import asyncio

semaphore = asyncio.Semaphore(2)


async def waiter(name):
    await semaphore.acquire()
    print(name, "has it")


async def main():
    await semaphore.acquire()
    await semaphore.acquire()
    first = asyncio.create_task(waiter("first"))
    await asyncio.sleep(0)
    semaphore.release()
    semaphore.release()
    print("locked:", semaphore.locked())
    second = asyncio.create_task(waiter("second"))
    await semaphore.acquire()
    print("main has it")
    semaphore.release()
    await second


asyncio.run(main())
