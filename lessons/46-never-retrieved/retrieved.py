import asyncio

async def worker():
    raise ValueError('broken')

async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(1)
    print('all is well?')
    try:
        await task
    except ValueError as error:
        print('no:', error)
    task = None
    print('main ends')

asyncio.run(main())
