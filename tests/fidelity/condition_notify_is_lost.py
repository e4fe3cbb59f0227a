# The one that a notify woke is cancelled before it runs, and the notify is lost with it: 3.11 tells nobody else.
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
    first = asyncio.create_task(waiter("first"))
    second = asyncio.create_task(waiter("second"))
    await asyncio.sleep(0)
    await condition.acquire()
    condition.notify()
    first.cancel()
    condition.release()
    for k in range(5):
        await asyncio.sleep(0)
    print("second waits:", not second.done())


asyncio.run(main())
