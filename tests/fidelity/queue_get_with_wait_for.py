# A get under wait_for is a task of its own. When the time is over in the very iteration in which an item comes, the
# getter is cancelled after it was woken, and the item stays in the queue.
import asyncio

queue = asyncio.Queue()


async def get():
    return await queue.get()


async def putter():
    await asyncio.sleep(1)
    queue.put_nowait("item")
    print("put")


async def main():
    try:
        print(repr(await asyncio.wait_for(get(), 1)))
    except asyncio.TimeoutError as error:
        print(repr(error))
    task = asyncio.create_task(putter())
    await asyncio.sleep(0)
    try:
        outcome = await asyncio.wait_for(get(), 1)
    except asyncio.TimeoutError as error:
        outcome = error
    print(f"{outcome!r}, size {queue.qsize()}")
    for k in range(3):
        await asyncio.sleep(0)
    print(f"size {queue.qsize()}")


asyncio.run(main())
