# A task that cancels itself and then only gives a turn away is told when its turn comes again.
import asyncio


async def child():
    asyncio.current_task().cancel()
    try:
        await asyncio.sleep(0)
        print("never")
    except asyncio.CancelledError:
        print("told")
    await asyncio.sleep(0)
    print("only once")


async def other():
    print("other")


async def main():
    task = asyncio.create_task(child())
    asyncio.create_task(other())
    await task


asyncio.run(main())
