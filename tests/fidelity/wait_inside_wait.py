# Each wait adds two iterations to the way of a wake-up: the completion callback, and the waiter's wake-up.
# Two tasks that wait for the same ones are told in the order of the futures first, of the waits second.
import asyncio


async def waits(name, tasks):
    await asyncio.wait(tasks)
    print(name)


async def child(delay):
    await asyncio.sleep(delay)
    print("child", delay)


async def main():
    children = [asyncio.create_task(child(delay)) for delay in (1, 1)]
    first = asyncio.create_task(waits("first", children))
    second = asyncio.create_task(waits("second", children[::-1]))
    third = asyncio.create_task(waits("third", [first]))
    await asyncio.wait([third, second])
    print("main")


asyncio.run(main())
