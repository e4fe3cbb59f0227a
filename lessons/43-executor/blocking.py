import asyncio
import time

def fetch(name):
    time.sleep(1)
    return f'{name} is here'

async def clock():
    for tick in range(3):
        print('tick', tick)
        await asyncio.sleep(0.4)

async def main():
    ticking = asyncio.create_task(clock())
    page = fetch('page')
    print(page)
    await ticking

asyncio.run(main())
