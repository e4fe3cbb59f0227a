# KeyboardInterrupt in a task ends the task and leaves the loop at once: the rest of the batch stays in the
# queue. asyncio.run then cancels what is left, and the interrupt comes out of it.
import asyncio


async def interrupts():
    print("interrupts")
    raise KeyboardInterrupt("by hand")


async def child(name):
    try:
        print(name)
        await asyncio.sleep(10)
    finally:
        print(name, "ends")


async def main():
    global interrupting
    asyncio.create_task(child("before"))
    interrupting = asyncio.create_task(interrupts())
    asyncio.create_task(child("after"))
    await asyncio.sleep(10)


try:
    asyncio.run(main())
except KeyboardInterrupt as error:
    print(repr(error), repr(interrupting.exception()))
