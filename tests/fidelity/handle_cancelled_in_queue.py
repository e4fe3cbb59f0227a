# A handle that is cancelled in the queue stays where it stands: it is counted in the batch, and skipped.
import asyncio


def say(text):
    print(text)


def first():
    print("first")
    second.cancel()
    loop.call_soon(loop.stop)


loop = asyncio.new_event_loop()
loop.call_soon(first)
second = loop.call_soon(say, "second")
loop.call_soon(say, "third")
loop.run_forever()
print(second.cancelled())
loop.close()
