import asyncio

async def transfer(name, first, second, start):
    await asyncio.sleep(start)
    async with first:
        print(name, '锁住第一个账户')
        await asyncio.sleep(1)
        async with second:
            print(name, '转账完成')

async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    one = asyncio.create_task(transfer('甲', a, b, 0), name='甲')
    two = asyncio.create_task(transfer('乙', a, b, 1), name='乙')
    await asyncio.gather(one, two)

asyncio.run(main())
