# A loop that runs cannot be run again, nor another one on its thread. The refusal is an error where it is
# asked for, and disturbs nobody.
import asyncio


async def other():
    print("other")


def attempt(loop, future):
    try:
        loop.run_until_complete(future)
    except RuntimeError as error:
        print(repr(error))


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(other())
    attempt(loop, task)
    another = asyncio.new_event_loop()
    future = another.create_future()
    attempt(another, future)
    another.close()
    attempt(another, future)
    await task
    print("main")


asyncio.run(main())
