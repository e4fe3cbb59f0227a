# A timeout that is rescheduled cancels its timer and makes a new one: later, sooner, or for never. For a
# time that is past it goes into the queue, and the task runs on to its next wait.
import asyncio


async def run(name, when):
    loop = asyncio.get_running_loop()
    begin = loop.time()
    try:
        async with asyncio.timeout(2) as limit:
            await asyncio.sleep(1)
            limit.reschedule(begin + when if when is not None else None)
            print(name, "rescheduled")
            await asyncio.sleep(5)
            print(name, "slept")
    except TimeoutError:
        print(name, "after", loop.time() - begin)


async def main():
    await run("later", 4)
    await run("sooner", 1.5)
    await run("now", 1)
    await run("past", 0.5)
    await run("never", None)


asyncio.run(main())
