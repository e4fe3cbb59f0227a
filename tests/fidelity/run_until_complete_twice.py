# run_until_complete leaves with the iteration in which the future's callback ran, one after the future was
# done. Other tasks stay where they are, and go on in the next run.
import asyncio


async def count(name):
    for k in range(4):
        print(name, k)
        await asyncio.sleep(0)


async def short():
    print("short")


loop = asyncio.new_event_loop()
other = loop.create_task(count("other"))
loop.run_until_complete(short())
print("between")
loop.run_until_complete(short())
print("last")
loop.run_until_complete(other)
loop.run_until_complete(other)
loop.close()
