# A task may answer its CancelledError with an error of its own: then it failed, and was not cancelled.
import asyncio


async def child():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise ValueError("in the middle of something")


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except ValueError as error:
        print(repr(error))
    print(task.cancelled(), repr(task.exception()))


asyncio.run(main())
