# A release and at once an acquire by the same task, while another waits: they take turns, one iteration each.
import asyncio

lock = asyncio.Lock()


async def player(name):
    for k in range(3):
        async with lock:
            await asyncio.sleep(0)
            print(name, k)


async def main():
    tasks = [asyncio.create_task(player(name)) for name in ("ping", "pong", "pang")]
    for task in tasks:
        await task


asyncio.run(main())
