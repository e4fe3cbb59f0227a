/*
 * stream.c — a connection as a whole: how it begins, how it ends, and what its transport tells it.
 */
#include "stream.h"

#include "scheduler.h"
#include "server.h"
#include "task.h"

enum { LIMIT = 64 * 1024 };

static void destroy(Shared *shared)
{
    Stream *stream = (Stream *)shared;
    Server *server = stream->server;
    transport_free(stream);
    reader_free(&stream->reader);
    future_release(stream->closed);
    memory_free(stream);
    if (server)
        server_detach(server);
}

Stream *stream_new(Loop *loop, size_t limit)
{
    Stream *stream = memory_allocate(sizeof *stream);
    if (!stream)
        return NULL;
    *stream = (Stream){
        .shared = {1, destroy}, .loop = loop, .transport.fd = -1, .reader.limit = limit ? limit : LIMIT};
    stream->closed = future_new(loop, "StreamReaderProtocol.__init__", NULL, 0);
    if (stream->closed)
        return stream;
    stream_release(stream);
    return NULL;
}

void stream_release(Stream *stream)
{
    if (stream)
        shared_release(&stream->shared);
}

void stream_give_back(void *stream)
{
    stream_release(stream);
}

/* CPython's writer has a future that is done from the beginning. Nobody waits for it. */
void stream_make_writer(Stream *stream)
{
    Future *complete = future_new(stream->loop, "StreamWriter.__init__", NULL, 0);
    if (complete)
        future_finish(complete, FUTURE_FINISHED, NONE);
    future_release(complete);
    stream->writer.references = 1;
    stream->shared.references++;
}

/* ----------------------------------------------------------------------------------- of a server's client */

static void give_back_client(void *context)
{
    Stream *stream = context;
    reader_release(&stream->reader);
    writer_release(&stream->writer);
}

/* The body of a client's task. The guard was there before it began: for a task that never does. */
static Value serve(Value argument)
{
    Stream *stream = argument.pointer;
    Value outcome = stream->client(&stream->reader, &stream->writer, stream->context);
    guard_pop(&stream->guard);
    give_back_client(stream);
    return outcome;
}

static void client_done(Future *task, void *context)
{
    Stream *stream = context;
    Value exception = future_exception(task);
    if (future_cancelled(task)) { /* 3.11 asks for the exception all the same, and fails */
        callback_failed(exception);
        return;
    }
    if (!value_failed(exception))
        return;
    loop_report(stream->loop, "Unhandled exception in client_connected_cb", exception, NULL);
    transport_close(stream);
}

void stream_connection_made(void *context)
{
    Stream *stream = context;
    if (!stream->client)
        return;
    stream_make_writer(stream);
    stream->shared.references++; /* the reader's */
    Coroutine *coroutine = coroutine_new(stream->name, serve, value_pointer(stream, "<client>"));
    Task *task = NULL;
    if (coroutine) {
        guard_begin(coroutine, &stream->guard, give_back_client, stream);
        task = loop_create_task(stream->loop, coroutine, NULL); /* without memory it gives the guard back */
    } else {
        give_back_client(stream);
    }
    if (!task) {
        callback_failed(value_exception(&MemoryError, "no memory for a client"));
        return;
    }
    stream->shared.references++;
    if (!future_add_shared_callback(task_future(task), "StreamReaderProtocol.connection_made.callback",
                                    client_done, &stream->shared))
        stream_release(stream);
    task_release(task);
}

/* ------------------------------------------------------------------------------------------ what is told */

bool stream_data_received(Stream *stream, const char *bytes, size_t size)
{
    return reader_feed(&stream->reader, bytes, size);
}

void stream_eof_received(Stream *stream)
{
    reader_feed_eof(&stream->reader);
}

void stream_pause_writing(Stream *stream)
{
    stream->writer.paused = true;
}

/* Each task in drain() goes on: with an error if there is one. */
static void wake_drains(StreamWriter *writer, Value error)
{
    for (const Drain *drain = writer->first_drain; drain; drain = drain->next) {
        if (future_done(drain->future))
            continue;
        if (value_failed(error))
            future_set_exception(drain->future, error);
        else
            future_set_result(drain->future, NONE);
    }
}

void stream_resume_writing(Stream *stream)
{
    stream->writer.paused = false;
    wake_drains(&stream->writer, NONE);
}

void stream_connection_lost(Stream *stream, Value error)
{
    StreamReader *reader = &stream->reader;
    if (value_failed(error))
        reader_set_exception(reader, error);
    else
        reader_feed_eof(reader);
    if (!future_done(stream->closed)) {
        if (value_failed(error))
            future_set_exception(stream->closed, error);
        else
            future_set_result(stream->closed, NONE);
        future_see(stream->closed); /* whoever reads or writes is told: no report if nobody waits for this */
    }
    stream->writer.lost = true;
    if (stream->writer.paused)
        wake_drains(&stream->writer, error);
}
