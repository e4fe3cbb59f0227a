# Cancelling a handle that runs, or that ran, comes too late: it says that it is cancelled, and that is all.
import asyncio


def own():
    print("before")
    handle.cancel()
    print("after", handle.cancelled())
    loop.call_soon(afterwards)


def afterwards():
    other.cancel()
    print("other", other.cancelled())
    loop.stop()


def say(text):
    print(text)


loop = asyncio.new_event_loop()
handle = loop.call_later(1, own)
other = loop.call_later(1, say, "other")
loop.run_forever()
loop.close()
