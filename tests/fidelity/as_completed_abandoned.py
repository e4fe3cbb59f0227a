# Who takes only the first that is done lets the others go on: nobody cancels them, and their callbacks
# still run and put them where nobody looks.
import asyncio


async def child(delay):
    await asyncio.sleep(delay)
    print("child", delay)
    return delay


async def main():
    tasks = [asyncio.create_task(child(delay)) for delay in (2, 1, 3)]
    for earliest in asyncio.as_completed(tasks, timeout=5):
        print(await earliest)
        break
    await asyncio.sleep(5)
    print([task.result() for task in tasks])


asyncio.run(main())
