# Main waits for a future that nobody completes, while a task ticks three times. When the last timer has
# fired nothing can ever happen again: the program is stuck, and says on what.
import asyncio


async def ticks():
    for k in range(3):
        await asyncio.sleep(1)
        print("tick", k)


async def waits(future):
    print("waits")
    await future


async def main():
    ticking = asyncio.create_task(ticks())
    future = asyncio.get_running_loop().create_future()
    waiting = asyncio.create_task(waits(future))
    await waiting


asyncio.run(main())
