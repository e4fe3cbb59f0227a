import asyncio

async def save():
    print('开始保存')
    await asyncio.sleep(3)
    print('保存好了')

async def main():
    saving = asyncio.create_task(save(), name='save')
    try:
        await asyncio.wait_for(asyncio.shield(saving), timeout=1)
    except asyncio.TimeoutError:
        print('main：不等了')
    await asyncio.wait([saving])
    print('保存被取消了吗？', saving.cancelled())

asyncio.run(main())
