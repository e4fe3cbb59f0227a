# A release hands over to one who waits. If that one is cancelled before it runs it hands on what it was given;
# the last one gives it back.
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
    semaphore.release()
    first.cancel()
    await asyncio.sleep(0)
    print("locked:", semaphore.locked())
    second.cancel()
    await asyncio.sleep(0)
    print("locked:", semaphore.locked())
    await semaphore.acquire()
    print("main has it")


asyncio.run(main())
