# Who is cancelled while it waits first stands for the lock, and gets the lock before it is told: with the
# message.
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
    a = asyncio.create_task(waiter("a"))
    b = asyncio.create_task(waiter("b"))
    await asyncio.sleep(0)
    await condition.acquire()
    a.cancel("enough")
    for k in range(3):
        await asyncio.sleep(0)
    print("done:", a.done())
    condition.notify_all()
    condition.release()
    await b
    print(a.cancelled())


asyncio.run(main())
