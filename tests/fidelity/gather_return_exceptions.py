# With return_exceptions a failure and a cancel of a child are results like others, and gather waits for
# all. Of what a future was cancelled with its item tells; what a task was cancelled with has gone into the
# task.
import asyncio


async def child(name):
    await asyncio.sleep(len(name))
    if name == "ab":
        raise ValueError(name)
    return name


def cancel():
    tasks[2].cancel("a task")
    future.cancel("a future")


async def main():
    global tasks, future
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(child(name)) for name in ("abc", "ab", "a", "abcd")]
    future = loop.create_future()
    loop.call_later(0.5, cancel)
    unstarted = asyncio.create_task(child("never"))
    unstarted.cancel("before its first step")
    for result in await asyncio.gather(*tasks, future, unstarted, return_exceptions=True):
        print(repr(result))


asyncio.run(main())
