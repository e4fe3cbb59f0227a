# A delay of 0 is a timer that is due: it joins the queue at the next poll, behind what stands there already.
# So the callback queued last runs first, and what it queues comes an iteration later.
import asyncio


def say(text):
    print(text)


def soon():
    print("soon")
    loop.call_soon(say, "soon, from soon")
    loop.call_later(0, loop.stop)


loop = asyncio.new_event_loop()
loop.call_later(0, say, "later")
loop.call_later(-1, say, "earlier than now")
loop.call_soon(soon)
loop.run_forever()
loop.close()
