# A select waits a day at most. For a later timer the loop goes round once a day, with empty batches.
import asyncio


def say(text):
    print(f"{text} at {loop.time():g}")
    loop.stop()


loop = asyncio.new_event_loop()
loop.call_later(200000, say, "done")
loop.run_forever()
loop.close()
