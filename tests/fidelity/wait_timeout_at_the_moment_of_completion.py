# Timeout and completion fall due in the same moment. The older timer fires first, so it decides whether
# the child ends before or after the waiting task looks: a child that slept already is done, one that
# begins to sleep after the wait set its timer is pending.
import asyncio


async def child():
    await asyncio.sleep(1)
    return "result"


async def main():
    started = asyncio.create_task(child())
    await asyncio.sleep(0)
    done, pending = await asyncio.wait([started], timeout=1)
    print("started before:", len(done), len(pending))
    new = asyncio.create_task(child())
    done, pending = await asyncio.wait([new], timeout=1)
    print("started by the wait:", len(done), len(pending))
    print(await new)


asyncio.run(main())
