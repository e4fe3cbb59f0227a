import asyncio

queue = asyncio.Queue(2)

async def producer(name):
    for k in range(4):
        await queue.put(f'{name}{k + 1}')
        print('放进', f'{name}{k + 1}')

async def consumer():
    while True:
        item = await queue.get()
        await asyncio.sleep(1)
        print('处理完', item)
        queue.task_done()

async def main():
    consumers = [asyncio.create_task(consumer()) for _ in range(2)]
    producers = [producer(name) for name in 'ABC'[:1]]
    await asyncio.gather(*producers)
    await queue.join()
    print('全部处理完')
    for task in consumers:
        task.cancel()

asyncio.run(main())
