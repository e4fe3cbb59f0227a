# A cancel of the first of three tasks that wait for one another goes down to the future at the end at
# once, and comes back up one task in each iteration, with its message.
import asyncio


async def last():
    try:
        await future
    finally:
        print("last")


async def middle():
    try:
        await asyncio.create_task(last())
    finally:
        print("middle")


async def first():
    try:
        await asyncio.create_task(middle())
    except asyncio.CancelledError as error:
        print("first", repr(error))
        raise


async def main():
    global future
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(first())
    await asyncio.sleep(1)
    print(task.cancel("down"), future.cancelled())
    try:
        await task
    except asyncio.CancelledError as error:
        print("main", repr(error))


asyncio.run(main())
