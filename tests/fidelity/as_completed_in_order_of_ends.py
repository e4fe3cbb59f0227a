# as_completed gives results in the order in which they end, those that end together in the order of their
# callbacks; the tasks are made when the first is asked for. A failure is the outcome of its turn only.
import asyncio


async def child(name, delay):
    await asyncio.sleep(delay)
    if name == "broken":
        raise ValueError(name)
    return name


async def main():
    children = [child("slow", 2), child("broken", 1), child("quick", 1), child("last", 3)]
    for earliest in asyncio.as_completed(children):
        try:
            print(await earliest)
        except ValueError as error:
            print(repr(error))


asyncio.run(main())
