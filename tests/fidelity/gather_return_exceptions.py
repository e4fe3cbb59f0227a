# With return_exceptions a failure and a cancel of a child are results like others, and gather waits for
# all.
import asyncio


async def child(name):
    await asyncio.sleep(len(name))
    if name == "ab":
        raise ValueError(name)
    return name


async def main():
    tasks = [asyncio.create_task(child(name)) for name in ("abc", "ab", "a", "abcd")]
    asyncio.get_running_loop().call_later(0.5, tasks[2].cancel)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        print(repr(result) if isinstance(result, str) else type(result).__name__)


asyncio.run(main())
