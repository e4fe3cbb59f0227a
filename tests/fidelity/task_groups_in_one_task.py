# Two groups, one in the other's block. A failure in the outer group cancels the task where the inner one
# waits: the inner group sees a cancel from outside, ends its own tasks and passes it on, and the outer one
# takes it back.
import asyncio


async def fails(delay):
    await asyncio.sleep(delay)
    raise ValueError(str(delay))


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        print("child ends")


async def main():
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fails(1))
            try:
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(child())
            except asyncio.CancelledError:
                print("inner passes it on", asyncio.current_task().cancelling())
                raise
    except ExceptionGroup as error:
        print(repr(error), asyncio.current_task().cancelling())


asyncio.run(main())
