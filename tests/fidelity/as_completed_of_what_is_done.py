# What is done already takes its turn through the queue: its callback puts it into as_completed's queue in
# the next iteration. Two that complete meanwhile are given without a wait between them.
import asyncio


async def ticks():
    for k in range(5):
        print("tick", k)
        await asyncio.sleep(0)


async def main():
    loop = asyncio.get_running_loop()
    futures = [loop.create_future() for _ in range(3)]
    futures[0].set_result("done before")
    loop.call_later(1, futures[2].set_result, "one")
    loop.call_later(1, futures[1].set_result, "two")
    ticking = asyncio.create_task(ticks())
    for earliest in asyncio.as_completed(futures):
        print(await earliest)
    await ticking


asyncio.run(main())
