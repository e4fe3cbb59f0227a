# A coroutine object is awaited once. The second await is an error, without any turn for others; as a task
# it is the same error, at the task's first step.
import asyncio


async def once():
    return "result"


async def other():
    print("other")


async def main():
    asyncio.create_task(other())
    used = once()
    print(await used)
    try:
        await used
    except RuntimeError as error:
        print(repr(error))
    task = asyncio.create_task(used)
    try:
        await task
    except RuntimeError as error:
        print(repr(error))


asyncio.run(main())
