# A set wakes all who wait, and a clear in the same step does not take that back: who was woken does not look
# at the flag again. Who comes after the clear waits.
import asyncio

event = asyncio.Event()


async def waiter(name):
    outcome = await event.wait()
    print(f"{name} {outcome}, set: {event.is_set()}")


async def main():
    tasks = [asyncio.create_task(waiter(name)) for name in ("a", "b")]
    await asyncio.sleep(0)
    event.set()
    event.clear()
    late = asyncio.create_task(waiter("late"))
    for k in range(3):
        await asyncio.sleep(0)
    print("late waits:", not late.done())
    event.set()
    await late


asyncio.run(main())
