# A timeout of 0, or in the past, is a callback in the queue. The block begins, and runs to its first wait;
# without one, or with waits for what is done only, it ends in time.
import asyncio


async def main():
    done = asyncio.get_running_loop().create_future()
    done.set_result("done")
    async with asyncio.timeout(0) as limit:
        print("no wait", await done)
    print(limit.expired())
    try:
        async with asyncio.timeout(0) as limit:
            await asyncio.sleep(0)
            print("never")
    except TimeoutError:
        print("a turn is a wait", limit.expired())
    try:
        async with asyncio.timeout_at(-1):
            await asyncio.sleep(1)
    except TimeoutError:
        print("in the past")


asyncio.run(main())
