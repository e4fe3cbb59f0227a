# Awaiting a coroutine is a call: neither it nor its return gives a turn away, however deep. Awaiting a
# task of the same coroutine takes two iterations: one until it runs, one until its end is told.
import asyncio


async def inner():
    return 1


async def middle():
    return 1 + await inner()


async def outer():
    return 1 + await middle()


async def ticks():
    for k in range(6):
        print("tick", k)
        await asyncio.sleep(0)


async def main():
    ticking = asyncio.create_task(ticks())
    await asyncio.sleep(0)
    print(await outer())
    print(await outer())
    await asyncio.create_task(outer())
    print("a task")
    await ticking


asyncio.run(main())
