# gather of nothing is done at once. A task that stands there twice counts once, and gives two results; one
# that is done already still sends its callback through the queue.
import asyncio


async def child():
    return "result"


async def main():
    empty = asyncio.gather()
    print(empty.done(), await empty)
    task = asyncio.create_task(child())
    print(await asyncio.gather(task, task))
    print(await asyncio.gather(task, task))


asyncio.run(main())
