# stop() asks, and the loop looks when the iteration is over: the rest of the batch still runs. What was
# queued meanwhile is left for the next run, which begins with it.
import asyncio


def say(text):
    print(text)


def first():
    print("first")
    loop.call_soon(say, "queued before the stop")
    loop.stop()
    loop.call_soon(say, "queued after the stop")


loop = asyncio.new_event_loop()
loop.call_soon(first)
loop.call_soon(say, "second")
loop.run_forever()
print("again")
loop.call_soon(loop.stop)
loop.run_forever()
loop.close()
