# A child cancels main, which waits for the child: so the child is cancelled itself, at its next wait. The
# error leaves asyncio.run.
import asyncio


async def child(main_task):
    main_task.cancel("from below")
    print("still here", asyncio.current_task().cancelling())
    try:
        await asyncio.sleep(1)
    finally:
        print("child ends")


async def main():
    await asyncio.create_task(child(asyncio.current_task()))


try:
    asyncio.run(main())
except asyncio.CancelledError as error:
    print(repr(error))
