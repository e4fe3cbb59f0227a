# The barrier is full, and those who were released have not run yet when it is reset: they find it being reset and
# are broken, although all of them had come. An abort does the same to the next ones.
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
    tasks = [asyncio.create_task(party(name)) for name in "abc"]
    await asyncio.sleep(0)
    await barrier.reset()
    for k in range(6):
        await asyncio.sleep(0)
    tasks += [asyncio.create_task(party(name)) for name in "def"]
    await asyncio.sleep(0)
    await barrier.abort()
    for k in range(6):
        await asyncio.sleep(0)
    print(barrier.broken)


asyncio.run(main())
