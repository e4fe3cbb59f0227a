# A task that was cancelled since its last wait and then returns is cancelled, and its result is lost. If
# it raises instead, the error wins.
import asyncio


async def returns():
    asyncio.current_task().cancel("just before")
    return "result"


async def raises():
    asyncio.current_task().cancel("just before")
    raise ValueError("broken")


async def main():
    for coroutine in returns, raises:
        task = asyncio.create_task(coroutine())
        try:
            print(await task)
        except (asyncio.CancelledError, ValueError) as error:
            print(repr(error), task.cancelled())


asyncio.run(main())
