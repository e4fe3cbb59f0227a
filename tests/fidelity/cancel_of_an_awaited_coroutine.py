# A coroutine that is awaited directly is part of its task: the error comes up where it waits, and each
# frame above can catch it. The one in the middle that swallows it makes it end there.
import asyncio


async def inner():
    try:
        await asyncio.sleep(10)
    finally:
        print("inner cleans up")
        await asyncio.sleep(1)


async def middle():
    try:
        await inner()
    except asyncio.CancelledError as error:
        print("middle swallows", repr(error))
    return "result"


async def outer():
    print("outer", await middle())


async def main():
    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel("message")
    await task
    print(task.cancelled())


asyncio.run(main())
