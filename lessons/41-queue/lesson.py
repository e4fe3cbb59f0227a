import asyncio

queue = asyncio.Queue(2)

async def producer(name):
    for k in range(4):
        await queue.put(f'{name}{k + 1}')
        print('put', f'{name}{k + 1}')

async def consumer():
    while True:
        item = await queue.get()
        await asyncio.sleep(1)
        print('done', item)
        queue.task_done()

async def main():
    consumers = [asyncio.create_task(consumer()) for _ in range(2)]
    producers = [producer(name) for name in 'ABC'[:1]]
    await asyncio.gather(*producers)
    await queue.join()
    print('all done')
    for task in consumers:
        task.cancel()

asyncio.run(main())
