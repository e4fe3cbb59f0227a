# The block of a group ends when all its tasks have, also those that its tasks make. The parent runs two
# iterations after the last one's end; an empty group takes none at all.
import asyncio


async def child(name):
    print(name)
    await asyncio.sleep(1)
    if name == "first":
        group.create_task(child("second"))
    print(name, "ends")


def say(text):
    print(text)


async def main():
    global group
    asyncio.get_running_loop().call_soon(say, "a turn")
    async with asyncio.TaskGroup():
        pass
    print("empty")
    async with asyncio.TaskGroup() as group:
        task = group.create_task(child("first"))
        print("body", task.done())
    print("main", task.done())


asyncio.run(main())
