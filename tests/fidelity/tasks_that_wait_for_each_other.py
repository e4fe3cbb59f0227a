# Two tasks that wait for each other can never be woken, and nobody else is there: the program is stuck,
# and says who waits for whom.
import asyncio


async def waits(name):
    print("waits for", name)
    await tasks[name]


async def main():
    global tasks
    tasks = {}
    tasks["one"] = asyncio.create_task(waits("two"))
    tasks["two"] = asyncio.create_task(waits("one"))
    await asyncio.sleep(1)
    print("slept")
    await tasks["one"]


asyncio.run(main())
