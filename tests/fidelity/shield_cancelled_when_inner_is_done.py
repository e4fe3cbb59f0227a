# The inner task has ended, and the waiter is cancelled before the shield's callback ran, or after it.
# Before, it cancels the shield, and the result does not pass; after, it is a flag. Either way the waiter
# loses the result.
import asyncio


async def inner():
    await asyncio.sleep(1)
    return "result"


async def outer():
    try:
        print(await asyncio.shield(task))
    except asyncio.CancelledError as error:
        print(repr(error), task.result())


def cancel_early(task):
    early.cancel("before the shield's callback")


def cancel_late(task):
    late.cancel("after the shield's callback")


async def main():
    global task, early, late
    task = asyncio.create_task(inner())
    task.add_done_callback(cancel_early)
    early = asyncio.create_task(outer())
    late = asyncio.create_task(outer())
    await asyncio.sleep(0)
    task.add_done_callback(cancel_late)
    await asyncio.wait([early, late])


asyncio.run(main())
