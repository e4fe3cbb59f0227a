# Cancelling the future that a task waits for is an error in that task's await, and no cancel of the task:
# it counts none, and can go on.
import asyncio


async def catches():
    try:
        await future
    except asyncio.CancelledError as error:
        print("catches", repr(error), asyncio.current_task().cancelling())
    return "result"


async def dies():
    await future


async def main():
    global future
    future = asyncio.get_running_loop().create_future()
    one, two = asyncio.create_task(catches()), asyncio.create_task(dies())
    await asyncio.sleep(0)
    print(future.cancel("gone"), future.cancel("again"))
    print(await one)
    print(two.cancelled(), two.cancelling())


asyncio.run(main())
