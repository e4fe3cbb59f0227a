# A stop before the future is done ends run_until_complete with an error, and takes its callback away: when
# the future is done in a later run, that run does not stop for it.
import asyncio


def say(text):
    print(text)


loop = asyncio.new_event_loop()
future = loop.create_future()
loop.call_soon(loop.stop)
try:
    loop.run_until_complete(future)
except RuntimeError as error:
    print(repr(error))
loop.call_soon(future.set_result, "done")
loop.call_later(1, say, "a second later")
loop.call_later(2, loop.stop)
loop.run_forever()
print(future.result())
loop.close()
