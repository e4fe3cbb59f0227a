# Tasks and callbacks that are made before the loop runs stand in the queue in that order, with the task of
# run_until_complete last. That task ends the run; the others are still where they were.
import asyncio


async def child(name):
    print(name)
    await asyncio.sleep(0)
    print(name, "again")


def say(text):
    print(text)


loop = asyncio.new_event_loop()
one = loop.create_task(child("one"))
loop.call_soon(say, "soon")
two = loop.create_task(child("two"), name="two")
loop.call_later(0, say, "later")
loop.run_until_complete(child("main"))
print(one.done(), two.done())
loop.close()
