# Task-N counts all tasks of the program, those of asyncio.run's shutdown too, and a task with a name of
# its own uses up a number in 3.11. The next run goes on counting.
import asyncio


async def child():
    print(asyncio.current_task().get_name())


async def main():
    print(asyncio.current_task().get_name())
    first = asyncio.create_task(child())
    named = asyncio.create_task(child(), name="named")
    last = asyncio.create_task(child())
    first.set_name("renamed")
    await last


asyncio.run(main())
asyncio.run(main())
