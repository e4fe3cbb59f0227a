# A task that awaits a future of another loop is told so in its next iteration; the future gets no
# callback. If the future is done already, nobody asks where it is from.
import asyncio


async def child():
    try:
        await foreign
    except RuntimeError as error:
        print("attached to a different loop" in str(error))
    print(await done)


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    print("main")
    await task


other = asyncio.new_event_loop()
foreign, done = other.create_future(), other.create_future()
done.set_result("done")
asyncio.run(main())
other.close()
