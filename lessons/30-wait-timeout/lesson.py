import asyncio

async def cook(dish, seconds):
    await asyncio.sleep(seconds)
    print(dish, '做好了')

async def main():
    pending = [
        asyncio.create_task(cook('A', 1), name='A'),
        asyncio.create_task(cook('B', 3), name='B'),
        asyncio.create_task(cook('C', 5), name='C'),
    ]
    while pending:
        done, pending = await asyncio.wait(pending, timeout=2)
        print(f'看一眼：又好了 {len(done)} 道，还差 {len(pending)} 道')

asyncio.run(main())
