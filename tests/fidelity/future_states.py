# Which calls a future refuses while it is pending, once it has a result, an exception, or is cancelled; a
# refused call queues nothing.
import asyncio


def called(future):
    print("called")


def attempt(call, *arguments):
    try:
        print("   ", repr(call(*arguments)))
    except BaseException as error:
        print("   ", repr(error))


def show(name, future):
    print(name, future.done(), future.cancelled())
    future.add_done_callback(called)
    attempt(future.result)
    attempt(future.exception)
    if future.done():
        attempt(future.set_result, "again")
        attempt(future.set_exception, ValueError("again"))
        attempt(future.cancel, "again")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    show("pending", future)
    future.set_result("result")
    show("result", future)
    future = loop.create_future()
    future.set_exception(ValueError("broken"))
    show("exception", future)
    future = loop.create_future()
    future.cancel("stop")
    show("cancelled", future)


asyncio.run(main())
