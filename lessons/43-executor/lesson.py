import asyncio
import time

def fetch(name):
    time.sleep(1)
    return f'{name}到了'

async def clock():
    for tick in range(3):
        print('滴答', tick)
        await asyncio.sleep(0.4)

async def main():
    loop = asyncio.get_running_loop()
    ticking = asyncio.create_task(clock())
    page = await loop.run_in_executor(None, fetch, '网页')
    print(page)
    await ticking

asyncio.run(main())
