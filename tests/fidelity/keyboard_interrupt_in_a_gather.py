# KeyboardInterrupt in a child of gather leaves the loop, and its callback is still in the queue: in the
# shutdown of asyncio.run it gives the interrupt to main, which ends with it, and so ends the shutdown too,
# before its two last tasks.
import asyncio


async def interrupts():
    await asyncio.sleep(1)
    raise KeyboardInterrupt("by hand")


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        print("child ends")


async def main():
    try:
        await asyncio.gather(interrupts(), child())
    except BaseException as error:
        print("main", repr(error))
        raise


try:
    asyncio.run(main())
except KeyboardInterrupt as error:
    print(repr(error))
