# The index is the order of arrival. The last one to come does not wait: it leaves first, the others in the order
# in which they came; and the barrier can be used again.
import asyncio

barrier = asyncio.Barrier(3)


async def party(name):
    for round in range(2):
        index = await barrier.wait()
        print(f"{name} {index}, waiting: {barrier.n_waiting}")


async def main():
    tasks = [asyncio.create_task(party(name)) for name in ("a", "b", "c")]
    for task in tasks:
        await task
    print(barrier.parties, barrier.n_waiting)


asyncio.run(main())
