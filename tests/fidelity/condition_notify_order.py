# A notify of two wakes the first two that wait. They go on when the notifier gives the lock back, one after the
# other, and stand for it behind who asked for it before them.
import asyncio

condition = asyncio.Condition()


async def waiter(name):
    async with condition:
        outcome = await condition.wait()
        print(name, repr(outcome))


async def user(name):
    async with condition:
        print(name, "has the lock")


async def main():
    tasks = [asyncio.create_task(waiter(name)) for name in ("a", "b", "c")]
    await asyncio.sleep(0)
    await condition.acquire()
    other = asyncio.create_task(user("other"))
    await asyncio.sleep(0)
    condition.notify(2)
    await asyncio.sleep(0)
    print("release")
    condition.release()
    for k in range(6):
        await asyncio.sleep(0)
    print("c waits:", not tasks[2].done())


asyncio.run(main())
