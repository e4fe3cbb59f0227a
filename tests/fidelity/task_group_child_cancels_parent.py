# A child that cancels its parent, which waits in the group's end, is cancelled with all the others. A
# child that is cancelled by itself is no failure: the group goes on without it.
import asyncio


async def cancels(parent):
    parent.cancel("by my child")
    await asyncio.sleep(1)
    print("never")


async def child(name):
    try:
        await asyncio.sleep(1)
        print(name)
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def parent():
    async with asyncio.TaskGroup() as group:
        group.create_task(child("one"))
        group.create_task(cancels(asyncio.current_task()))


async def main():
    try:
        await asyncio.create_task(parent())
    except asyncio.CancelledError as error:
        print(repr(error))
    async with asyncio.TaskGroup() as group:
        group.create_task(child("two"))
        alone = group.create_task(child("three"))
        await asyncio.sleep(0)
        alone.cancel()
    print("main")


asyncio.run(main())
