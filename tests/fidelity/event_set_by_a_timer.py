# A timer sets the event, in the iteration in which a sleeper's future is done too: who waits for the event
# runs in the next one, in the order of the timers.
import asyncio
import time

event = asyncio.Event()
start = time.perf_counter()


async def waiter(name):
    await event.wait()
    print(name, "at", int(time.perf_counter() - start))


async def sleeper(name):
    await asyncio.sleep(1)
    print(name, "at", int(time.perf_counter() - start))


async def main():
    tasks = [asyncio.create_task(sleeper("early")), asyncio.create_task(waiter("waiter"))]
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(1, event.set)
    late = asyncio.create_task(sleeper("late"))
    await event.wait()
    print("main")
    await event.wait()
    print("main again")
    await late


asyncio.run(main())
