"""The work done by asyncio, or with --uvloop by uvloop: see contestant.h."""
import asyncio
import os
import sys
import time

CANNOT = 3
ECHO_BYTES = 64
QUICK = "BENCH_QUICK" in os.environ
BEYOND_DELAYS = 0.02 if QUICK else 1.2  # seconds


def yields_each(tasks):
    everything = 20000 if QUICK else 400000
    return max(everything // tasks, 1)


def delays():
    random = 1
    while True:
        random = (random * 6364136223846793005 + 1442695040888963407) % 2**64
        yield ((random >> (40 if QUICK else 34)) + 1) / 1e9


def memory():
    with open("/proc/self/status") as status:
        lines = dict(line.split(":") for line in status)
    return int(lines["VmRSS"].split()[0]) * 1024


async def yielder(turns):
    for _ in range(turns):
        await asyncio.sleep(0)


async def nothing():
    pass


async def yields(tasks):
    turns = yields_each(tasks)
    made = [asyncio.create_task(yielder(turns)) for _ in range(tasks)]
    await asyncio.sleep(0)  # now each has begun
    start = time.process_time_ns()
    for task in made:
        await task
    return (time.process_time_ns() - start) / (turns * tasks)


async def spawn_joins(count):
    start = time.process_time_ns()
    for _ in range(count):
        await asyncio.create_task(nothing())
    return (time.process_time_ns() - start) / count


async def spawns(count):
    start = time.process_time_ns()
    made = [asyncio.create_task(nothing()) for _ in range(count)]
    await asyncio.sleep(0)
    assert all(task.done() for task in made)
    return (time.process_time_ns() - start) / count


async def timers(count):
    ticks = []
    loop = asyncio.get_running_loop()
    start = time.process_time_ns()
    for delay, _ in zip(delays(), range(count)):
        loop.call_later(delay, ticks.append, None)
    time.sleep(BEYOND_DELAYS)
    while len(ticks) < count:
        await asyncio.sleep(0)
    return (time.process_time_ns() - start) / count


async def sleeps(count):
    start = time.process_time_ns()
    made = [asyncio.create_task(asyncio.sleep(delay)) for delay, _ in zip(delays(), range(count))]
    for task in made:
        await task
    return (time.process_time_ns() - start) / count


async def echo(connections):
    trips = max((100 if QUICK else 20000) // connections, 1)

    async def serve(reader, writer):
        while message := await reader.read(ECHO_BYTES):
            writer.write(message)
        writer.close()

    async def ask(port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(trips):
            writer.write(bytes(ECHO_BYTES))
            await reader.readexactly(ECHO_BYTES)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=connections)
    port = server.sockets[0].getsockname()[1]
    start = time.process_time_ns()
    await asyncio.gather(*[ask(port) for _ in range(connections)])
    each = (time.process_time_ns() - start) / (trips * connections)
    server.close()
    return each


async def waiting(count, wait):
    began = memory()
    made = [asyncio.create_task(wait()) for _ in range(count)]
    await asyncio.sleep(0)
    each = (memory() - began) / count
    print(each, flush=True)
    os._exit(0)  # to cancel them all would take longer than the measurement
    return made


async def parked(count):
    event = asyncio.Event()
    await waiting(count, event.wait)


async def asleep(count):
    await waiting(count, lambda: asyncio.sleep(3600))


def main():
    works = {"yield": yields, "spawn-join": spawn_joins, "spawn": spawns, "timer": timers,
             "sleep": sleeps, "parked": parked, "asleep": asleep, "echo": echo}
    words = sys.argv[1:]
    if words[0] == "--uvloop":
        try:
            import uvloop
        except ImportError:
            return CANNOT
        uvloop.install()
        del words[0]
    if words[0] not in works:
        return CANNOT
    print(asyncio.run(works[words[0]](int(words[1]))))
    return 0


sys.exit(main())
