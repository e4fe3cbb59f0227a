# wait looks at its futures when its task runs again, not when the first of them ended: those that ended
# meanwhile are done too, and the next wait finds the others.
import asyncio


async def child(delay):
    await asyncio.sleep(delay)
    return delay


async def main():
    tasks = [asyncio.create_task(child(delay)) for delay in (2, 1, 1, 3)]
    while tasks:
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            print(task.get_name(), task.result())
        print(len(pending), "pending")
        tasks = pending


asyncio.run(main())
