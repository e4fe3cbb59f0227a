import asyncio

async def count(name):
    for n in (1, 2, 3):
        print(name, n)

async def main():
    a = asyncio.create_task(count('甲'), name='甲')
    b = asyncio.create_task(count('乙'), name='乙')
    await a
    await b

asyncio.run(main())
