# A putter is cancelled after a get woke it, and its place is taken before it runs: then there is nothing to wake
# the next one for.
import asyncio

queue = asyncio.Queue(1)


async def putter(name):
    try:
        await queue.put(name)
    except asyncio.CancelledError as error:
        print(name, repr(error))
        raise
    print(name, "is in")


async def main():
    queue.put_nowait("x")
    a = asyncio.create_task(putter("a"))
    b = asyncio.create_task(putter("b"))
    await asyncio.sleep(0)
    print("main", repr(queue.get_nowait()))
    queue.put_nowait("y")
    a.cancel()
    for k in range(3):
        await asyncio.sleep(0)
    print("b waits:", not b.done())
    print("main", repr(queue.get_nowait()))
    await b


asyncio.run(main())
