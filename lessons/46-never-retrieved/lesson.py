import asyncio

async def worker():
    raise ValueError('broken')

async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(1)
    print('all is well?')
    task = None
    await asyncio.sleep(1)
    print('main ends')

asyncio.run(main())
