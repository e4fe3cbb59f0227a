import asyncio

limit = asyncio.Semaphore(3)

async def download(number):
    async with limit:
        print('start', number)
        await asyncio.sleep(number)
        print('done', number)

async def main():
    jobs = [download(k + 1) for k in range(6)]
    await asyncio.gather(*jobs)

asyncio.run(main())
