# gather of a loop's tasks before the loop runs: its callbacks stand there first, and run_until_complete is
# told an iteration after its future is done.
import asyncio


async def child(name):
    print(name)
    await asyncio.sleep(len(name))
    return name


loop = asyncio.new_event_loop()
tasks = [loop.create_task(child(name)) for name in ("ab", "a")]
both = asyncio.gather(*tasks)
print(loop.run_until_complete(both))
loop.close()
