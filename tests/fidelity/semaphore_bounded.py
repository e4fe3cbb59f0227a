# A bounded semaphore counts what was handed over as not there: it can be released again while the woken one has
# not run, but never more often than it was acquired.
import asyncio

semaphore = asyncio.BoundedSemaphore(2)


async def user(name):
    async with semaphore:
        print(name, "has it")
        await asyncio.sleep(1)


async def main():
    tasks = [asyncio.create_task(user(name)) for name in ("a", "b", "c")]
    for task in tasks:
        await task
    await semaphore.acquire()
    semaphore.release()
    try:
        semaphore.release()
    except ValueError as error:
        print(repr(error))


asyncio.run(main())
