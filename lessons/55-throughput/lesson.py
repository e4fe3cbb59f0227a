import asyncio, time

async def request():
    await asyncio.sleep(1)  # 等数据库
    time.sleep(0.15)  # 自己算，占着线程

async def serve(many):
    start = time.perf_counter()
    await asyncio.gather(*[request() for n in range(many)])
    seconds = time.perf_counter() - start
    print(f'同时 {many} 个：每秒 {many / seconds:.1f} 个')

async def main():
    for many in (1, 2, 4, 8):
        await serve(many)

asyncio.run(main())
