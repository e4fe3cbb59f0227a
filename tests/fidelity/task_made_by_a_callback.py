# A callback can make a task as well as a task can: its first step comes in the next iteration, behind what
# the callback queued before, and its name is the next number.
import asyncio


def callback():
    asyncio.get_running_loop().call_soon(say, "queued before")
    tasks.append(asyncio.create_task(child()))
    asyncio.get_running_loop().call_soon(say, "queued after")
    print("callback ends")


def say(text):
    print(text)


async def child():
    print(asyncio.current_task().get_name())


async def main():
    global tasks
    tasks = []
    asyncio.get_running_loop().call_soon(callback)
    await asyncio.sleep(1)
    print(tasks[0].done())


asyncio.run(main())
