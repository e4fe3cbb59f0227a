import asyncio

async def work():
    try:
        print('打开文件')
        await asyncio.sleep(10)
        print('写完了')
    finally:
        print('关闭文件')

async def main():
    task = asyncio.create_task(work())
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('它被取消了')

asyncio.run(main())
