# An exception that nobody looked at is reported when the future goes: not when it is set, not when the
# future was awaited, asked for its exception, or cancelled when it was too late.
import asyncio


def handler(loop, context):
    print("handler:", context["message"], repr(context["exception"]))


def failed(message):
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError(message))
    return future


async def main():
    asyncio.get_running_loop().set_exception_handler(handler)
    future = failed("ignored")
    print("set")
    del future
    print("gone")
    future = failed("asked")
    future.exception()
    del future
    future = failed("cancelled too late")
    print(future.cancel())
    del future
    future = failed("awaited")
    try:
        await future
    except ValueError as error:
        print(repr(error))
    del future
    print("end")


asyncio.run(main())
