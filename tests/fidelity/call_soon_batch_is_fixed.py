# What a callback queues waits for the next iteration: it cannot run before the callbacks that already stood
# in the queue, nor in the same batch.
import asyncio


def third():
    print("third")


def first():
    print("first")
    loop.call_soon(third)


def second():
    print("second")
    loop.call_soon(loop.stop)


loop = asyncio.new_event_loop()
loop.call_soon(first)
loop.call_soon(second)
loop.run_forever()
loop.close()
