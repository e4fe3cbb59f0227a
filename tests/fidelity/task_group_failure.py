# The first failure cancels the siblings, in the order in which they were made, and the block. When all
# have ended, the failures come out as a group, in the order in which they came: also those of siblings
# that failed while they were cancelled.
import asyncio


async def fails_first():
    await asyncio.sleep(1)
    raise ValueError("first")


async def fails_when_cancelled(name):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print(name, "cancelled")
        if name == "slow":
            await asyncio.sleep(1)
        raise ValueError(name)


async def obeys():
    try:
        await asyncio.sleep(10)
    finally:
        print("obeys")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails_when_cancelled("slow"))
            group.create_task(obeys())
            group.create_task(fails_when_cancelled("quick"))
            group.create_task(fails_first())
            try:
                await asyncio.sleep(10)
            finally:
                print("body cancelled")
    except ExceptionGroup as error:
        print(repr(error), asyncio.current_task().cancelling())


asyncio.run(main())
