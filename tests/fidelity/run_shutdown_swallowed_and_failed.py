# At the shutdown of asyncio.run a task may swallow its cancel and take its time; it is waited for. One
# that fails is reported to the exception handler, after all of them have ended.
import asyncio


def handler(loop, context):
    print("handler:", context["message"], repr(context["exception"]))


async def swallows():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("swallowed")
    await asyncio.sleep(5)
    print("took its time")


async def fails():
    try:
        await asyncio.sleep(10)
    finally:
        raise ValueError("while it was cancelled")


async def main():
    asyncio.get_running_loop().set_exception_handler(handler)
    asyncio.create_task(swallows())
    asyncio.create_task(fails())
    await asyncio.sleep(1)
    raise RuntimeError("main fails too")


try:
    asyncio.run(main())
except RuntimeError as error:
    print(repr(error))
