# Two nested timeouts that expire at the same moment both cancel, and the task gets one CancelledError. The
# inner block sees by the count that somebody else wants it cancelled too, and passes it on; the outer one
# makes a TimeoutError of it.
import asyncio


async def nested(outer_delay, inner_delay):
    try:
        async with asyncio.timeout(outer_delay) as outer:
            try:
                async with asyncio.timeout(inner_delay) as inner:
                    await asyncio.sleep(10)
            except TimeoutError:
                print("inner turned it")
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                print("inner passes it on")
                raise
    except TimeoutError:
        print("outer turned it")
    print(inner.expired(), outer.expired(), asyncio.current_task().cancelling())


async def main():
    await nested(1, 1)
    await nested(1, 2)
    await nested(2, 1)


asyncio.run(main())
