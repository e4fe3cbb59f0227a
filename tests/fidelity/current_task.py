# In a step the current task is the one that runs, also deep inside awaited coroutines; in a plain callback
# there is none, not even where a task queued it.
import asyncio


def name():
    task = asyncio.current_task()
    return task.get_name() if task else "nobody"


def callback():
    print("callback", name())


def done(task):
    print("done", name())


async def inner():
    print("inner", name())
    asyncio.get_running_loop().call_soon(callback)
    await asyncio.sleep(0)
    print("inner", name())


async def child():
    await inner()


async def main():
    task = asyncio.create_task(child(), name="child")
    task.add_done_callback(done)
    print("main", name())
    await task
    print("main", name())


asyncio.run(main())
