import asyncio, time

async def read(page):
    time.sleep(1)
    print('读完第', page, '页')

async def main():
    try:
        async with asyncio.timeout(2.5):
            for page in (1, 2, 3):
                await read(page)
            print('全读完了')
    except TimeoutError:
        print('时间到')
    print('main 接着做别的')

asyncio.run(main())
