# Of a LifoQueue a woken getter gets what was put last, not what it was woken for. What is full refuses, what is
# empty has nothing.
import asyncio

queue = asyncio.LifoQueue(3)


async def getter(name):
    print(name, repr(await queue.get()))


async def main():
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty as error:
        print(repr(error))
    a = asyncio.create_task(getter("a"))
    b = asyncio.create_task(getter("b"))
    await asyncio.sleep(0)
    for k in range(1, 4):
        queue.put_nowait(k)
    try:
        queue.put_nowait(4)
    except asyncio.QueueFull as error:
        print(repr(error))
    await a
    await b
    print("main", repr(queue.get_nowait()))
    print(queue.empty(), queue.maxsize)


asyncio.run(main())
