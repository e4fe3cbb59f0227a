/*
 * Three pictures over real sockets: a small HTTP server and its three clients, all on one loop in one thread.
 */
#include "lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// One line of C for a line of Python.
// clang-format off

enum { PICTURES = 3, LARGEST = 65536 };

typedef struct Download {
    const char *name;
    int port;
    char picture[LARGEST];
    size_t length;
} Download;

static Value serve(StreamReader *reader, StreamWriter *writer, void *context)
{
    size_t piece = (size_t)knob("piece");
    LINE(5);  Value request = await_reader_readuntil(reader, "\r\n\r\n", 4); TRY(request);
    char name[16] = "";
    LINE(6);  sscanf(value_data(request), "GET /%15s", name);
    LINE(7);  task_set_name(task_current(), text_format("serve %s", name));
    LINE(8);  Value picture = lesson_file(text_format("%s.png", name)); TRY(picture);
              const char *bytes = value_data(picture);
              size_t size = value_size(picture);
    LINE(9);  TRY(writer_write(writer, value_text(text_format("HTTP/1.0 200 OK\r\nContent-Length: %zu\r\n\r\n", size))));
    for (size_t start = 0; LINE(10), start < size; start += piece) {
        LINE(11); TRY(await_sleep(knob_seconds("seconds"))); // a slow network: piece by piece
        LINE(12); TRY(writer_write_bytes(writer, bytes + start, size - start < piece ? size - start : piece));
        LINE(13); TRY(await_writer_drain(writer));
    }
    LINE(14); writer_close(writer);
    return NONE;
}

/* What a download does with its connection. */
static Value fetch(Download *download, StreamReader *reader, StreamWriter *writer)
{
    const char *name = download->name;
    Value piece;
    LINE(19); TRY(writer_write(writer, value_text(text_format("GET /%s HTTP/1.0\r\n\r\n", name))));
    LINE(20); Value head = await_reader_readuntil(reader, "\r\n\r\n", 4); TRY(head);
    LINE(21); size_t size = strtoul(strstr(value_data(head), "Length:") + 7, NULL, 10), length = 0;
    while (LINE(22), piece = await_reader_read(reader, LARGEST), value_size(piece) > 0) {
        LINE(23); memcpy(download->picture + length, value_data(piece), value_size(piece)); length += value_size(piece);
        LINE(24); print("%s %zu / %zu", name, length, size);
        LINE(25); trace_progress(name, (int64_t)length, (int64_t)size);
    }
    TRY(piece);
    LINE(26); writer_close(writer);
    LINE(27); print("下载完成 %s", name);
    LINE(28); trace_picture(name, download->picture, length);
    return NONE;
}

static Value download(Value what)
{
    Download *download = what.pointer;
    StreamReader *reader;
    StreamWriter *writer;
    LINE(17); print("开始下载 %s", download->name);
    LINE(18); TRY(await_open_connection("127.0.0.1", download->port, NULL, &reader, &writer));
    Value fetched = fetch(download, reader, writer);
    reader_release(reader);
    writer_release(writer);
    return fetched;
}

static Value main_(Value none)
{
    static Download downloads[PICTURES] = {{.name = "sun"}, {.name = "boat"}, {.name = "hill"}};
    Server *server;
    LINE(31); TRY(await_start_server(serve, NULL, "127.0.0.1", 0, NULL, &server));
    LINE(32); int port = server_port(server);
    LINE(33); Future *tasks[PICTURES];
    size_t count = (size_t)knob("pictures");
    for (size_t k = 0; LINE(34), k < count; k++) {
        downloads[k].port = port;
        LINE(35); Coroutine *one = coroutine(download, value_pointer(&downloads[k], downloads[k].name));
                  tasks[k] = task_future(task_create_named(one, downloads[k].name));
    }
    WaitResult ended;
    LINE(36); Value waited = await_wait(tasks, count, LOOP_FOREVER, ALL_COMPLETED, &ended);
              wait_result_release(&ended);
    LINE(37); server_close(server);
    for (size_t k = 0; k < count; k++)
        future_release(tasks[k]);
    server_release(server);
    return waited;
}

LESSON
{
    LINE(1);  // import asyncio, sys
    LINE(2);  // from pathlib import Path
    LINE(4);  // async def serve(reader, writer):
    LINE(16); // async def download(port, name):
    LINE(30); // async def main():
    LINE(39); return loop_run(coroutine(main_, NONE));
}
