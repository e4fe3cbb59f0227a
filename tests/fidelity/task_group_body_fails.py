# A block that fails cancels the group's tasks and waits for them. Its exception comes last in the group of
# failures.
import asyncio


async def child(name):
    try:
        await asyncio.sleep(10)
    finally:
        print(name, "ends")
        if name == "fails":
            raise ValueError("child")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("ends"))
            group.create_task(child("fails"))
            await asyncio.sleep(1)
            raise ValueError("body")
    except ExceptionGroup as error:
        print(repr(error))


asyncio.run(main())
