# A cancel of a task that waits in a group's end cancels all that the group has, and comes out when they
# have ended, with its message. A child that fails meanwhile puts a group of failures in its place.
import asyncio


async def child(name):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print(name, repr(error))
        await asyncio.sleep(1)
        if name == "fails":
            raise ValueError(name)
        raise


async def parent(name):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child(name))
            group.create_task(child("other"))
    except* ValueError as error:
        print("parent", repr(error))


async def main():
    for name in "ends", "fails":
        task = asyncio.create_task(parent(name))
        await asyncio.sleep(1)
        task.cancel("from outside")
        try:
            await task
            print(task.cancelling())
        except asyncio.CancelledError as error:
            print(repr(error))


asyncio.run(main())
