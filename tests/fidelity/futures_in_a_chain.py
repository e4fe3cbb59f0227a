# Futures that complete one another by callbacks: each link takes one iteration, however short, and others
# have their turns between them.
import asyncio


def pass_on(future):
    k = futures.index(future)
    print("link", k)
    futures[k + 1].set_result(future.result() + 1)


async def ticks():
    for k in range(5):
        print("tick", k)
        await asyncio.sleep(0)


async def main():
    global futures
    futures = [asyncio.get_running_loop().create_future() for _ in range(4)]
    for future in futures[:3]:
        future.add_done_callback(pass_on)
    ticking = asyncio.create_task(ticks())
    futures[0].set_result(0)
    print(await futures[3])
    await ticking


asyncio.run(main())
