# KeyboardInterrupt in a group's task leaves the loop, and asyncio.run goes on with its shutdown. There the
# group cancels its other tasks, waits for them, and raises the interrupt as it is, not in a group.
import asyncio


async def interrupts():
    raise KeyboardInterrupt("by hand")


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        print("child ends")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child())
            group.create_task(interrupts())
    except BaseException as error:
        print("main", repr(error))
        raise


try:
    asyncio.run(main())
except KeyboardInterrupt as error:
    print(repr(error))
