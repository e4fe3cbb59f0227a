# shield gives on what comes from behind it, one iteration later: a result, an exception, a cancel, which
# it makes its own without the message. Of a future that is done it is that future itself.
import asyncio


async def inner(outcome):
    await asyncio.sleep(1)
    if outcome == "broken":
        raise ValueError(outcome)
    return outcome


async def main():
    print(await asyncio.shield(inner("result")))
    try:
        await asyncio.shield(inner("broken"))
    except ValueError as error:
        print(repr(error))
    task = asyncio.create_task(inner("never"))
    shielded = asyncio.shield(task)
    await asyncio.sleep(0)
    task.cancel("message")
    try:
        await shielded
    except asyncio.CancelledError as error:
        print(repr(error), shielded.cancelled())
    print(asyncio.shield(task) is task)


asyncio.run(main())
