# A sleep gives its result, also one of no time. Two sleeps that end together wake their tasks in the order
# in which the sleeps began, not the tasks.
import asyncio


async def child(name, first, second):
    await asyncio.sleep(first)
    print(await asyncio.sleep(second, name))


async def main():
    one = asyncio.create_task(child("one", 2, 1))
    two = asyncio.create_task(child("two", 1, 2))
    three = asyncio.create_task(child("three", 0, 3))
    await asyncio.wait([one, two, three])
    print(await asyncio.sleep(0, "no time"))


asyncio.run(main())
