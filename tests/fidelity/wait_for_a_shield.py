# wait_for cancels a shield when the time is over, and not what is behind it. So one can wait for a while,
# and again, for a task that goes on.
import asyncio


async def child():
    await asyncio.sleep(3)
    return "result"


async def main():
    task = asyncio.create_task(child())
    for k in range(4):
        try:
            print(k, await asyncio.wait_for(asyncio.shield(task), 1))
            break
        except TimeoutError:
            print(k, "not yet", task.cancelling())


asyncio.run(main())
