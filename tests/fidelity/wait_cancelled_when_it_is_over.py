# A cancel that comes when the wait is over but its task has not run yet wins: the task never sees what is
# done. The completion callbacks that are still to run find the waiter done, and do nothing.
import asyncio


async def waits():
    try:
        await asyncio.wait(futures, return_when=asyncio.FIRST_COMPLETED)
        print("never")
    except asyncio.CancelledError as error:
        print(repr(error))


async def main():
    global futures
    loop = asyncio.get_running_loop()
    futures = [loop.create_future(), loop.create_future()]
    task = asyncio.create_task(waits())
    await asyncio.sleep(0)
    for future in futures:
        future.set_result(None)
    loop.call_soon(task.cancel, "just then")
    await task


asyncio.run(main())
