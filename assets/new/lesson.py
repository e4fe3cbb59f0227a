import asyncio

async def work(name):
    print(name, 'begins')
    await asyncio.sleep(1)
    print(name, 'ends')

async def main():
    first = asyncio.create_task(work('first'))
    second = asyncio.create_task(work('second'))
    await first
    await second

asyncio.run(main())
