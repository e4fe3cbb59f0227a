import asyncio

async def work(name, seconds):
    try:
        await asyncio.sleep(seconds)
        if name == 'B':
            raise ValueError(name + ' 出错')
        print(name, '完成')
    except asyncio.CancelledError:
        print(name, '被取消')
        raise

async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work('A', 1), name='A')
            group.create_task(work('B', 2), name='B')
            group.create_task(work('C', 3), name='C')
        print('一组都完成了')
    except* ValueError as errors:
        print('main 接到：', errors.exceptions)
    print('main 继续')

asyncio.run(main())
