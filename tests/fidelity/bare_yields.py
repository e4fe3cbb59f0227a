# Each sleep(0) is exactly one iteration, and tasks that only yield take turns in a fixed order. A new task
# comes in behind those that are ready when it is made.
import asyncio


async def child(name, turns):
    for k in range(turns):
        print(name, k)
        if name == "a" and k == 1:
            global late
            late = asyncio.create_task(child("late", 2))
        await asyncio.sleep(0 if k % 2 else -1)


async def main():
    for name, turns in ("a", 3), ("b", 1), ("c", 4):
        asyncio.create_task(child(name, turns))
    for k in range(5):
        print("main", k)
        await asyncio.sleep(0)


asyncio.run(main())
