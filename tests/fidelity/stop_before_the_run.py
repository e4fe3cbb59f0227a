# A loop that was stopped before it runs makes one iteration, which does not wait for timers, and runs what
# is ready. Two stops are one.
import asyncio


def say(text):
    print(f"{text} at {loop.time():g}")


loop = asyncio.new_event_loop()
loop.call_soon(say, "soon")
loop.call_later(1, say, "later")
loop.stop()
loop.stop()
loop.run_forever()
print("returned")
loop.stop()
loop.run_forever()
print("returned")
loop.call_later(1, loop.stop)
loop.run_forever()
loop.close()
