import asyncio

async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    return name

async def main():
    pages = [fetch('A', 3), fetch('B', 1), fetch('C', 2)]
    for page in asyncio.as_completed(pages):
        name = await page
        print(name, '到了，马上处理')
    print('全部到齐')

asyncio.run(main())
