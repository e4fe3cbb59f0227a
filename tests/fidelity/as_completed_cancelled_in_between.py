# A cancel while as_completed's next is awaited uses that turn up. The results go on to come into its
# queue, and there is one turn less to fetch them: the last one stays behind.
import asyncio


async def child(delay):
    await asyncio.sleep(delay)
    return delay


async def main():
    tasks = [asyncio.create_task(child(delay)) for delay in (1, 3, 4)]
    for earliest in asyncio.as_completed(tasks):
        try:
            async with asyncio.timeout(1.5):
                print(await earliest)
        except TimeoutError:
            print("no patience")
    print([task.done() for task in tasks])


asyncio.run(main())
