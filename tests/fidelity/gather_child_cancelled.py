# A child that is cancelled ends gather with a CancelledError, at once: for main that is an exception like
# another, nobody cancelled main, and the future of gather is not cancelled either.
import asyncio


async def child(name):
    await asyncio.sleep(1)
    print(name)
    return name


async def main():
    one = asyncio.create_task(child("one"))
    two = asyncio.create_task(child("two"))
    both = asyncio.gather(one, two)
    await asyncio.sleep(0)
    one.cancel("only one")
    try:
        await both
    except asyncio.CancelledError as error:
        print(repr(error), both.cancelled(), asyncio.current_task().cancelling())
    print(await two)


asyncio.run(main())
