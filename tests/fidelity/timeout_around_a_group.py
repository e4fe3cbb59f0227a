# A timeout around a group cancels the parent where it waits for its tasks: the group cancels them, waits,
# and lets the cancel out, of which the timeout makes its error.
import asyncio


async def child(name, delay):
    try:
        await asyncio.sleep(delay)
        print(name, "ends")
    except asyncio.CancelledError:
        print(name, "cancelled")
        await asyncio.sleep(1)
        raise


async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(2):
            async with asyncio.TaskGroup() as group:
                group.create_task(child("quick", 1))
                group.create_task(child("slow", 10))
                group.create_task(child("in time", 2))
    except TimeoutError as error:
        print(repr(error), loop.time(), asyncio.current_task().cancelling())


asyncio.run(main())
