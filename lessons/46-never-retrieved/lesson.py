import asyncio

async def worker():
    raise ValueError('坏了')

async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(1)
    print('一切正常？')
    task = None
    await asyncio.sleep(1)
    print('main 结束')

asyncio.run(main())
