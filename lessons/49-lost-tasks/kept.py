import asyncio

async def save(name):
    print('开始保存', name)
    await asyncio.sleep(2)
    print('已保存', name)

async def main():
    diary = asyncio.create_task(save('日记'))
    photo = asyncio.create_task(save('照片'))
    await asyncio.sleep(1)
    print('main快要结束')
    await diary
    await photo
    print('main结束')

asyncio.run(main())
