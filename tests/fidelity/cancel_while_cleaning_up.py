# A cancelled task that waits in its clean-up is cancelled only by a second cancel, which cuts the clean-up
# short. The first one is over once it was thrown.
import asyncio


async def child(name):
    try:
        await asyncio.sleep(10)
    finally:
        print(name, "cleans up")
        await asyncio.sleep(2)
        print(name, "is clean")


async def main():
    patient = asyncio.create_task(child("patient"))
    hurried = asyncio.create_task(child("hurried"))
    await asyncio.sleep(1)
    patient.cancel()
    hurried.cancel("first")
    await asyncio.sleep(1)
    hurried.cancel("second")
    await asyncio.wait([patient, hurried])
    try:
        hurried.result()
    except asyncio.CancelledError as error:
        print(patient.cancelled(), repr(error))


asyncio.run(main())
