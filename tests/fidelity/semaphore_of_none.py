# A semaphore may begin with none: whoever waits gets what others release. async with releases also when the block
# fails.
import asyncio

semaphore = asyncio.Semaphore(0)


async def user(name):
    async with semaphore:
        print(name, "has it")
        await asyncio.sleep(0)
        raise ValueError(name)


async def main():
    tasks = [asyncio.create_task(user(name)) for name in ("a", "b")]
    await asyncio.sleep(0)
    print("locked:", semaphore.locked())
    semaphore.release()
    for task in tasks:
        try:
            await task
        except ValueError as error:
            print(repr(error))
    print("locked:", semaphore.locked())


asyncio.run(main())
