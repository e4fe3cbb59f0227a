# A loop that is closed runs nothing more: what stands in its queue and its heap is forgotten, and a future
# that is done afterwards calls nobody.
import asyncio


def say(text):
    print(text)


def done(future):
    print("done", future.result())


loop = asyncio.new_event_loop()
future = loop.create_future()
future.add_done_callback(done)
loop.call_soon(say, "first")
loop.call_soon(loop.stop)
loop.run_forever()
loop.call_soon(say, "never")
loop.call_later(1, say, "never")
loop.close()
print("closed", future.done())
