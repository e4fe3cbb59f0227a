/*
 * headers.cpp — the public headers in C++: this compiles without a warning. It is not run.
 */
#include "loop.h"

static Value echo(StreamReader *reader, StreamWriter *writer, void *)
{
    TRY(writer_write(writer, await_reader_readline(reader)));
    return await_writer_drain(writer);
}

static Value next_item(void *)
{
    return value_exception(&StopAsyncIteration, nullptr);
}

static Value main_(Value none)
{
    Awaitable both[] = {awaitable(coroutine(main_, none)), awaitable(task_current())};
    TRY(await_gather(both, 2, false));
    AsyncIterator items = {next_item, nullptr};
    ASYNC_FOR (item, items) {
        if (value_failed(item))
            return item;
    }
    Server *server;
    return await_start_server(echo, nullptr, nullptr, 0, nullptr, &server);
}

int main()
{
    return value_failed(loop_run(coroutine(main_, NONE)));
}
