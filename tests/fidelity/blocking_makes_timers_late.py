# A callback that blocks makes everybody late. Timers that fell due meanwhile come in the order of their
# times, all in one batch, behind what was queued; a sleep that begins later counts from then.
import asyncio


import time


def say(text):
    print(text, loop.time())


def block():
    loop.call_soon(say, "queued before")
    time.sleep(3)
    loop.call_soon(say, "queued after")
    loop.call_later(1, say, "a second after")
    loop.call_later(2, loop.stop)


loop = asyncio.new_event_loop()
loop.call_later(1, block)
loop.call_later(3, say, "at 3")
loop.call_later(2, say, "at 2")
loop.call_later(4, say, "at 4")
loop.run_forever()
loop.close()
