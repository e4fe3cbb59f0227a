# wait_for cancels a gather when the time is over: its children are cancelled, and it ends when they do,
# with CancelledError also if one of them swallowed it. For wait_for that is the end it asked for:
# TimeoutError.
import asyncio


async def swallows():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        await asyncio.sleep(1)
    print("swallows ends")
    return "result"


async def obeys():
    try:
        await asyncio.sleep(10)
    finally:
        print("obeys")


async def main():
    both = asyncio.gather(swallows(), obeys(), return_exceptions=True)
    try:
        await asyncio.wait_for(both, 1)
    except TimeoutError as error:
        print(repr(error), both.done(), both.cancelled())


asyncio.run(main())
