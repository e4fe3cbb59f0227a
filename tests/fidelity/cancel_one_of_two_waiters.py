# A cancel of a task cancels the very future that it waits for: another task that waits for the same one is
# woken with the error too.
import asyncio


async def waiter(name):
    try:
        await future
    except asyncio.CancelledError as error:
        print(name, repr(error), asyncio.current_task().cancelling())


async def main():
    global future
    future = asyncio.get_running_loop().create_future()
    one = asyncio.create_task(waiter("one"))
    two = asyncio.create_task(waiter("two"))
    await asyncio.sleep(0)
    two.cancel("two only")
    await one
    print("main")
    await two


asyncio.run(main())
