# wait suspends even when all is done: each future's callback goes through the queue, and then the waiter
# does. A future that is named twice counts once.
import asyncio


async def ticks():
    for k in range(4):
        print("tick", k)
        await asyncio.sleep(0)


async def main():
    loop = asyncio.get_running_loop()
    one, two = loop.create_future(), loop.create_future()
    one.set_result(None)
    two.cancel()
    ticking = asyncio.create_task(ticks())
    done, pending = await asyncio.wait([one, two, one])
    print(len(done), len(pending))
    await ticking


asyncio.run(main())
