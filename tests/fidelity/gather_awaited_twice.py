# Two tasks await the same gather. A cancel of one of them cancels gather's children, and so ends the
# other's wait too, which nobody cancelled.
import asyncio


async def child(name):
    try:
        await asyncio.sleep(10)
    finally:
        print(name, "ends")


async def waiter(name):
    try:
        await both
    except asyncio.CancelledError as error:
        print(name, repr(error), asyncio.current_task().cancelling())


async def main():
    global both
    both = asyncio.gather(child("a"), child("b"))
    one = asyncio.create_task(waiter("one"))
    two = asyncio.create_task(waiter("two"))
    await asyncio.sleep(1)
    two.cancel("two only")
    await asyncio.wait([one, two])
    print(both.cancelled(), both.done())


asyncio.run(main())
