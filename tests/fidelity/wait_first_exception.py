# FIRST_EXCEPTION ends with the first failure. A cancelled one is none, and one that was done before counts
# as one that ends now.
import asyncio


async def child(name):
    await asyncio.sleep(ord(name) - ord("a"))
    if name == "c":
        raise ValueError(name)


async def main():
    tasks = [asyncio.create_task(child(name), name=name) for name in "abcd"]
    asyncio.get_running_loop().call_later(0.5, tasks[1].cancel)
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print("done", *[task.get_name() for task in done])
    print("pending", *[task.get_name() for task in pending])
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print("pending", *[task.get_name() for task in pending])
    done, pending = await asyncio.wait([tasks[1], tasks[3]], return_when=asyncio.FIRST_EXCEPTION)
    print("pending", *[task.get_name() for task in pending])


asyncio.run(main())
