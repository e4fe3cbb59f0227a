# The first failure is gather's, while the others go on. A later failure of another child is looked at by
# the callback, and so never reported. A cancel of the gather comes too late then, and reaches nobody.
import asyncio


async def fails(delay):
    await asyncio.sleep(delay)
    print("fails", delay)
    raise ValueError(str(delay))


async def goes_on():
    await asyncio.sleep(3)
    return "went on"


async def main():
    task = asyncio.create_task(goes_on())
    everything = asyncio.gather(fails(2), task, fails(1))
    try:
        await everything
    except ValueError as error:
        print("main", repr(error))
    print(everything.cancel())
    print(await task)


asyncio.run(main())
