import asyncio

async def upload(file, seconds):
    await asyncio.sleep(seconds)
    if file == 'B':
        raise OSError('磁盘满了')
    print(file, '传完')

async def main():
    tasks = [
        asyncio.create_task(upload('A', 1), name='A'),
        asyncio.create_task(upload('B', 2), name='B'),
        asyncio.create_task(upload('C', 3), name='C'),
    ]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print(f'{len(done)} 个已结束，{len(pending)} 个没完')
    for task in tasks:
        if task in pending:
            task.cancel()
        elif task.exception():
            print(task.get_name(), '出错：', task.exception())

asyncio.run(main())
