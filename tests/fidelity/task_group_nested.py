# A failure in an inner group comes out as a group, which is a failure of the outer group's task, and so
# comes out in a group again. A failure of the outer one cancels the block in which the inner one waits.
import asyncio


async def fails(delay):
    await asyncio.sleep(delay)
    raise ValueError(str(delay))


async def inner(delay):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails(delay))
            group.create_task(asyncio.sleep(10))
    finally:
        print("inner ends", delay)


async def main():
    for delay in 1, 3:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(inner(delay))
                if delay == 3:
                    group.create_task(fails(2))
        except ExceptionGroup as error:
            print(repr(error))


asyncio.run(main())
