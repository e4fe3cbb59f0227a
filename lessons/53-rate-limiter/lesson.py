import asyncio

async def request(n, gate):
    async with gate:
        await asyncio.sleep(0.5)  # 间隔
    print('发出', n)
    await asyncio.sleep(2)
    print('答复', n)

async def main():
    gate = asyncio.Lock()
    requests = [request(n, gate) for n in (1, 2, 3, 4)]
    await asyncio.gather(*requests)

asyncio.run(main())
