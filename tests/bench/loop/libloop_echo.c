/*
 * libloop_echo.c — messages there and back over loopback, by libloop's streams: a task for each end.
 */
#include "contestant.h"
#include "loop.h"

static int64_t each;

static Value serve(StreamReader *reader, StreamWriter *writer, void *none)
{
    (void)none;
    for (;;) {
        Value message = await_reader_read(reader, ECHO_BYTES);
        TRY(message);
        if (value_size(message) == 0)
            return NONE;
        TRY(writer_write(writer, message));
    }
}

static Value ask(Value port)
{
    static const char message[ECHO_BYTES];
    StreamReader *reader;
    StreamWriter *writer;
    TRY(await_open_connection("127.0.0.1", (int)port.integer, NULL, &reader, &writer));
    Value outcome = NONE;
    for (int64_t k = 0; k < each && !value_failed(outcome); k++) {
        outcome = writer_write_bytes(writer, message, sizeof message);
        if (!value_failed(outcome))
            outcome = await_reader_readexactly(reader, ECHO_BYTES);
    }
    writer_close(writer);
    writer_release(writer);
    reader_release(reader);
    return outcome;
}

static Value echo_main(Value connections)
{
    size_t count = (size_t)connections.integer;
    StreamOptions options = {.backlog = (int)count};
    Awaitable *clients = malloc(count * sizeof *clients);
    Server *server;
    TRY(await_start_server(serve, NULL, "127.0.0.1", 0, &options, &server));
    int64_t start = cpu_now();
    for (size_t k = 0; k < count; k++)
        clients[k] = awaitable(coroutine(ask, value_int(server_port(server))));
    TRY(await_gather(clients, count, false));
    double cost = (double)(cpu_now() - start) / (double)(connections.integer * each);
    server_close(server);
    server_release(server);
    free(clients);
    return value_float(cost);
}

double libloop_echo(int64_t connections)
{
    each = echoes_each(connections);
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_REAL});
    Value cost = loop_run(coroutine(echo_main, value_int(connections)));
    if (value_failed(cost)) {
        char text[200];
        value_repr(cost, text, sizeof text);
        fprintf(stderr, "libloop: %s\n", text);
        return -1;
    }
    return cost.real;
}
