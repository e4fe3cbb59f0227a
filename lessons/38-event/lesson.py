import asyncio

start = asyncio.Event()

async def runner(number):
    print(number, '就位')
    await start.wait()
    print(number, '起跑')

async def main():
    runners = [asyncio.create_task(runner(k + 1)) for k in range(3)]
    await asyncio.sleep(2)
    start.set()
    print('砰！')
    await asyncio.gather(*runners)
    await runner('迟到者')

asyncio.run(main())
