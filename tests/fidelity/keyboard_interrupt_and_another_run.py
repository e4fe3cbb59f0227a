# KeyboardInterrupt in a task ends run_until_complete in the middle of a batch. What is left of the batch,
# and what the task's end queued, stands there when the loop runs again; the callback of the first run does
# not stop the second one.
import asyncio


async def interrupts():
    loop.call_soon(say, "queued by the interrupted")
    raise KeyboardInterrupt("by hand")


async def child(name):
    for k in range(3):
        print(name, k)
        await asyncio.sleep(0)


def say(text):
    print(text)


loop = asyncio.new_event_loop()
task = loop.create_task(interrupts())
loop.call_soon(say, "behind it")
try:
    loop.run_until_complete(task)
except KeyboardInterrupt as error:
    print(repr(error))
loop.run_until_complete(child("second run"))
print(repr(task.exception()))
loop.close()
