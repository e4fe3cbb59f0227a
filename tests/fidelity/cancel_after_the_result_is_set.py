# A cancel that comes when the awaited result is there, but the task has not run yet, wins: the task gets a
# CancelledError in place of the result, and the future keeps what it has.
import asyncio


async def child(future):
    try:
        print("child", await future)
    except asyncio.CancelledError as error:
        print("child", repr(error))
        print("child", await future)


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(child(future))
    await asyncio.sleep(0)
    future.set_result("result")
    print(task.cancel("too late?"))
    await task
    print(future.cancelled(), future.result())


asyncio.run(main())
