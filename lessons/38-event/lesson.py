import asyncio

start = asyncio.Event()

async def runner(number):
    print(number, 'is ready')
    await start.wait()
    print(number, 'runs')

async def main():
    runners = [asyncio.create_task(runner(k + 1)) for k in range(3)]
    await asyncio.sleep(2)
    start.set()
    print('bang!')
    await asyncio.gather(*runners)
    await runner('latecomer')

asyncio.run(main())
