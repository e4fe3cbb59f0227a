# When the time of as_completed is over, each one that is missing is a TimeoutError of its turn, at once.
# Nobody is cancelled: the others go on.
import asyncio


async def child(delay):
    await asyncio.sleep(delay)
    print("child", delay)
    return delay


async def main():
    tasks = [asyncio.create_task(child(delay)) for delay in (3, 1, 4)]
    for earliest in asyncio.as_completed(tasks, timeout=2):
        try:
            print(await earliest)
        except TimeoutError as error:
            print(repr(error))
    await asyncio.wait(tasks)


asyncio.run(main())
