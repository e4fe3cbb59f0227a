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
        await asyncio.sleep(1)
        raise ValueError('没有回音')

async def main():
    try:
        await work()
    except ValueError as error:
        print('main 接到：', error)

asyncio.run(main())
