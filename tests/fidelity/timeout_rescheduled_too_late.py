# A timeout that has expired cannot be rescheduled any more: not in the block's clean-up, where it is
# expiring. One without a time can still get one, and counts from then on.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(1) as limit:
            try:
                await asyncio.sleep(10)
            finally:
                try:
                    limit.reschedule(5)
                except RuntimeError as error:
                    print(repr(error))
    except TimeoutError:
        print("expired at", loop.time())
    try:
        async with asyncio.timeout(None) as limit:
            await asyncio.sleep(1)
            limit.reschedule(loop.time() + 1)
            await asyncio.sleep(10)
    except TimeoutError:
        print("expired at", loop.time())


asyncio.run(main())
