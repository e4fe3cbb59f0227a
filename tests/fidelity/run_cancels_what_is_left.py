# When main has ended, asyncio.run cancels all tasks that are left, in the order in which they were made,
# and waits for them: also for those that clean up with an await. One that main made in its last step has
# begun by then, because main's end takes an iteration to be told.
import asyncio


async def child(name):
    try:
        await asyncio.sleep(10)
    finally:
        print(name, "ends")
        await asyncio.sleep(1)
        print(name, "ended")


async def late():
    print("late begins")
    await asyncio.sleep(10)
    print("never")


async def main():
    for name in "one", "two":
        asyncio.create_task(child(name))
    await asyncio.sleep(0)
    asyncio.create_task(late())
    print("main")


asyncio.run(main())
