import asyncio

async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line)
        await writer.drain()
    writer.close()

async def client(port, name, pause):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    for n in range(2):
        await asyncio.sleep(pause)  # 各有各的快慢
        writer.write(f'{name}{n}\n'.encode())
        answer = await reader.readline()
        print(name, '听到', answer.decode().strip())
    writer.write_eof()   # 说完了
    await reader.read()  # 等服务器挂断
    writer.close()

async def main():
    server = await asyncio.start_server(echo, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    tasks = []
    for n, name in enumerate('甲乙丙', 1):
        talk = client(port, name, 0.2 * n)
        tasks.append(asyncio.create_task(talk, name=name))
    await asyncio.wait(tasks)
    server.close()

asyncio.run(main())
