# A cancelled timer is thrown away only when it stands at the top of the heap. Behind a live one it waits,
# and where both fall due together it is moved to the queue and skipped there.
import asyncio


def say(text):
    print(text)


loop = asyncio.new_event_loop()
top = loop.call_at(1, say, "top")
loop.call_at(2, say, "alive")
behind = loop.call_at(2, say, "behind")
between = loop.call_at(3, say, "between")
loop.call_at(4, loop.stop)
last = loop.call_at(4, say, "last")
top.cancel()
behind.cancel()
between.cancel()
last.cancel()
loop.run_forever()
loop.close()
