import asyncio

async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    if name == 'B':
        raise ValueError(name + ' 出错')
    print(name, '完成')
    return name

async def main():
    try:
        names = await asyncio.gather(
            fetch('A', 3), fetch('B', 1), fetch('C', 2))
        print(names)
    except ValueError as error:
        print('main 接到：', error)
    await asyncio.sleep(4)
    print('main 结束')

asyncio.run(main())
