# Once the future is done its callbacks stand in the queue, out of the reach of remove_done_callback: it
# finds none, and they run.
import asyncio


def called(done):
    print("called", done.remove_done_callback(called_too))


def called_too(done):
    print("called too")


async def main():
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(called)
    future.add_done_callback(called_too)
    future.cancel()
    print(future.remove_done_callback(called))
    await asyncio.sleep(0)
    print("main")


asyncio.run(main())
