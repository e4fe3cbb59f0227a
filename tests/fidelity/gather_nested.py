# A gather in a gather: a future like others. The outer one is done two iterations after the inner one's
# last child, and its cancel goes through both.
import asyncio


async def child(name):
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError as error:
        print(name, repr(error))
        raise
    return name


async def cancelled():
    try:
        await asyncio.gather(asyncio.gather(child("a"), child("b")), child("c"))
    finally:
        print("over")


async def main():
    print(await asyncio.gather(child("a"), asyncio.gather(child("b"), child("c"))))
    task = asyncio.create_task(cancelled())
    await asyncio.sleep(0.5)
    task.cancel("all of you")
    await asyncio.wait([task])
    print(task.cancelled())


asyncio.run(main())
