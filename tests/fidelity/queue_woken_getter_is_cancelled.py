# A getter is cancelled after a put woke it: it wakes the next, for the item is still there. When the item is gone
# it wakes nobody.
import asyncio

queue = asyncio.Queue()


async def getter(name):
    try:
        item = await queue.get()
    except asyncio.CancelledError as error:
        print(name, repr(error))
        raise
    print(name, repr(item))


async def main():
    a = asyncio.create_task(getter("a"))
    b = asyncio.create_task(getter("b"))
    c = asyncio.create_task(getter("c"))
    await asyncio.sleep(0)
    queue.put_nowait(1)
    a.cancel()
    await b
    queue.put_nowait(2)
    c.cancel()
    d = asyncio.create_task(getter("d"))
    print("main", repr(queue.get_nowait()))
    for k in range(4):
        await asyncio.sleep(0)
    print("d waits:", not d.done())


asyncio.run(main())
