# The awaited task has ended and its result is there, but the one that waits for it has not run: a cancel
# then cannot reach the ended one, and takes the result from the waiting one.
import asyncio


async def child():
    await asyncio.sleep(0)
    return "result"


def ended(task):
    print("child ended", waiting.cancel("just then"))


async def parent(task):
    try:
        print(await task)
    except asyncio.CancelledError as error:
        print(repr(error), task.cancelled(), task.result())


async def main():
    global waiting
    task = asyncio.create_task(child())
    waiting = asyncio.create_task(parent(task))
    task.add_done_callback(ended)
    await asyncio.wait([waiting])


asyncio.run(main())
