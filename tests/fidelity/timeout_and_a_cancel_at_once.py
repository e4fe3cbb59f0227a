# A timeout and a cancel from outside meet in the same moment. Whoever comes first, the count says that
# there was a second: the block ends with CancelledError, and no TimeoutError hides it.
import asyncio


async def child():
    try:
        async with asyncio.timeout(1) as limit:
            await asyncio.sleep(10)
    except BaseException as error:
        print(repr(error), limit.expired(), asyncio.current_task().cancelling())


async def main():
    loop = asyncio.get_running_loop()
    first = asyncio.create_task(child())
    await asyncio.sleep(0)
    loop.call_later(1, first.cancel, "timeout first")
    await first
    second = asyncio.create_task(child())
    loop.call_later(1, second.cancel, "cancel first")
    await second


asyncio.run(main())
