# A cancel of the task that waits in wait_for: the awaited one is cancelled and waited for, and the cancel
# goes on its way. But if the awaited one is done at that moment, the cancel is swallowed: the result
# counts.
import asyncio


async def child():
    try:
        await asyncio.sleep(1)
        return "result"
    finally:
        await asyncio.sleep(1)
        print("child ends")


async def parent(awaited):
    return await asyncio.wait_for(awaited, 5)


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(parent(child()))
    await asyncio.sleep(0.5)
    task.cancel("early")
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error))
    future = loop.create_future()
    task = asyncio.create_task(parent(future))
    await asyncio.sleep(0)
    future.set_result("result")
    task.cancel("late")
    print(await task, task.cancelling())


asyncio.run(main())
