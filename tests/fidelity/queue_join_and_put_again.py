# Who joins is woken when all is done, and does not look again: that something was put meanwhile is nothing to it.
import asyncio

queue = asyncio.Queue()


async def joiner():
    await queue.join()
    print(f"joined, size {queue.qsize()}")


async def main():
    queue.put_nowait(1)
    queue.put_nowait(2)
    task = asyncio.create_task(joiner())
    await asyncio.sleep(0)
    for k in range(2):
        print(repr(queue.get_nowait()))
        queue.task_done()
    try:
        queue.task_done()
    except ValueError as error:
        print(repr(error))
    queue.put_nowait(3)
    await task


asyncio.run(main())
