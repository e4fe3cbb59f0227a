import asyncio

async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    if name == 'B':
        raise ValueError(name + ' 出错')
    print(name, '完成')
    return name

async def main():
    results = await asyncio.gather(
        fetch('A', 3), fetch('B', 1), fetch('C', 2),
        return_exceptions=True)
    print(results)

asyncio.run(main())
