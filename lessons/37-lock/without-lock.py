import asyncio

tickets = 1

async def buy(name):
    global tickets
    if tickets > 0:
        await asyncio.sleep(1)
        tickets -= 1
        print(name, '买到票了')
    else:
        print(name, '来晚了')

async def main():
    tom = asyncio.create_task(buy('Tom'), name='Tom')
    amy = asyncio.create_task(buy('Amy'), name='Amy')
    await tom
    await amy
    print('剩下', tickets)

asyncio.run(main())
