import asyncio

table = asyncio.Barrier(3)

async def player(name, seconds):
    await asyncio.sleep(seconds)
    print(name, '到了')
    await table.wait()
    print(name, '开始玩')

async def main():
    tom = asyncio.create_task(player('Tom', 1), name='Tom')
    amy = asyncio.create_task(player('Amy', 2), name='Amy')
    bob = asyncio.create_task(player('Bob', 4), name='Bob')
    await tom
    await amy
    await bob

asyncio.run(main())
