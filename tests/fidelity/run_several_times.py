# Each asyncio.run has a loop of its own, which begins empty. A timer of the first one is forgotten with
# it; what main queued in its last step still ran. Time and the numbers of tasks go on.
import asyncio


def say(text):
    print(text)


async def main(name):
    loop = asyncio.get_running_loop()
    loop.call_later(0.5, say, "never")
    print(name, asyncio.current_task().get_name(), loop.time())
    await asyncio.sleep(0.25)
    loop.call_soon(say, "queued at the end")


asyncio.run(main("first"))
asyncio.run(main("second"))
