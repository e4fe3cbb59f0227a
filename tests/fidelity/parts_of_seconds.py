# Sleeps of parts of a second add up to whole nanoseconds, so that a tie is a tie: three tenths, and eight
# tenths after seven and one, meet timers that were set for these moments before, and fire behind them.
import asyncio


def say(text):
    print(text, asyncio.get_running_loop().time())


async def sleeps(name, *parts):
    for part in parts:
        await asyncio.sleep(part)
    say(name)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.3, say, "timer")
    loop.call_later(0.8, say, "timer")
    three = asyncio.create_task(sleeps("three tenths", 0.1, 0.1, 0.1))
    eight = asyncio.create_task(sleeps("eight tenths", 0.7, 0.1))
    await eight


asyncio.run(main())
