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
        await asyncio.sleep(1)
        raise ValueError('no answer')

async def main():
    try:
        await work()
    except ValueError as error:
        print('main caught:', error)

asyncio.run(main())
