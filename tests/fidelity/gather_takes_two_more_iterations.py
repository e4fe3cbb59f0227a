# gather makes tasks of its coroutines in the order given, and its future is done by the callback of the
# last child, so main runs two iterations after that child's end. The results stand in the order of the
# arguments.
import asyncio


async def child(name, delay):
    print(name)
    await asyncio.sleep(delay)
    print(name, "ends")
    return name


async def main():
    print(await asyncio.gather(child("slow", 2), child("quick", 1), child("middle", 2)))


asyncio.run(main())
