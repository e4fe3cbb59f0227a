# A callback added to a future that is done is not called from there: it goes to the end of the queue,
# behind those that the result queued. The same for one that is added by a callback.
import asyncio


def early(done):
    print("early")
    done.add_done_callback(added)


def late(done):
    print("late")


def added(done):
    print("added")


async def main():
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(early)
    future.set_result(None)
    asyncio.get_running_loop().call_soon(print, "soon")
    future.add_done_callback(late)
    print("main goes on")
    await asyncio.sleep(0)
    print("after a turn")
    await asyncio.sleep(0)
    print("after two")


asyncio.run(main())
