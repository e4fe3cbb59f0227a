import asyncio

async def produce(queue):
    for n in range(6):
        await queue.put(n)
        print('放进', n, '| 排着', queue.qsize())

async def consume(queue):
    while True:
        n = await queue.get()
        await asyncio.sleep(1)
        print('处理完', n)
        queue.task_done()

async def main():
    queue = asyncio.Queue(maxsize=2)
    worker = asyncio.create_task(consume(queue))
    await produce(queue)
    await queue.join()
    worker.cancel()

asyncio.run(main())
