import asyncio

def say(text):
    print(text)

def first():
    print('一')
    asyncio.get_running_loop().call_soon(say, '四')

async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(1, say, '五')
    loop.call_later(0, say, '三')
    loop.call_soon(first)
    loop.call_soon(say, '二')
    print('main让出')
    await asyncio.sleep(2)

asyncio.run(main())
