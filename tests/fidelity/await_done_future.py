# Awaiting what is done already gives nobody a turn: the queue waits until the task really suspends.
import asyncio


async def other():
    print("other")


async def main():
    future = asyncio.get_running_loop().create_future()
    future.set_result("result")
    task = asyncio.create_task(other())
    for _ in range(3):
        print(await future)
    await task
    print("main")
    await task
    print(task.done(), "without a turn")


asyncio.run(main())
