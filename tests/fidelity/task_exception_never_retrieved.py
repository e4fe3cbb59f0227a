# A task that failed is reported when it goes, if nobody awaited it or asked for its exception. wait() is
# told that it ended, and does not look; a cancel that comes too late counts as a look.
import asyncio


def handler(loop, context):
    print("handler:", context["message"], repr(context["exception"]))


async def fails(message):
    raise ValueError(message)


async def main():
    asyncio.get_running_loop().set_exception_handler(handler)
    task = asyncio.create_task(fails("waited for"))
    await asyncio.wait([task])
    print("waited")
    task = None
    print("gone")
    task = asyncio.create_task(fails("asked"))
    await asyncio.sleep(0)
    print(repr(task.exception()))
    task = None
    task = asyncio.create_task(fails("cancelled too late"))
    await asyncio.sleep(0)
    print(task.cancel())
    task = None
    print("end")


asyncio.run(main())
