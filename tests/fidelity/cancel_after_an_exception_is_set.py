# A cancel also takes the place of an exception that is on its way to the task. That exception was seen: it
# is not reported as never retrieved.
import asyncio


def handler(loop, context):
    print("handler:", context["message"])


async def child(future):
    try:
        await future
    except ValueError as error:
        print("child", repr(error))


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    future = loop.create_future()
    task = asyncio.create_task(child(future))
    await asyncio.sleep(0)
    future.set_exception(ValueError("broken"))
    task.cancel("instead")
    try:
        await task
    except asyncio.CancelledError as error:
        print("main", repr(error))


asyncio.run(main())
