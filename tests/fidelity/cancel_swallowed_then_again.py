# A task that swallowed one cancel can be cancelled again: each cancel is a CancelledError of its own, with
# its own message, and the counts add up.
import asyncio


async def stubborn():
    for _ in range(2):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as error:
            print(repr(error), asyncio.current_task().cancelling())
    await asyncio.sleep(10)


async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    for message in "first", "second", "third":
        task.cancel(message)
        await asyncio.sleep(1)
    print(task.cancelled(), task.cancelling())
    try:
        task.result()
    except asyncio.CancelledError as error:
        print(repr(error))


asyncio.run(main())
