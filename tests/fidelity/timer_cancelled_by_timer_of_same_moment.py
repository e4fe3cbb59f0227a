# Timers of one moment leave the heap together. The first can still cancel the others: they stand in the queue
# and are skipped, but they are counted.
import asyncio


def first():
    print(f"first at {loop.time():g}")
    second.cancel()
    fourth.cancel()


def say(text):
    print(f"{text} at {loop.time():g}")


loop = asyncio.new_event_loop()
loop.call_at(1, first)
second = loop.call_at(1, say, "second")
loop.call_at(1, say, "third")
fourth = loop.call_at(2, say, "fourth")
loop.call_at(3, loop.stop)
loop.run_forever()
loop.close()
