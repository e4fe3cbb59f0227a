# To acquire what is free gives no turn to others: two blocks behind each other are one step. Who is not in
# line cannot be overtaken.
import asyncio

lock = asyncio.Lock()


async def greedy(name):
    for k in range(3):
        async with lock:
            print(name, k)


async def main():
    a = asyncio.create_task(greedy("a"))
    b = asyncio.create_task(greedy("b"))
    await a
    await b
    try:
        lock.release()
    except RuntimeError as error:
        print(repr(error))


asyncio.run(main())
