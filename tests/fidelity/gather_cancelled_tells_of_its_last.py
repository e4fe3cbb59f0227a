# A cancelled gather with return_exceptions ends when the last child has ended, and what it tells is the
# cancel of the child that was given last: with its message, or without when that one swallowed it.
import asyncio


async def swallows():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        await asyncio.sleep(1)
    print("swallows ends")


async def obeys():
    try:
        await asyncio.sleep(10)
    finally:
        print("obeys ends")


async def parent(*children):
    try:
        await asyncio.gather(*children, return_exceptions=True)
    except asyncio.CancelledError as error:
        print("parent", repr(error))


async def main():
    for children in (swallows(), obeys()), (obeys(), swallows()):
        task = asyncio.create_task(parent(*children))
        await asyncio.sleep(1)
        task.cancel("enough")
        await task


asyncio.run(main())
