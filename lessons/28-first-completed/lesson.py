import asyncio

async def download(mirror, seconds):
    await asyncio.sleep(seconds)
    print(mirror, '下载完成')
    return mirror

async def main():
    tasks = [
        asyncio.create_task(download('A', 2), name='A'),
        asyncio.create_task(download('B', 1), name='B'),
        asyncio.create_task(download('C', 3), name='C'),
    ]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        print('用', task.result())
    for task in pending:
        task.cancel()

asyncio.run(main())
