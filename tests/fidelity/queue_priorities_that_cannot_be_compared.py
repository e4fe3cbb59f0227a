# What cannot be compared is a TypeError for whoever puts it, and is in the queue all the same, not counted; a
# getter is not woken for it. Whoever takes can meet it too.
import asyncio

queue = asyncio.PriorityQueue()


async def getter(name):
    try:
        item = await queue.get()
    except TypeError as error:
        print(name, repr(error))
    else:
        print(name, repr(item))


def put(priority, what):
    try:
        queue.put_nowait([priority, what])
    except TypeError as error:
        print(repr(error))


async def main():
    a = asyncio.create_task(getter("a"))
    await asyncio.sleep(0)
    put(2, "x")
    put(3, None)
    put(2, 7)
    print("size", queue.qsize())
    await a
    print("size", queue.qsize())
    put(3, 1.0)
    while not queue.empty():
        try:
            print(repr(queue.get_nowait()))
        except TypeError as error:
            print(repr(error))
    for k in range(3):
        queue.task_done()
    try:
        queue.task_done()
    except ValueError as error:
        print(repr(error))


asyncio.run(main())
