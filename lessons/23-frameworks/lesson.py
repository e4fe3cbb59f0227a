import asyncio
import time

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler


class Async(RequestHandler):
    async def get(self):
        await asyncio.sleep(1)
        self.write('ok')


class Sync(RequestHandler):
    def get(self):
        time.sleep(1)
        self.write('ok')


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
    server = HTTPServer(Application([('/async', Async), ('/sync', Sync)]))
    sockets = bind_sockets(0, '127.0.0.1')
    server.add_sockets(sockets)
    port = sockets[0].getsockname()[1]
    await three(port, '/async')
    await three(port, '/sync')
    server.stop()

asyncio.run(main())
