# An exception in a callback goes to the exception handler. The loop goes on with the rest of the batch.
import asyncio


def handler(loop, context):
    print("handler:", repr(context["exception"]))


def say(text):
    print(text)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    future = loop.create_future()
    loop.call_later(1, say, "before")
    loop.call_later(1, future.set_result, "first")
    loop.call_later(1, future.set_result, "second")
    loop.call_later(1, say, "after")
    print(await future)


asyncio.run(main())
