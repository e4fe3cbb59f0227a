# A group that shuts down takes no new tasks, not from its block and not from a task that cleans up; the
# coroutine is never run.
import asyncio


async def never():
    print("never")


def attempt():
    coroutine = never()
    try:
        group.create_task(coroutine)
    except RuntimeError as error:
        coroutine.close()
        print("refused:", *str(error).split()[-2:])


async def fails():
    raise ValueError("broken")


async def cleans_up():
    try:
        await asyncio.sleep(10)
    finally:
        attempt()


async def main():
    global group
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(cleans_up())
            group.create_task(fails())
            try:
                await asyncio.sleep(10)
            finally:
                attempt()
    except ExceptionGroup as error:
        print(repr(error))


asyncio.run(main())
