# Who is cancelled inside is counted no longer, and its index is given again. One that is cancelled when the
# barrier is full already leaves all the same, and the others are through.
import asyncio

barrier = asyncio.Barrier(3)


async def party(name):
    try:
        index = await barrier.wait()
    except asyncio.CancelledError as error:
        print(name, repr(error))
        raise
    print(name, index)


async def main():
    a = asyncio.create_task(party("a"))
    b = asyncio.create_task(party("b"))
    await asyncio.sleep(0)
    a.cancel()
    await asyncio.sleep(0)
    print("waiting:", barrier.n_waiting)
    c = asyncio.create_task(party("c"))
    d = asyncio.create_task(party("d"))
    await asyncio.sleep(0)
    b.cancel()
    for k in range(5):
        await asyncio.sleep(0)
    print("waiting:", barrier.n_waiting)
    tasks = [asyncio.create_task(party(name)) for name in ("e", "f", "g")]
    for task in tasks:
        await task


asyncio.run(main())
