# More come than there are parties: the fourth finds the barrier draining and waits before the door, until the
# last of the three has left.
import asyncio

barrier = asyncio.Barrier(3)


async def party(name):
    index = await barrier.wait()
    print(name, index)


async def main():
    tasks = [asyncio.create_task(party(name)) for name in "abcdefg"]
    for k in range(10):
        await asyncio.sleep(0)
        print(f"turn {k}, waiting: {barrier.n_waiting}")
    print("g waits:", not tasks[6].done())


asyncio.run(main())
