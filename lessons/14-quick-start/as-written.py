import asyncio
async def fun():
    print('快来搞我吧！')
result = func()

#loop = asyncio.get_event_loop()
#loop.run_until_complete(result)
asyncio.run(result)  #py3.7以后
