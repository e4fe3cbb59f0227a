import asyncio

async def fetch():
    try:
        await asyncio.sleep(3)
        return '数据'
    except asyncio.CancelledError:
        print('fetch 被取消了')
        raise

async def main():
    try:
        data = await asyncio.wait_for(fetch(), timeout=1)
        print('拿到', data)
    except asyncio.TimeoutError:
        print('main：超时了')

asyncio.run(main())
