# remove_done_callback takes away every entry that is equal, and leaves the others and those that wait in
# their order. It says how many there were.
import asyncio


def gone(done):
    print("gone")


def kept(done):
    print("kept")


async def waiter():
    await future
    print("waiter")


async def main():
    global future
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(gone)
    future.add_done_callback(kept)
    future.add_done_callback(gone)
    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    future.add_done_callback(gone)
    future.add_done_callback(kept)
    print(future.remove_done_callback(gone))
    print(future.remove_done_callback(gone))
    future.set_result(None)
    await task


asyncio.run(main())
