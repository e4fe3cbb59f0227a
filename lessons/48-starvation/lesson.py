import asyncio, time

async def heartbeat():
    for n in (1, 2, 3):
        print('心跳', n)
        await asyncio.sleep(1)

async def crunch():
    for n in range(4):
        time.sleep(0.5)  # 算一块
        print('算完', n)

async def main():
    beat = asyncio.create_task(heartbeat())
    await crunch()
    await beat

asyncio.run(main())
