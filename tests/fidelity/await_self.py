# A task that awaits itself is told so in its next iteration, and goes on.
import asyncio


async def child():
    try:
        await task
    except RuntimeError as error:
        print(str(error)[:27])
    return "result"


async def main():
    global task
    task = asyncio.create_task(child())
    print(await task)


asyncio.run(main())
