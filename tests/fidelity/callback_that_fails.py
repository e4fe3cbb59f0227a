# An exception in a callback goes to the exception handler, and the loop goes on with the rest of the
# batch: in a plain callback, in a future's, and in a set_result that comes too late.
import asyncio


def handler(loop, context):
    print("handler:", repr(context["exception"]))


def fails():
    raise ValueError("a callback")


def done_fails(future):
    raise ValueError("a future's callback")


def say(text):
    print(text)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    future = loop.create_future()
    future.add_done_callback(done_fails)
    loop.call_later(1, fails)
    loop.call_later(1, future.set_result, "first")
    loop.call_later(1, future.set_result, "second")
    loop.call_later(1, say, "after")
    print(await future)


asyncio.run(main())
