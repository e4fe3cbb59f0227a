# When the time is over and the cancelled one swallows it and returns, its result counts; if it fails
# instead, its error does. Only one that ends cancelled is a TimeoutError.
import asyncio


async def swallows():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        await asyncio.sleep(1)
    return "result after all"


async def fails():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise ValueError("broken")


async def main():
    print(await asyncio.wait_for(swallows(), 1))
    try:
        await asyncio.wait_for(fails(), 1)
    except ValueError as error:
        print(repr(error))


asyncio.run(main())
