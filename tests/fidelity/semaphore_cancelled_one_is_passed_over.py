# A release passes over who was cancelled and has not left the line yet: the next one is woken at once, not an
# iteration later as with a lock.
import asyncio

semaphore = asyncio.Semaphore(1)


async def waiter(name):
    try:
        outcome = await semaphore.acquire()
    except asyncio.CancelledError as error:
        print(name, repr(error))
        raise
    print(name, outcome)


async def main():
    await semaphore.acquire()
    first = asyncio.create_task(waiter("first"))
    second = asyncio.create_task(waiter("second"))
    await asyncio.sleep(0)
    first.cancel()
    semaphore.release()
    await asyncio.sleep(0)
    print("turn")
    await second
    print("locked:", semaphore.locked())


asyncio.run(main())
