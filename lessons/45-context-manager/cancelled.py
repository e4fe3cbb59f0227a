import asyncio

class Connection:
    async def __aenter__(self):
        await asyncio.sleep(1)
        print('open')
        return self

    async def __aexit__(self, kind, error, traceback):
        print('closing because of', repr(error))
        await asyncio.sleep(1)
        print('closed')

async def work():
    async with Connection():
        print('working')
        await asyncio.sleep(10)
        print('never printed')

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(2)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('main: it has ended')

asyncio.run(main())
