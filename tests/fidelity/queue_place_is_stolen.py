# A get wakes the first putter, but the place stays free: who puts before that one runs takes it, and the woken
# one waits again behind all others. A putter that is cancelled after it was woken wakes the next.
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
    await queue.put("x")
    a = asyncio.create_task(putter("a"))
    b = asyncio.create_task(putter("b"))
    c = asyncio.create_task(putter("c"))
    await asyncio.sleep(0)
    print("main", repr(queue.get_nowait()))
    await queue.put("y")
    await asyncio.sleep(0)
    print("main", repr(queue.get_nowait()))
    b.cancel()
    for k in range(4):
        await asyncio.sleep(0)
    while not queue.empty():
        print("main", repr(queue.get_nowait()))
        await asyncio.sleep(0)


asyncio.run(main())
