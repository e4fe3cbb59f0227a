# Timers that are due fire in the order of their times, not of their calls: the one furthest in the past first.
import asyncio


def say(text):
    print(text)


def late():
    print("late")
    loop.call_at(2, say, "at 2")
    loop.call_at(1, say, "at 1")
    loop.call_at(3, say, "at 3, which is now")
    loop.call_at(4, loop.stop)


loop = asyncio.new_event_loop()
loop.call_at(3, late)
loop.run_forever()
loop.close()
