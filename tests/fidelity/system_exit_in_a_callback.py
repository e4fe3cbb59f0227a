# SystemExit in a callback is no matter for the exception handler: it leaves the loop at once. The rest of
# the batch is still in the queue, and runs in asyncio.run's shutdown.
import asyncio


def handler(loop, context):
    print("handler")


def exits():
    raise SystemExit("from a callback")


def say(text):
    print(text)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(exits)
    loop.call_soon(say, "behind it")
    try:
        await asyncio.sleep(10)
    finally:
        print("main ends")


try:
    asyncio.run(main())
except SystemExit as error:
    print(repr(error))
