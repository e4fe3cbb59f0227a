# A cancel from outside goes through a timeout's block as it is, and the timeout's timer is cancelled with
# the block's end: it does not fire into what the task does next.
import asyncio


async def child():
    try:
        async with asyncio.timeout(2) as limit:
            await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print(repr(error), limit.expired(), asyncio.current_task().cancelling())
    await asyncio.sleep(5)
    print("not disturbed")


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel("from outside")
    await task


asyncio.run(main())
