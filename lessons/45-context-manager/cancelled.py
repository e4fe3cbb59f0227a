import asyncio

class Connection:
    async def __aenter__(self):
        await asyncio.sleep(1)
        print('已连接')
        return self

    async def __aexit__(self, kind, error, traceback):
        print('正在关闭，因为', repr(error))
        await asyncio.sleep(1)
        print('已关闭')

async def work():
    async with Connection():
        print('正在干活')
        await asyncio.sleep(10)
        print('不会打印')

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(2)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('main：它结束了')

asyncio.run(main())
