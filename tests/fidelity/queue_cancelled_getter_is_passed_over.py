# A put passes over a getter that was cancelled and has not run yet: the next one is woken, in the same step. The
# cancelled one runs first, sees the item, and wakes nobody for it: it had not been woken.
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
    a.cancel()
    queue.put_nowait(1)
    for k in range(3):
        await asyncio.sleep(0)
    print(a.done(), b.done(), c.done())


asyncio.run(main())
