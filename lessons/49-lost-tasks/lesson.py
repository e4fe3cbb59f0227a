import asyncio

async def save(name):
    print('开始保存', name)
    await asyncio.sleep(2)
    print('已保存', name)

async def main():
    asyncio.create_task(save('日记'))
    asyncio.create_task(save('照片'))
    await asyncio.sleep(1)
    print('main结束')

asyncio.run(main())
