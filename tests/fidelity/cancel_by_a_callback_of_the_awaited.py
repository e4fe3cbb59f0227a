# A future's callback runs before the tasks that wait for it if it was added earlier, and can cancel one of
# them: the result is there, the task is ready, and gets a CancelledError.
import asyncio


def cancel_waiter(future):
    print("callback", future.result())
    task.cancel("by the callback")


async def child(future):
    try:
        print(await future)
    except asyncio.CancelledError as error:
        print(repr(error))


async def main():
    global task
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(cancel_waiter)
    task = asyncio.create_task(child(future))
    await asyncio.sleep(0)
    future.set_result("result")
    await task


asyncio.run(main())
