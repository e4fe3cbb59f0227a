# When its time is over wait_for cancels what it awaits and waits until that has ended, however long its
# clean-up takes. Then it is a TimeoutError.
import asyncio


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(3)
        print("clean")


async def main():
    loop = asyncio.get_running_loop()
    try:
        await asyncio.wait_for(child(), 1)
    except TimeoutError as error:
        print(repr(error), loop.time())
    future = loop.create_future()
    try:
        await asyncio.wait_for(future, 1)
    except TimeoutError as error:
        print(repr(error), loop.time(), future.cancelled())


asyncio.run(main())
