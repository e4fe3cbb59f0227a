# Callbacks of a future and tasks that wait for it become ready in the order in which they came, mixed as
# they are, and a callback that was added twice runs twice.
import asyncio


def called(future):
    print("called")


def called_too(future):
    print("called too")


async def waiter(name):
    print(name, await future)


async def main():
    global future
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(called)
    one = asyncio.create_task(waiter("one"))
    await asyncio.sleep(0)
    future.add_done_callback(called_too)
    two = asyncio.create_task(waiter("two"))
    await asyncio.sleep(0)
    future.add_done_callback(called)
    future.set_result("result")
    print("set")
    await two
    print("main")


asyncio.run(main())
