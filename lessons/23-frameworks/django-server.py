import asyncio
import time

import uvicorn
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpResponse
from django.urls import path


async def wait(request):
    await asyncio.sleep(1)
    return HttpResponse('ok')


def block(request):
    time.sleep(1)
    return HttpResponse('ok')


urlpatterns = [path('async', wait), path('sync', block)]
settings.configure(ROOT_URLCONF=__name__, SECRET_KEY='secret')
app = get_asgi_application()


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
