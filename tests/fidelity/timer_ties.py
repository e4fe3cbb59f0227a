# Timers of one moment fire in the order in which they were made, whatever else stands in the heap and
# whatever was taken out of it.
import asyncio


def say(text):
    print(text)


loop = asyncio.new_event_loop()
loop.call_at(2, say, "2 first")
loop.call_at(1, say, "1 first")
loop.call_at(2, say, "2 second")
gone = loop.call_at(1, say, "gone")
loop.call_at(2, say, "2 third")
loop.call_at(1, say, "1 second")
loop.call_at(0.5, say, "half")
loop.call_at(2, say, "2 fourth")
loop.call_at(1, say, "1 third")
loop.call_at(2, loop.stop)
gone.cancel()
loop.run_forever()
loop.close()
