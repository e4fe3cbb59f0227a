# Two tasks sleep: one for a time, one for a turn.
import asyncio


async def long():
    await asyncio.sleep(2)
    print("awake")
    return 1


async def short():
    await asyncio.sleep(0)
    print("a turn later")


async def main():
    first = asyncio.create_task(long())
    second = asyncio.create_task(short())
    print(await first)
    print(await second)


asyncio.run(main())
