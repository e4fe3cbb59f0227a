# wait_for asks its predicate before the first wait and after each, with the lock held; who finds it true makes
# it false for the next.
import asyncio

condition = asyncio.Condition()
items = 0


def is_there(name):
    print(f"{name} asks: {items}")
    return items > 0


async def consumer(name):
    global items
    async with condition:
        await condition.wait_for(lambda: is_there(name))
        items -= 1
        print(name, "takes one")


async def main():
    global items
    a = asyncio.create_task(consumer("a"))
    b = asyncio.create_task(consumer("b"))
    await asyncio.sleep(0)
    for k in range(2):
        async with condition:
            items += 1
            condition.notify_all()
        for n in range(4):
            await asyncio.sleep(0)
    await a
    await b


asyncio.run(main())
