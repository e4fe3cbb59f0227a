/*
 * emit_loop.c — the loop's own events: phases, the ready queue, timers, the end.
 */
#include "emit_fields.h"
#include "lock.h"
#include "task.h"
#include "thread.h"

#define BEGIN(loop, kind)                           \
    Cursor line = trace_begin((loop)->trace, kind); \
    if (!line.at)                                   \
    return

void emit_loop(Loop *loop, const char *op)
{
    if (!loop->number)
        loop->number = ++loop->trace->loops;
    BEGIN(loop, "loop");
    field_text(line, "op", op);
    trace_finish(loop->trace, line, loop->number);
}

void emit_iteration(const Loop *loop)
{
    BEGIN(loop, "iteration");
    field_integer(line, "n", (int64_t)loop->iterations);
    trace_finish(loop->trace, line, loop->number);
}

void emit_select(const Loop *loop, int64_t timeout)
{
    BEGIN(loop, "select");
    if (timeout == LOOP_FOREVER)
        line = put_literal(line, ",\"timeout\":null");
    else
        field_integer(line, "timeout", timeout);
    trace_finish(loop->trace, line, loop->number);
}

void emit_selected(const Loop *loop, size_t count)
{
    BEGIN(loop, "selected");
    field_integer(line, "n", (int64_t)count);
    trace_finish(loop->trace, line, loop->number);
}

void emit_batch(const Loop *loop, size_t count)
{
    BEGIN(loop, "batch");
    field_integer(line, "n", (int64_t)count);
    trace_finish(loop->trace, line, loop->number);
}

/* ------------------------------------------------------------------------------------------------ handles */

static Cursor put_by(Cursor line, ReadyBy by)
{
    switch (by) {
    case BY_SOON:
        return put_literal(line, ",\"by\":\"soon\"");
    case BY_TIMER:
        return put_literal(line, ",\"by\":\"timer\"");
    case BY_IO:
        return put_literal(line, ",\"by\":\"io\"");
    case BY_THREAD:
        break;
    }
    return put_literal(line, ",\"by\":\"thread\"");
}

void emit_ready(Loop *loop, QueueEntry *entry, ReadyBy by)
{
    /* A call keeps its number: it was a timer, or is called again and again. */
    if (!entry->number || (by == BY_SOON && entry->kind != HANDLE_CALL))
        entry->number = ++loop->trace->handles;
    BEGIN(loop, "ready");
    field_id(line, "handle", 'h', entry->number);
    line = put_by(line, by);
    switch ((HandleKind)entry->kind) {
    case HANDLE_STEP:
    case HANDLE_TURN:
        field_literal(line, "what", "step");
        field_id(line, "task", 't', entry_task(entry)->future.number);
        if (entry_coroutine(entry)->state == COROUTINE_CREATED)
            field_literal(line, "why", "start");
        else
            field_literal(line, "why", "yield");
        break;
    case HANDLE_WAKEUP:
        field_literal(line, "what", "wakeup");
        field_id(line, "task", 't', entry_task(entry)->future.number);
        field_future(line, "future", entry_task(entry)->waiter);
        break;
    case HANDLE_CALLBACK:
        field_literal(line, "what", "callback");
        field_future(line, "future", entry_handle(entry)->future);
        field_name(line, "callback", entry_handle(entry)->name);
        break;
    default:
        field_literal(line, "what", "call");
        if (by != BY_TIMER)
            field_name(line, "callback", entry_handle(entry)->name);
    }
    trace_finish(loop->trace, line, loop->number);
}

/* What will be thrown into the task: a cancel, or the failure of what it waited on. */
static Cursor put_throw(Cursor line, const Task *task)
{
    const Future *waiter = task->waiter;
    if (task->coroutine->must_cancel || (waiter && waiter->state == FUTURE_CANCELLED)) {
        field_literal(line, "throw", "CancelledError");
    } else if (waiter && value_failed(waiter->result)) {
        char text[LONGEST_REPR];
        value_describe(waiter->result, text, sizeof text);
        field_text(line, "throw", text);
    }
    return line;
}

static Cursor begin_run(const Loop *loop, const QueueEntry *entry)
{
    Cursor line = trace_begin(loop->trace, "run");
    if (!line.at)
        return line;
    field_id(line, "handle", 'h', entry->number);
    if (entry_is_step(entry))
        field_id(line, "task", 't', entry_task(entry)->future.number);
    return line;
}

Running emit_run(const Loop *loop, QueueEntry *entry)
{
    Running running = {entry->number, entry_is_step(entry) ? entry_task(entry) : NULL};
    Cursor line = begin_run(loop, entry);
    if (!line.at)
        return running;
    if (running.task)
        line = put_throw(line, running.task);
    trace_finish(loop->trace, line, loop->number);
    return running;
}

void emit_skipped(const Loop *loop, const QueueEntry *entry)
{
    Cursor line = begin_run(loop, entry);
    if (!line.at)
        return;
    line = put_literal(line, ",\"skipped\":true");
    trace_finish(loop->trace, line, loop->number);
}

void emit_ran(const Loop *loop, Running running)
{
    if (!loop->trace)
        return; /* the handle closed it */
    BEGIN(loop, "ran");
    field_id(line, "handle", 'h', running.number);
    const Task *task = running.task;
    if (task) {
        field_id(line, "task", 't', task->future.number);
        if (task->future.state != FUTURE_PENDING) {
            line = put_outcome(line, &task->future);
        } else {
            if (task->waiter) {
                field_literal(line, "state", "waiting");
                field_future(line, "on", task->waiter);
            } else {
                field_literal(line, "state", "ready");
            }
            line = put_chain(line, loop->trace, task->coroutine->frame);
        }
    }
    trace_finish(loop->trace, line, loop->number);
}

void emit_timer(Handle *handle, int64_t when)
{
    const Loop *loop = handle->loop;
    handle->number = ++loop->trace->handles;
    BEGIN(loop, "timer");
    field_id(line, "handle", 'h', handle->number);
    field_integer(line, "when", trace_when(loop->trace, when));
    if (handle->future)
        field_future(line, "future", handle->future);
    field_name(line, "callback", handle->name);
    trace_finish(loop->trace, line, loop->number);
}

void emit_handle_cancel(const Handle *handle)
{
    BEGIN(handle->loop, "handle_cancel");
    field_id(line, "handle", 'h', handle->number);
    trace_finish(handle->loop->trace, line, handle->loop->number);
}

/* ----------------------------------------------------------------------------------------- how it ends */

void emit_exception(const Loop *loop, const char *message, Value exception, const Future *future)
{
    BEGIN(loop, "exception");
    field_text(line, "message", message);
    if (value_failed(exception)) {
        char text[LONGEST_REPR];
        value_describe(exception, text, sizeof text);
        field_text(line, "exception", text);
    }
    if (future)
        field_future(line, "future", future);
    trace_finish(loop->trace, line, loop->number);
}

void emit_stuck(const Loop *loop)
{
    BEGIN(loop, "stuck");
    field_literal(line, "why", "stuck");
    line = put_literal(line, ",\"tasks\":[");
    const char *comma = "";
    for (const Task *task = loop->first_task; task; task = task->next) {
        if (!task->waiter)
            continue;
        line = put_text(line, comma, strlen(comma));
        line = put_literal(line, "[");
        line = put_id(line, 't', task->future.number);
        line = put_literal(line, ",");
        line = put_id(line, future_letter(task->waiter), task->waiter->number);
        line = put_literal(line, "]");
        comma = ",";
    }
    line = put_literal(line, "]");
    line = lock_put_held(line, loop);
    trace_finish(loop->trace, line, loop->number);
}

void emit_end(Trace *trace, const char *why, int code)
{
    Cursor line = trace_begin(trace, "end");
    if (!line.at)
        return;
    field_text(line, "why", why);
    if (code >= 0)
        field_integer(line, "code", code);
    trace_finish(trace, line, 0);
}
