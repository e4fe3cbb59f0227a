# A gather that nobody awaits fails like any future: it is reported when it goes. Its children's exceptions
# were seen by it.
import asyncio


def handler(loop, context):
    print("handler:", context["message"], repr(context["exception"]))


async def fails(name):
    raise ValueError(name)


async def main():
    asyncio.get_running_loop().set_exception_handler(handler)
    both = asyncio.gather(fails("one"), fails("two"))
    await asyncio.sleep(1)
    print(both.done())
    del both
    print("gone")


asyncio.run(main())
