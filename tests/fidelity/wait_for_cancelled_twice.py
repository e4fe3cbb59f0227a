# A second cancel while wait_for waits for the end of what it cancelled: it lets go, and the cancel comes
# out at once. The awaited one cleans up alone.
import asyncio


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(3)
        print("clean")


async def parent():
    await asyncio.wait_for(child(), 1)


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(2)
    task.cancel("impatient")
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error))
    await asyncio.sleep(3)


asyncio.run(main())
