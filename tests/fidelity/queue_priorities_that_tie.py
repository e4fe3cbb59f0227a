# Equal priorities come out as heapq has them: neither first in first out nor the other way round. Numbers of all
# kinds are compared with each other, exactly.
import asyncio


async def main():
    queue = asyncio.PriorityQueue()
    items = [1, 1.0, True, 0, 0.0, 1, False, 0.5, 1, 1.0, True, 9007199254740993, 9007199254740992.0]
    for k, item in enumerate(items):
        queue.put_nowait(item)
        if k % 4 == 3:
            print(repr(queue.get_nowait()))
    while not queue.empty():
        print(repr(queue.get_nowait()))


asyncio.run(main())
