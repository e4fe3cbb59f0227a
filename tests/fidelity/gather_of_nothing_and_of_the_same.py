# gather of nothing is done at once. What stands there twice, a task or a coroutine, counts once and gives
# two results; a task that is done already still sends its callback through the queue.
import asyncio


async def child():
    print("child")
    return "result"


async def main():
    empty = asyncio.gather()
    print(empty.done(), await empty)
    task = asyncio.create_task(child())
    print(await asyncio.gather(task, task))
    print(await asyncio.gather(task, task))
    coroutine = child()
    print(await asyncio.gather(coroutine, task, coroutine))


asyncio.run(main())
