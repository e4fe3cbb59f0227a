# A block that swallows the cancel of its timeout ends normally: no TimeoutError, though it expired, and
# the task's count is back at zero. A block that fails on its way out fails with that.
import asyncio


async def main():
    async with asyncio.timeout(1) as limit:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("swallowed")
    print(limit.expired(), asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(1) as limit:
            try:
                await asyncio.sleep(10)
            finally:
                raise ValueError("broken")
    except ValueError as error:
        print(repr(error), limit.expired(), asyncio.current_task().cancelling())


asyncio.run(main())
