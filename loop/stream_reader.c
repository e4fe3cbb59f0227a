/*
 * stream_reader.c — what has come in, and the task that waits for more.
 *
 * The buffer holds what was received and not read. A read copies its part out, into a chunk that the reader
 * keeps until the next read: so a server that runs for a year needs no more memory than in its first minute.
 */
#include "stream.h"

#include "scheduler.h"
#include "task.h"

#include <string.h>

/* ---------------------------------------------------------------------------------- what the stream feeds */

static void wake(StreamReader *reader, Value error)
{
    Future *waiter = reader->waiter;
    reader->waiter = NULL;
    if (!waiter)
        return;
    if (!future_cancelled(waiter)) {
        if (value_failed(error))
            future_set_exception(waiter, error);
        else
            future_set_result(waiter, NONE);
    }
    future_release(waiter);
}

bool reader_feed(StreamReader *reader, const char *bytes, size_t size)
{
    if (reader->released)
        return true;
    if (!byte_buffer_append(&reader->buffer, bytes, size))
        return false;
    wake(reader, NONE);
    if (!reader->paused && reader->buffer.size > 2 * reader->limit) {
        reader->paused = true;
        transport_pause_reading(stream_of_reader(reader));
    }
    return true;
}

void reader_feed_eof(StreamReader *reader)
{
    reader->ended = true;
    wake(reader, NONE);
}

void reader_set_exception(StreamReader *reader, Value error)
{
    reader->error = error;
    wake(reader, error);
}

void reader_free(StreamReader *reader)
{
    byte_buffer_free(&reader->buffer);
    memory_free(reader->chunk);
}

/* ------------------------------------------------------------------------------------------------ chunks */

static Value no_memory(void)
{
    return value_exception(&MemoryError, "no memory for what is read");
}

static bool chunk_begin(StreamReader *reader)
{
    enum { FIRST_ROOM = 256 };
    if (!reader->chunk) {
        reader->chunk = memory_allocate(sizeof *reader->chunk + FIRST_ROOM);
        if (!reader->chunk)
            return false;
        reader->room = FIRST_ROOM;
    }
    reader->chunk->size = 0;
    reader->chunk->data[0] = '\0';
    return true;
}

/* Moves the first bytes of the buffer to the end of the chunk. */
static bool chunk_take(StreamReader *reader, size_t size)
{
    size_t needed = reader->chunk->size + size + 1;
    if (needed > reader->room) {
        size_t room = reader->room * 2 > needed ? reader->room * 2 : needed;
        ValueBytes *chunk = memory_resize(reader->chunk, sizeof *chunk + room);
        if (!chunk)
            return false;
        reader->chunk = chunk;
        reader->room = room;
    }
    ValueBytes *chunk = reader->chunk;
    if (size)
        memcpy(chunk->data + chunk->size, byte_buffer_first(&reader->buffer), size);
    chunk->size += size;
    chunk->data[chunk->size] = '\0';
    byte_buffer_drop(&reader->buffer, size);
    return true;
}

static void resume_if_room(StreamReader *reader)
{
    if (!reader->paused || reader->buffer.size > reader->limit)
        return;
    reader->paused = false;
    transport_resume_reading(stream_of_reader(reader));
}

/* The first bytes of the buffer as what a read gives. */
static Value take(StreamReader *reader, size_t size)
{
    if (!chunk_begin(reader) || !chunk_take(reader, size))
        return no_memory();
    resume_if_room(reader);
    return value_of_bytes(reader->chunk);
}

/* ---------------------------------------------------------------------------------------------- waiting */

typedef struct Waiting {
    StreamReader *reader;
    Future *future;
} Waiting;

static void stop_waiting(void *context)
{
    Waiting *waiting = context;
    StreamReader *reader = waiting->reader;
    if (reader->waiter == waiting->future) {
        reader->waiter = NULL;
        future_release(waiting->future);
    }
    future_release(waiting->future);
    stream_release(stream_of_reader(reader));
}

/* CPython's _wait_for_data. @param name, caller of the function that reads, for messages and await chain */
static Value wait_for_data(StreamReader *reader, Task *task, const char *name, const char *caller)
{
    Stream *stream = stream_of_reader(reader);
    if (reader->waiter)
        return value_exception(&RuntimeError, text_format("%s() called while another coroutine is already "
                                                          "waiting for incoming data",
                                                          name));
    if (reader->paused) {
        reader->paused = false;
        transport_resume_reading(stream);
    }
    Waiting waiting = {reader, future_new(task->future.loop, "StreamReader._wait_for_data", NULL, 0)};
    if (!waiting.future)
        return no_memory();
    reader->waiter = future_keep(waiting.future);
    stream->shared.references++;
    Guard guard;
    guard_push(&guard, stop_waiting, &waiting);
    Frame outer = {.outer = task->coroutine->frame,
                   .function = caller,
                   .file = "loop/stream_reader.c",
                   .line = __LINE__};
    task->coroutine->frame = &outer;
    Frame frame = {
        .function = "StreamReader._wait_for_data", .file = "loop/stream_reader.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, waiting.future);
    task->coroutine->frame = outer.outer;
    guard_pop(&guard);
    stop_waiting(&waiting);
    return outcome;
}

/* What every read asks first. @return NONE, or why it cannot be */
static Value begin_read(const StreamReader *reader, Task **task)
{
    *task = task_awaiting();
    if (!*task)
        return value_exception(&RuntimeError, "await outside a task");
    if (!reader)
        return value_exception(&MemoryError, "no stream to read from");
    return reader->error;
}

/* ------------------------------------------------------------------------------------------------- public */

static Value read_all(StreamReader *reader, Task *task)
{
    if (!chunk_begin(reader))
        return no_memory();
    for (;;) {
        if (!reader->buffer.size && !reader->ended)
            TRY(wait_for_data(reader, task, "read", "StreamReader.read"));
        TRY(reader->error);
        if (!reader->buffer.size)
            return value_of_bytes(reader->chunk);
        size_t size = reader->buffer.size < reader->limit ? reader->buffer.size : reader->limit;
        if (!chunk_take(reader, size))
            return no_memory();
        resume_if_room(reader);
    }
}

Value await_reader_read(StreamReader *reader, ptrdiff_t n)
{
    Task *task;
    TRY(begin_read(reader, &task));
    if (n < 0)
        return read_all(reader, task);
    if (n > 0 && !reader->buffer.size && !reader->ended)
        TRY(wait_for_data(reader, task, "read", "StreamReader.read"));
    return take(reader, reader->buffer.size < (size_t)n ? reader->buffer.size : (size_t)n);
}

static Value incomplete(StreamReader *reader, const char *expected)
{
    size_t size = reader->buffer.size;
    TRY(take(reader, size));
    return value_exception(&IncompleteReadError,
                           text_format("%zu bytes read on a total of %s expected bytes", size, expected));
}

Value await_reader_readexactly(StreamReader *reader, size_t n)
{
    Task *task;
    TRY(begin_read(reader, &task));
    while (reader->buffer.size < n) {
        if (reader->ended)
            return incomplete(reader, text_format("%zu", n));
        TRY(wait_for_data(reader, task, "readexactly", "StreamReader.readexactly"));
    }
    return take(reader, n);
}

static Value overrun(StreamReader *reader, const char *message, size_t consumed)
{
    reader->consumed = consumed;
    return value_exception(&LimitOverrunError, message);
}

static Value read_until(StreamReader *reader, Task *task, const void *separator, size_t size)
{
    const ByteBuffer *buffer = &reader->buffer;
    size_t searched = 0; /* so many bytes begin no separator */
    for (;;) {
        if (buffer->size - searched >= size) {
            const char *first = byte_buffer_first(buffer);
            const char *found = memmem(first + searched, buffer->size - searched, separator, size);
            if (found && (size_t)(found - first) > reader->limit)
                return overrun(reader, "Separator is found, but chunk is longer than limit",
                               (size_t)(found - first));
            if (found)
                return take(reader, (size_t)(found - first) + size);
            searched = buffer->size + 1 - size;
            if (searched > reader->limit)
                return overrun(reader, "Separator is not found, and chunk exceed the limit", searched);
        }
        if (reader->ended)
            return incomplete(reader, "undefined");
        TRY(wait_for_data(reader, task, "readuntil", "StreamReader.readuntil"));
    }
}

Value await_reader_readuntil(StreamReader *reader, const void *separator, size_t size)
{
    Task *task;
    if (!separator || !size)
        return value_exception(&ValueError, "Separator should be at least one-byte string");
    TRY(begin_read(reader, &task));
    return read_until(reader, task, separator, size);
}

/* A line that is too long is dropped, with what of it there is. */
Value await_reader_readline(StreamReader *reader)
{
    Task *task;
    TRY(begin_read(reader, &task));
    Frame frame = {.outer = task->coroutine->frame,
                   .function = "StreamReader.readline",
                   .file = "loop/stream_reader.c",
                   .line = __LINE__};
    task->coroutine->frame = &frame;
    Value line = read_until(reader, task, "\n", 1);
    task->coroutine->frame = frame.outer;
    if (value_is(line, &IncompleteReadError))
        return reader_partial(reader);
    if (!value_is(line, &LimitOverrunError))
        return line;
    size_t consumed = reader->consumed;
    bool ends_there = reader->buffer.size > consumed && byte_buffer_first(&reader->buffer)[consumed] == '\n';
    byte_buffer_drop(&reader->buffer, ends_there ? consumed + 1 : reader->buffer.size);
    resume_if_room(reader);
    return value_exception(&ValueError, line.message);
}

bool reader_at_eof(const StreamReader *reader)
{
    return reader && reader->ended && !reader->buffer.size;
}

Value reader_exception(const StreamReader *reader)
{
    return reader ? reader->error : NONE;
}

Value reader_partial(const StreamReader *reader)
{
    return reader && reader->chunk ? value_of_bytes(reader->chunk) : value_bytes(NULL, 0);
}

size_t reader_consumed(const StreamReader *reader)
{
    return reader ? reader->consumed : 0;
}

void reader_release(StreamReader *reader)
{
    if (!reader || reader->released)
        return;
    reader->released = true;
    stream_release(stream_of_reader(reader));
}
