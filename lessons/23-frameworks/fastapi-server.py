import asyncio
import time

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get('/async')
async def wait():
    await asyncio.sleep(1)
    return 'ok'


@app.get('/sync')
def block():
    time.sleep(1)
    return 'ok'


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
    config = uvicorn.Config(app, port=0, log_level='error', lifespan='off')
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(), name='uvicorn')
    while not server.started:
        await asyncio.sleep(0.1)
    port = server.servers[0].sockets[0].getsockname()[1]
    await three(port, '/async')
    await three(port, '/sync')
    server.should_exit = True
    await serving

asyncio.run(main())
