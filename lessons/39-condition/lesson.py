import asyncio

bread = 0
shop = asyncio.Condition()

async def customer(name):
    global bread
    async with shop:
        while bread == 0:
            print(name, '等面包')
            await shop.wait()
        bread -= 1
        print(name, '拿到面包，剩下', bread)

async def main():
    global bread
    tom = asyncio.create_task(customer('Tom'), name='Tom')
    amy = asyncio.create_task(customer('Amy'), name='Amy')
    for _ in range(2):
        await asyncio.sleep(1)
        async with shop:
            bread += 1
            print('出炉一个')
            shop.notify_all()
    await tom
    await amy

asyncio.run(main())
