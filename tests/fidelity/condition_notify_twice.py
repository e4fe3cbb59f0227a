# Two notifies of one each, in the same step: the second does not count who was woken by the first, nor who was
# cancelled meanwhile.
import asyncio

condition = asyncio.Condition()


async def waiter(name):
    async with condition:
        try:
            outcome = await condition.wait()
        except asyncio.CancelledError as error:
            print(name, repr(error))
            raise
        print(name, repr(outcome))


async def main():
    tasks = [asyncio.create_task(waiter(name)) for name in "abcd"]
    await asyncio.sleep(0)
    await condition.acquire()
    condition.notify()
    tasks[1].cancel()
    condition.notify()
    condition.release()
    for k in range(6):
        await asyncio.sleep(0)
    print("d waits:", not tasks[3].done())


asyncio.run(main())
