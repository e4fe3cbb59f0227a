import asyncio

async def fetch(attempt):
    await asyncio.sleep(0.5)
    if attempt <= 3:
        raise ConnectionError('没接通')
    return '数据'

async def fetch_again(tries):
    delay = 1
    for attempt in range(1, tries + 1):
        try:
            return await fetch(attempt)
        except ConnectionError as error:
            if attempt == tries:
                raise
            print(f'第 {attempt} 次{error}，等 {delay:g} 秒')
        await asyncio.sleep(delay)
        delay = delay * 2

async def main():
    print('拿到', await fetch_again(5))

asyncio.run(main())
