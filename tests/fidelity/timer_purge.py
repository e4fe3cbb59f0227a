# Of more than a hundred timers, more than half of them cancelled, the cancelled ones are thrown away
# wherever they stand. So those behind the live ones of the same moment never reach the queue.
import asyncio


def say(text):
    print(text)


loop = asyncio.new_event_loop()
loop.call_at(1, say, "alive")
cancelled = [loop.call_at(1, say, "cancelled") for _ in range(60)]
for _ in range(40):
    loop.call_at(2, say, "later")
for handle in cancelled:
    handle.cancel()
loop.call_at(1, loop.stop)
loop.run_forever()
loop.close()
