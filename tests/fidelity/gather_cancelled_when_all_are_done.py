# A cancel between the end of the last child and gather's own end finds no child to cancel, so it becomes a
# flag of the waiting task: that gets a CancelledError, and gather the results.
import asyncio


async def child():
    return "result"


async def parent():
    global both
    both = asyncio.gather(child(), child())
    try:
        print(await both)
    except asyncio.CancelledError as error:
        print(repr(error), both.done(), both.result())


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(both.done(), task.cancel("just then"), both.done())
    await task


asyncio.run(main())
