# A reset breaks who waits. Who comes before they have all left waits before the door; then it fills anew.
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
    c = asyncio.create_task(party("c"))
    await barrier.reset()
    await barrier.reset()
    print("waiting:", barrier.n_waiting)
    tasks = [c, asyncio.create_task(party("d")), asyncio.create_task(party("e"))]
    for k in range(3):
        await asyncio.sleep(0)
        print("waiting:", barrier.n_waiting)
    for task in tasks:
        await task


asyncio.run(main())
