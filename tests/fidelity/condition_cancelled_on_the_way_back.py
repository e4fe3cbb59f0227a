# Who was notified and is cancelled while it stands for the lock swallows that until it has the lock: then it is
# a new CancelledError, without the message.
import asyncio

condition = asyncio.Condition()


async def waiter(name):
    async with condition:
        try:
            outcome = await condition.wait()
        except asyncio.CancelledError as error:
            print(f"{name} {error!r}, locked: {condition.locked()}")
            raise
        print(f"{name} {outcome!r}, locked: {condition.locked()}")


async def main():
    task = asyncio.create_task(waiter("a"))
    await asyncio.sleep(0)
    await condition.acquire()
    condition.notify()
    await asyncio.sleep(0)
    for k in range(3):
        task.cancel(f"cancel {k}")
        await asyncio.sleep(0)
        print("done:", task.done())
    condition.release()
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error), task.cancelling())


asyncio.run(main())
