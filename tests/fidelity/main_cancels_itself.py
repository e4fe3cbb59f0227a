# Main that cancels itself and returns is cancelled, and asyncio.run raises that, when its shutdown is
# over. So is main that just raises CancelledError.
import asyncio


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        print("child ends")


async def main():
    asyncio.create_task(child())
    await asyncio.sleep(0)
    asyncio.current_task().cancel("myself")
    return "result"


async def raises():
    raise asyncio.CancelledError("by name")


for coroutine in main, raises:
    try:
        asyncio.run(coroutine())
    except asyncio.CancelledError as error:
        print(repr(error))
