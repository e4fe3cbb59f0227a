import asyncio

balance = 100

async def withdraw(name, amount, start, lock):
    global balance
    await asyncio.sleep(start)
    async with lock:
        seen = balance
        print(name, '看到', seen)
        await asyncio.sleep(1)  # 等银行
        balance = seen - amount
    print(name, '取走', amount, '剩', balance)

async def main():
    lock = asyncio.Lock()
    one = asyncio.create_task(withdraw('甲', 30, 0, lock), name='甲')
    two = asyncio.create_task(withdraw('乙', 50, 1, lock), name='乙')
    await asyncio.gather(one, two)
    print('余额', balance)

asyncio.run(main())
