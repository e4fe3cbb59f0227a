# FIRST_COMPLETED with one that is done already: its callback ends the wait in the next iteration, and what
# ends in that iteration, or in the one until the task runs, is done as well. A timeout does not fire any
# more.
import asyncio


async def child(turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    return turns


async def main():
    future = asyncio.get_running_loop().create_future()
    future.set_result("done before")
    tasks = [asyncio.create_task(child(turns)) for turns in range(5)]
    done, pending = await asyncio.wait([*tasks, future], timeout=1, return_when=asyncio.FIRST_COMPLETED)
    print([one.result() for one in done], len(pending))
    await asyncio.sleep(2)


asyncio.run(main())
