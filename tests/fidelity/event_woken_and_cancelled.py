# Of three who wait one is cancelled before the set, one after it: both end cancelled, the third goes on, and
# the order in which they run is that of cancel and set.
import asyncio

event = asyncio.Event()


async def waiter(name):
    try:
        outcome = await event.wait()
        print(name, repr(outcome))
    except asyncio.CancelledError as error:
        print(name, repr(error))
        raise


async def main():
    a = asyncio.create_task(waiter("a"))
    b = asyncio.create_task(waiter("b"))
    c = asyncio.create_task(waiter("c"))
    await asyncio.sleep(0)
    c.cancel()
    event.set()
    a.cancel()
    for k in range(3):
        await asyncio.sleep(0)
    print(a.cancelled(), b.cancelled(), c.cancelled())


asyncio.run(main())
