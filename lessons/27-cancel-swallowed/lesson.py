import asyncio

async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print('我不走')  # 没有 raise
    await asyncio.sleep(3)
    return '干完了'

async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(1)
    task.cancel()
    print('得到', await task)
    print('取消了吗', task.cancelled())

asyncio.run(main())
