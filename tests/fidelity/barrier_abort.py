# An abort breaks all who wait, in the order in which they came, and everybody who comes later, until a reset that
# finds nobody inside.
import asyncio

barrier = asyncio.Barrier(3)


async def party(name):
    try:
        index = await barrier.wait()
    except asyncio.BrokenBarrierError as error:
        print(name, repr(error))
    else:
        print(name, index)


async def main():
    a = asyncio.create_task(party("a"))
    b = asyncio.create_task(party("b"))
    await asyncio.sleep(0)
    await barrier.abort()
    c = asyncio.create_task(party("c"))
    print(barrier.broken, barrier.n_waiting)
    for k in range(5):
        await asyncio.sleep(0)
    await barrier.reset()
    print(barrier.broken, barrier.n_waiting)
    tasks = [asyncio.create_task(party(name)) for name in ("d", "e", "f")]
    for task in tasks:
        await task


asyncio.run(main())
