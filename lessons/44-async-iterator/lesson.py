import asyncio

class Countdown:
    def __init__(self, start):
        self.left = start

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.left == 0:
            raise StopAsyncIteration
        await asyncio.sleep(1)
        self.left -= 1
        return self.left + 1

async def rocket(name):
    async for number in Countdown(3):
        print(name, number)
    print(name, '升空')

async def main():
    await asyncio.gather(rocket('A'), rocket('B'))

asyncio.run(main())
