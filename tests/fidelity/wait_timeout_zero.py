# A timeout of 0 is a timer that is due at once: one iteration, in which what is ready runs first. What is
# done by then is done, and nothing is cancelled.
import asyncio


async def quick():
    return "quick"


async def slow():
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return "slow"


async def main():
    tasks = [asyncio.create_task(quick()), asyncio.create_task(slow())]
    done, pending = await asyncio.wait(tasks, timeout=0)
    print(len(done), len(pending))
    done, pending = await asyncio.wait(tasks, timeout=0)
    print(len(done), len(pending))
    print(await tasks[1])


asyncio.run(main())
