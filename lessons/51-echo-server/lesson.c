/*
 * An echo server with several clients: one loop, one task a connection. Who is slow keeps nobody waiting.
 */
#include "lesson.h"

#include <string.h>

// One line of C for a line of Python.
// clang-format off

enum { MOST_CLIENTS = 9 };

static const char *const names[MOST_CLIENTS] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬"};

typedef struct Client {
    const char *name;
    int port;
    int64_t pause;
} Client;

static Value echo(StreamReader *reader, StreamWriter *writer, void *context)
{
    Value line;
    while (LINE(4), line = await_reader_readline(reader), value_size(line) > 0) {
        LINE(5); TRY(writer_write(writer, line));
        LINE(6); TRY(await_writer_drain(writer));
    }
    TRY(line);
    LINE(7); writer_close(writer);
    return NONE;
}

/* What a client does with its connection. */
static Value talk(const Client *client, StreamReader *reader, StreamWriter *writer)
{
    int messages = (int)knob("messages");
    for (int n = 0; LINE(11), n < messages; n++) {
        LINE(12); TRY(await_sleep(client->pause)); // each at its own pace
        LINE(13); TRY(writer_write(writer, value_text(text_format("%s%d\n", client->name, n))));
        LINE(14); Value answer = await_reader_readline(reader); TRY(answer);
        const char *said = value_data(answer);
        LINE(15); print("%s 听到 %.*s", client->name, (int)strcspn(said, "\n"), said);
    }
    LINE(16); TRY(writer_write_eof(writer));         // it has said all
    LINE(17); TRY(await_reader_read(reader, -1));    // until the server hangs up
    LINE(18); writer_close(writer);
    return NONE;
}

static Value client(Value which)
{
    const Client *client = which.pointer;
    StreamReader *reader;
    StreamWriter *writer;
    LINE(10); TRY(await_open_connection("127.0.0.1", client->port, NULL, &reader, &writer));
    Value talked = talk(client, reader, writer);
    reader_release(reader);
    writer_release(writer);
    return talked;
}

static Value main_(Value none)
{
    Server *server;
    LINE(21); TRY(await_start_server(echo, NULL, "127.0.0.1", 0, NULL, &server));
    LINE(22); int port = server_port(server);
    LINE(23); Future *tasks[MOST_CLIENTS];
    size_t count = (size_t)knob("clients");
    Client clients[MOST_CLIENTS];
    for (size_t n = 0; LINE(24), n < count; n++) {
        clients[n] = (Client){names[n], port, knob_seconds("seconds") * (int64_t)(n + 1)};
        LINE(25); Coroutine *one = coroutine(client, value_pointer(&clients[n], names[n]));
        LINE(26); tasks[n] = task_future(task_create_named(one, names[n]));
    }
    WaitResult ended;
    LINE(27); Value waited = await_wait(tasks, count, LOOP_FOREVER, ALL_COMPLETED, &ended);
              wait_result_release(&ended);
    LINE(28); server_close(server);
    for (size_t n = 0; n < count; n++)
        future_release(tasks[n]);
    server_release(server);
    return waited;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def echo(reader, writer):
    LINE(9);  // async def client(port, name, pause):
    LINE(20); // async def main():
    LINE(30); return loop_run(coroutine(main_, NONE));
}
