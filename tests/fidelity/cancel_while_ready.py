# A task that yielded stands in the queue and waits for nothing. A cancel then is a flag, and its turn
# comes where it stands: behind those that were ready before it.
import asyncio


async def child(name):
    try:
        await asyncio.sleep(0)
        print(name, "goes on")
    except asyncio.CancelledError as error:
        print(name, repr(error))


async def main():
    one = asyncio.create_task(child("one"))
    two = asyncio.create_task(child("two"))
    three = asyncio.create_task(child("three"))
    await asyncio.sleep(0)
    two.cancel("stop")
    print(two.cancelled(), two.cancelling())
    await three
    print(two.done(), two.cancelled())


asyncio.run(main())
