# Two groups, one in the other's block, and in each a task that fails at the same moment. Both cancel the
# one task; each takes its own cancel back, and the inner one's failures are those of the outer one's
# block.
import asyncio


async def fails(name):
    await asyncio.sleep(1)
    raise ValueError(name)


async def main():
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fails("outer"))
            try:
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(fails("inner"))
                    await asyncio.sleep(10)
            finally:
                print("inner left", asyncio.current_task().cancelling())
    except ExceptionGroup as error:
        print(repr(error), asyncio.current_task().cancelling())


asyncio.run(main())
