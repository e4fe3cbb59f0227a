# Tasks that only give each other turns are stopped all the same: after the iteration in which one of them says
# so, and the next run begins where they stand. What is called soon has its turn among theirs.
import asyncio


def say(text):
    print(f"called by {text}")


async def turns(name):
    for k in range(5):
        print(name, k)
        if k == 1:
            loop.call_soon(say, name)
        if k == 2 and name == "b":
            loop.stop()
        await asyncio.sleep(0)


loop = asyncio.new_event_loop()
tasks = [loop.create_task(turns(name)) for name in "abc"]
loop.run_forever()
print("stopped")
loop.stop()
loop.run_forever()
print("stopped")
for name, task in zip("abc", tasks):
    loop.run_until_complete(task)
    print(f"{name} is done")
loop.close()
