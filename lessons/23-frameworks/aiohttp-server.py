import asyncio
import time

from aiohttp import web


async def wait(request):
    await asyncio.sleep(1)
    return web.Response(text='ok')


async def block(request):
    time.sleep(1)
    return web.Response(text='ok')


async def fetch(port, url):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    writer.write(f'GET {url} HTTP/1.0\r\n\r\n'.encode())
    await reader.read()
    writer.close()


async def three(port, url):
    start = time.perf_counter()
    clients = [asyncio.create_task(fetch(port, url), name=f'{url} {n}') for n in (1, 2, 3)]
    await asyncio.gather(*clients)
    print(f'{url}: {time.perf_counter() - start:.0f} s')


async def main():
    app = web.Application()
    app.add_routes([web.get('/async', wait), web.get('/sync', block)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, '127.0.0.1', 0).start()
    port = runner.addresses[0][1]
    await three(port, '/async')
    await three(port, '/sync')
    await runner.cleanup()

asyncio.run(main())
