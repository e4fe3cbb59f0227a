# timeout() cancels the task that entered it, with a timer and no task of its own, and makes a TimeoutError
# of that cancel where the block ends; the task is as if it had never been cancelled.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(1) as limit:
            print(limit.when(), limit.expired())
            try:
                await asyncio.sleep(10)
            finally:
                print("cancelled", limit.expired(), asyncio.current_task().cancelling())
                await asyncio.sleep(1)
    except TimeoutError as error:
        print(repr(error), loop.time(), limit.expired(), asyncio.current_task().cancelling())
    async with asyncio.timeout(1) as limit:
        await asyncio.sleep(0.5)
    print(limit.expired())
    async with asyncio.timeout(None) as limit:
        await asyncio.sleep(5)
    print(limit.when())


asyncio.run(main())
