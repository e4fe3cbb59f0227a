import asyncio, sys
from pathlib import Path

async def serve(reader, writer):
    request = await reader.readuntil(b'\r\n\r\n')
    name = request.decode().split()[1][1:]
    asyncio.current_task().set_name('serve ' + name)
    picture = Path(__file__).with_name(name + '.png').read_bytes()
    writer.write(b'HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n' % len(picture))
    for start in range(0, len(picture), 5000):
        await asyncio.sleep(0.5)  # 网络很慢：一次一小块
        writer.write(picture[start:start + 5000])
        await writer.drain()
    writer.close()

async def download(port, name):
    print('开始下载', name)
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    writer.write(b'GET /%s HTTP/1.0\r\n\r\n' % name.encode())
    head = await reader.readuntil(b'\r\n\r\n')
    size, picture = int(head.split()[-1]), b''
    while piece := await reader.read(65536):
        picture += piece
        print(name, len(picture), '/', size)
        sys.audit('loopglass.progress', name, len(picture), size)
    writer.close()
    print('下载完成', name)
    sys.audit('loopglass.picture', name, picture)

async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    tasks = []
    for name in 'sun', 'boat', 'hill':
        tasks.append(asyncio.create_task(download(port, name), name=name))
    await asyncio.wait(tasks)
    server.close()

asyncio.run(main())
