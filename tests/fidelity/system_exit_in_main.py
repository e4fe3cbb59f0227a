# SystemExit in main leaves the loop at once, and goes out through asyncio.run after its shutdown: so a
# program ends in the middle of its other tasks.
import asyncio


async def child(name):
    try:
        await asyncio.sleep(10)
    finally:
        print(name, "ends")


async def main():
    asyncio.create_task(child("one"))
    await asyncio.sleep(0)
    asyncio.create_task(child("two"))
    raise SystemExit("enough")


try:
    asyncio.run(main())
except SystemExit as error:
    print(repr(error))
