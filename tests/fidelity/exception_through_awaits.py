# An exception goes through awaited coroutines at once, and from task to task one iteration each. The one
# that catches it ends the journey; a failed task gives it to each that awaits it, again and again.
import asyncio


async def fails():
    await asyncio.sleep(1)
    raise ValueError("broken")


async def between():
    await fails()
    print("never")


async def passes(task):
    await task
    print("never")


async def catches(task):
    try:
        await task
    except ValueError as error:
        print("caught", repr(error))
    return "fine"


async def main():
    source = asyncio.create_task(between())
    task = asyncio.create_task(passes(source))
    print(await asyncio.create_task(catches(task)))
    for failed in source, task, source:
        try:
            await failed
        except ValueError as error:
            print("main", repr(error))


asyncio.run(main())
