# A task that is done refuses a cancel and counts none, also in the same iteration in which it ended, while
# those that wait for it stand in the queue.
import asyncio


async def child():
    return "result"


def cancel(task):
    print(task.cancel(), task.cancelling())


async def main():
    task = asyncio.create_task(child())
    asyncio.get_running_loop().call_soon(cancel, task)
    print(await task)
    print(task.cancel("again"), task.cancelling(), task.result())


asyncio.run(main())
