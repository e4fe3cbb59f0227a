import asyncio

bread = 0
shop = asyncio.Condition()

async def customer(name):
    global bread
    async with shop:
        if bread == 0:
            print(name, 'waits')
            await shop.wait()
        bread -= 1
        print(name, 'has bread, left:', bread)

async def main():
    global bread
    tom = asyncio.create_task(customer('Tom'), name='Tom')
    amy = asyncio.create_task(customer('Amy'), name='Amy')
    for _ in range(2):
        await asyncio.sleep(1)
        async with shop:
            bread += 1
            print('one is baked')
            shop.notify_all()
    await tom
    await amy

asyncio.run(main())
