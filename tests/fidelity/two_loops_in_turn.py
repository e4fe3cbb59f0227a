# Two loops that run in turn keep their queues and timers apart. Time goes on for both: what fell due while
# the other one ran is late.
import asyncio


async def child(name):
    for k in range(3):
        await asyncio.sleep(2)
        print(name, k, asyncio.get_running_loop().time())


def run(loop, delay):
    loop.call_later(delay, loop.stop)
    loop.run_forever()
    print("returned at", loop.time())


one, two = asyncio.new_event_loop(), asyncio.new_event_loop()
first = one.create_task(child("first"))
second = two.create_task(child("second"))
run(one, 3)
run(two, 3)
run(one, 1)
two.run_until_complete(second)
one.run_until_complete(first)
one.close()
two.close()
