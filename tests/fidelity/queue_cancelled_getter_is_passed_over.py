# A put passes over a getter that was cancelled and has not run yet: the next one is woken, in the same step.
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
    await asyncio.sleep(0)
    a.cancel()
    queue.put_nowait(1)
    await asyncio.sleep(0)
    print(a.done(), b.done())


asyncio.run(main())
