/*
 * stream_writer.c — what goes out: mostly a matter of the transport. What is here is to wait: for the buffer
 * to be low again, or for the connection to be closed.
 */
#include "address.h"
#include "scheduler.h"
#include "stream.h"
#include "task.h"

#include <string.h>

static Value no_writer(void)
{
    return value_exception(&MemoryError, "no stream to write to");
}

/* ----------------------------------------------------------------------------------------------- writing */

Value writer_write_bytes(StreamWriter *writer, const void *data, size_t size)
{
    return writer ? transport_write(stream_of_writer(writer), data, size) : no_writer();
}

static bool is_data(Value value)
{
    return value.kind == VALUE_BYTES || value.kind == VALUE_TEXT;
}

static Value no_data(void)
{
    return value_exception(&TypeError, "data argument must be bytes or a text");
}

Value writer_write(StreamWriter *writer, Value data)
{
    return is_data(data) ? writer_write_bytes(writer, value_data(data), value_size(data)) : no_data();
}

Value writer_writelines(StreamWriter *writer, const Value *lines, size_t count)
{
    ByteBuffer joined = {0};
    Value outcome = NONE;
    for (size_t k = 0; k < count && !value_failed(outcome); k++) {
        if (!is_data(lines[k]))
            outcome = no_data();
        else if (!byte_buffer_append(&joined, value_data(lines[k]), value_size(lines[k])))
            outcome = value_exception(&MemoryError, "no memory to join lines");
    }
    if (!value_failed(outcome))
        outcome = writer_write_bytes(writer, joined.size ? byte_buffer_first(&joined) : "", joined.size);
    byte_buffer_free(&joined);
    return outcome;
}

Value writer_write_eof(StreamWriter *writer)
{
    return writer ? transport_write_eof(stream_of_writer(writer)) : no_writer();
}

/* ------------------------------------------------------------------------------------------------- drain */

typedef struct Draining {
    Drain drain; /* first */
    StreamWriter *writer;
} Draining;

static void stop_draining(void *context)
{
    Draining *draining = context;
    StreamWriter *writer = draining->writer;
    Drain **link = &writer->first_drain;
    while (*link && *link != &draining->drain)
        link = &(*link)->next;
    if (*link)
        *link = draining->drain.next;
    future_release(draining->drain.future);
    stream_release(stream_of_writer(writer));
}

/* CPython's _drain_helper. */
static Value wait_until_low(StreamWriter *writer, Task *task)
{
    if (writer->lost)
        return value_exception(&ConnectionResetError, "Connection lost");
    if (!writer->paused)
        return NONE;
    Stream *stream = stream_of_writer(writer);
    Draining draining = {.writer = writer};
    draining.drain.future = future_new(stream->loop, "FlowControlMixin._drain_helper", NULL, 0);
    if (!draining.drain.future)
        return value_exception(&MemoryError, "no memory to wait for a stream");
    Drain **link = &writer->first_drain;
    while (*link)
        link = &(*link)->next;
    *link = &draining.drain;
    stream->shared.references++;
    Guard guard;
    guard_push(&guard, stop_draining, &draining);
    Frame frame = {
        .function = "FlowControlMixin._drain_helper", .file = "loop/stream_writer.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, draining.drain.future);
    guard_pop(&guard);
    stop_draining(&draining);
    return outcome;
}

Value await_writer_drain(StreamWriter *writer)
{
    Task *task = task_awaiting();
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    if (!writer)
        return no_writer();
    TRY(stream_of_writer(writer)->reader.error);
    Frame frame = {.outer = task->coroutine->frame,
                   .function = "StreamWriter.drain",
                   .file = "loop/stream_writer.c",
                   .line = __LINE__};
    task->coroutine->frame = &frame;
    Value outcome = NONE;
    if (writer_is_closing(writer))
        outcome = await_sleep(0); /* so that the connection can be lost meanwhile */
    if (!value_failed(outcome))
        outcome = wait_until_low(writer, task);
    task->coroutine->frame = frame.outer;
    return outcome;
}

/* --------------------------------------------------------------------------------------------- the end */

void writer_close(StreamWriter *writer)
{
    if (writer)
        transport_close(stream_of_writer(writer));
}

void writer_abort(StreamWriter *writer)
{
    if (writer)
        transport_abort(stream_of_writer(writer), NONE);
}

bool writer_is_closing(const StreamWriter *writer)
{
    return writer && stream_of_writer(writer)->transport.closing;
}

Value await_writer_wait_closed(StreamWriter *writer)
{
    Task *task = task_awaiting();
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    if (!writer)
        return no_writer();
    Stream *stream = stream_of_writer(writer);
    if (future_done(stream->closed))
        return future_result(stream->closed);
    stream->shared.references++;
    Guard guard;
    guard_push(&guard, stream_give_back, stream);
    Frame frame = {.function = "StreamWriter.wait_closed", .file = "loop/stream_writer.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, stream->closed);
    guard_pop(&guard);
    stream_release(stream);
    return outcome;
}

void writer_release(StreamWriter *writer)
{
    if (!writer || !writer->references || --writer->references)
        return;
    Stream *stream = stream_of_writer(writer);
    transport_close(stream);
    stream_release(stream);
}

/* ---------------------------------------------------------------------------------------------- asking */

size_t writer_buffer_size(const StreamWriter *writer)
{
    return writer ? stream_of_writer(writer)->transport.buffer.size : 0;
}

Value writer_set_buffer_limits(StreamWriter *writer, size_t high, size_t low)
{
    if (!writer)
        return no_writer();
    if (high < low)
        return value_exception(&ValueError,
                               text_format("high (%zu) must be >= low (%zu) must be >= 0", high, low));
    Transport *transport = &stream_of_writer(writer)->transport;
    transport->high = high;
    transport->low = low;
    return NONE;
}

Value writer_get_extra_info(StreamWriter *writer, const char *name)
{
    if (!writer || !name)
        return NONE;
    const Transport *transport = &stream_of_writer(writer)->transport;
    if (strcmp(name, "socket") == 0)
        return transport->fd < 0 ? NONE : value_int(transport->fd);
    bool peer = strcmp(name, "peername") == 0;
    if (!peer && strcmp(name, "sockname") != 0)
        return NONE;
    const Address *address = peer ? &transport->peer : &transport->own;
    return address_value(address);
}
