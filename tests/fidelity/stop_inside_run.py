# Who stops the loop under asyncio.run ends main's run before main has ended: that is an error of the run,
# and main is cancelled in the shutdown like any task that is left.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(1, loop.stop)
    try:
        await asyncio.sleep(10)
    finally:
        print("main ends")


try:
    asyncio.run(main())
except RuntimeError as error:
    print(repr(error))
