# The loop counts cancelled timers to know when to throw them away, and does not count one less for a
# cancelled timer that went through the queue. So sixty of those are still counted later, among a hundred
# live timers, and the one cancelled timer there is thrown away early.
import asyncio


def say(text):
    print(text)


def refill():
    print("refill")
    for _ in range(100):
        loop.call_at(2, say, "later")
    loop.call_at(1, loop.stop)
    loop.call_at(1, say, "cancelled").cancel()


loop = asyncio.new_event_loop()
loop.call_at(1, refill)
for _ in range(60):
    loop.call_at(1, say, "cancelled").cancel()
loop.run_forever()
loop.close()
