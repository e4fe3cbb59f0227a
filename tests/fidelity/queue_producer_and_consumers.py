# A producer faster than its consumers fills the queue and waits; consumers wait when it is empty. All is done
# when join returns, and then they are cancelled.
import asyncio

queue = asyncio.Queue(2)


async def producer():
    for k in range(6):
        await queue.put(k)
        print(f"put {k}, full: {queue.full()}")


async def consumer(name):
    while True:
        item = await queue.get()
        await asyncio.sleep(1)
        print(name, "did", item)
        queue.task_done()


async def main():
    await queue.join()
    consumers = [asyncio.create_task(consumer(name)) for name in ("a", "b")]
    await producer()
    await queue.join()
    print(f"joined, size {queue.qsize()}")
    for task in consumers:
        task.cancel()


asyncio.run(main())
