# When the waiter of a shield was cancelled the shield lets go of the inner task: if that fails later,
# nobody saw its exception, and it is reported.
import asyncio


def handler(loop, context):
    print("handler:", context["message"], repr(context["exception"]))


async def inner():
    await asyncio.sleep(1)
    raise ValueError("broken")


async def outer():
    await asyncio.shield(inner())


async def main():
    asyncio.get_running_loop().set_exception_handler(handler)
    task = asyncio.create_task(outer())
    await asyncio.sleep(0.5)
    task.cancel()
    await asyncio.sleep(1)
    print("main", task.cancelled())


asyncio.run(main())
