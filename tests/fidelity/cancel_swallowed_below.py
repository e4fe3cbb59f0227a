# A cancel goes to the task at the end of the chain, and if that one swallows it, nobody above is told:
# they get the result, and only their counts show that they were cancelled.
import asyncio


async def below():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("below swallows it")
    return "result"


async def above():
    result = await asyncio.create_task(below())
    await asyncio.sleep(1)
    return result


async def main():
    task = asyncio.create_task(above())
    await asyncio.sleep(1)
    task.cancel()
    print(await task, task.cancelling())


asyncio.run(main())
