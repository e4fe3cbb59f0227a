# cancelling() counts requests and uncancel() takes them back, never below zero. It is a count and nothing
# more: in 3.11 an uncancel does not take back the CancelledError that is on its way.
import asyncio


async def child():
    task = asyncio.current_task()
    print(task.uncancel(), task.cancelling())
    task.cancel()
    task.cancel()
    print(task.uncancel(), task.uncancel(), task.uncancel())
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("told nevertheless", task.cancelling())
    await asyncio.sleep(1)


async def main():
    task = asyncio.create_task(child())
    await task
    print(task.cancelled(), task.uncancel())


asyncio.run(main())
