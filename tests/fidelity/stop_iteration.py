# StopIteration is how generators end, so no task and no future can fail with it: a coroutine that raises
# it fails with RuntimeError, and a future refuses it and stays pending.
import asyncio


async def child():
    await asyncio.sleep(0)
    raise StopIteration("value")


async def main():
    try:
        await asyncio.create_task(child())
    except RuntimeError as error:
        print(repr(error))
    try:
        await child()
    except RuntimeError as error:
        print(repr(error))
    future = asyncio.get_running_loop().create_future()
    try:
        future.set_exception(StopIteration())
    except TypeError:
        print("refused", future.done())


asyncio.run(main())
