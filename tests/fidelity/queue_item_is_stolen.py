# A put wakes the first getter, but the item stays in the queue: who asks before that one runs takes it. The woken
# one finds nothing, and waits again behind all others.
import asyncio

queue = asyncio.Queue()


async def getter(name):
    item = await queue.get()
    print(name, repr(item))


async def main():
    a = asyncio.create_task(getter("a"))
    b = asyncio.create_task(getter("b"))
    await asyncio.sleep(0)
    queue.put_nowait(1)
    print("main", repr(await queue.get()))
    await asyncio.sleep(0)
    queue.put_nowait(2)
    queue.put_nowait(3)
    await a
    await b


asyncio.run(main())
