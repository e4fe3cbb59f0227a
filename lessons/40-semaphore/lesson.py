import asyncio

limit = asyncio.Semaphore(3)

async def download(number):
    async with limit:
        print('开始', number)
        await asyncio.sleep(number)
        print('完成', number)

async def main():
    jobs = [download(k + 1) for k in range(6)]
    await asyncio.gather(*jobs)

asyncio.run(main())
