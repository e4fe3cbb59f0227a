# A hundred timers are not more than a hundred, and half of them is not more than half: then cancelled
# timers behind a live one stay, and go through the queue. One cancelled timer more, and they are thrown
# away.
import asyncio


def never():
    print("never")


def run(live, cancelled):
    loop = asyncio.new_event_loop()
    loop.call_later(1, loop.stop)
    for _ in range(cancelled):
        loop.call_later(1, never).cancel()
    for _ in range(live - 1):
        loop.call_later(2, never)
    loop.run_forever()
    loop.close()


run(40, 60)
run(51, 51)
run(50, 52)
