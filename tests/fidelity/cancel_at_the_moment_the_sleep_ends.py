# A sleep ends and a cancel falls due at the same moment. If the sleep's timer is the older one, the
# sleep's result is there first, and the cancel replaces it; if the cancel's timer is older, it cancels the
# sleep, whose timer then finds nothing to do. The task cannot tell the two apart, the trace can.
import asyncio


async def child():
    try:
        await asyncio.sleep(1)
        print("slept")
    except asyncio.CancelledError:
        print("cancelled")


async def main():
    loop = asyncio.get_running_loop()
    older = asyncio.create_task(child())
    await asyncio.sleep(0)
    loop.call_later(1, older.cancel)
    await asyncio.sleep(2)
    younger = asyncio.create_task(child())
    loop.call_later(1, younger.cancel)
    await asyncio.sleep(2)


asyncio.run(main())
