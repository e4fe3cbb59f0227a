# wait_for makes a task of a coroutine, with a timer made before it. What it awaits may be done, end, or
# fail in time: its timer is cancelled. Without a timeout it is a plain await, and makes neither.
import asyncio


async def child(outcome):
    await asyncio.sleep(1)
    if outcome == "broken":
        raise ValueError(outcome)
    return outcome


async def main():
    print(await asyncio.wait_for(child("result"), 2))
    try:
        await asyncio.wait_for(child("broken"), 2)
    except ValueError as error:
        print(repr(error))
    done = asyncio.create_task(child("done before"))
    await done
    print(await asyncio.wait_for(done, 2))
    print(await asyncio.wait_for(child("without a timeout"), None))
    await asyncio.sleep(5)


asyncio.run(main())
