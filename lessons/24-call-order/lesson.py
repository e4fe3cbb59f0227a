import asyncio

def one():
    print('一')
    asyncio.get_running_loop().call_soon(four)

def two():
    print('二')

def three():
    print('三')

def four():
    print('四')

def five():
    print('五')

async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(1, five)
    loop.call_later(0, three)
    loop.call_soon(one)
    loop.call_soon(two)
    print('main让出')
    await asyncio.sleep(2)

asyncio.run(main())
