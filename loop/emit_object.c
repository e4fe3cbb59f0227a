/*
 * emit_object.c — events of tasks, coroutines and futures.
 */
#include "emit_fields.h"
#include "task.h"
#include "thread.h"

#define BEGIN(loop, kind)                           \
    Cursor line = trace_begin((loop)->trace, kind); \
    if (!line.at)                                   \
    return

/* Where its function is defined: in the listing, or for the library's own in the library. */
static Cursor put_defined(Cursor line, const Trace *trace, Frame base)
{
    int number = base.file ? base.line : listing_line(&thread.listing, base.function);
    if (!number || (!base.file && !trace->sources))
        return line;
    line = put_literal(line, ",\"defined\":[");
    if (base.file)
        line = put_string(line, base.file, strlen(base.file));
    else
        line = put_literal(line, "\"s1\"");
    line = put_literal(line, ",");
    line = put_integer(line, number);
    return put_literal(line, "]");
}

void emit_task(Task *task)
{
    const Loop *loop = task->future.loop;
    uint32_t object = coroutine_number(task->coroutine);
    task->future.number = ++loop->trace->tasks;
    BEGIN(loop, "task");
    field_id(line, "task", 't', task->future.number);
    field_text(line, "name", task_name(task));
    field_name(line, "coroutine", task->function);
    field_id(line, "object", 'k', object);
    line = put_defined(line, loop->trace, coroutine_base(task->coroutine));
    line = put_here(line, loop->trace, "created");
    trace_finish(loop->trace, line, loop->number);
}

void emit_task_name(const Task *task)
{
    const Loop *loop = task->future.loop;
    BEGIN(loop, "task_name");
    field_id(line, "task", 't', task->future.number);
    field_text(line, "name", task_name(task));
    trace_finish(loop->trace, line, loop->number);
}

void emit_coroutine(Coroutine *coroutine)
{
    Trace *trace = thread.trace;
    coroutine->number = ++trace->coroutines;
    coroutine->traced = thread.traces;
    Cursor line = trace_begin(trace, "coroutine");
    if (!line.at)
        return;
    field_id(line, "coroutine", 'k', coroutine->number);
    field_name(line, "name", coroutine_function_name(coroutine));
    trace_finish(trace, line, 0);
}

void emit_never_awaited(Coroutine *coroutine)
{
    uint32_t number = coroutine_number(coroutine);
    Cursor line = trace_begin(thread.trace, "coroutine");
    if (!line.at)
        return;
    field_id(line, "coroutine", 'k', number);
    field_name(line, "name", coroutine_function_name(coroutine));
    line = put_literal(line, ",\"never_awaited\":true");
    trace_finish(thread.trace, line, 0);
}

void emit_future(Future *future, const char *of, Future *const *kids, size_t kid_count,
                 const FutureStory *story)
{
    const Loop *loop = future->loop;
    future->number = ++loop->trace->futures;
    BEGIN(loop, "future");
    field_id(line, "future", 'f', future->number);
    field_text(line, "of", of);
    if (kid_count) {
        line = put_literal(line, ",\"kids\":");
        for (size_t k = 0; k < kid_count; k++) {
            line = put_text(line, k ? "," : "[", 1);
            line = put_id(line, future_letter(kids[k]), kids[k]->number);
        }
        line = put_literal(line, "]");
    }
    if (story && story->return_when)
        field_text(line, "return_when", story->return_when);
    if (story && story->lock)
        field_id(line, "lock", 'l', story->lock);
    line = put_here(line, loop->trace, "created");
    trace_finish(loop->trace, line, loop->number);
}

static Cursor begin_callback(const Future *future, const QueueEntry *entry, const char *kind)
{
    Cursor line = trace_begin(future->loop->trace, kind);
    if (!line.at)
        return line;
    field_future(line, "future", future);
    field_id(line, "callback", 'c', entry->number);
    return line;
}

void emit_callback_add(const Future *future, QueueEntry *entry)
{
    const Loop *loop = future->loop;
    entry->number = ++loop->trace->callbacks;
    Cursor line = begin_callback(future, entry, "callback_add");
    if (!line.at)
        return;
    if (entry->kind == HANDLE_WAKEUP)
        field_id(line, "task", 't', entry_task(entry)->future.number);
    else
        field_name(line, "name", entry_handle(entry)->name);
    trace_finish(loop->trace, line, loop->number);
}

void emit_callback_remove(const Future *future, const QueueEntry *entry)
{
    Cursor line = begin_callback(future, entry, "callback_remove");
    if (line.at)
        trace_finish(future->loop->trace, line, future->loop->number);
}

void emit_done(const Future *future)
{
    const Loop *loop = future->loop;
    BEGIN(loop, "done");
    field_future(line, "future", future);
    line = put_outcome(line, future);
    trace_finish(loop->trace, line, loop->number);
}

void emit_cancel(const Future *future, const char *how, int count, const char *message)
{
    const Loop *loop = future->loop;
    BEGIN(loop, "cancel");
    field_future(line, "task", future);
    field_text(line, "how", how);
    field_integer(line, "count", count);
    if (message)
        field_text(line, "message", message);
    trace_finish(loop->trace, line, loop->number);
}

void emit_uncancel(const Task *task)
{
    const Loop *loop = task->future.loop;
    BEGIN(loop, "uncancel");
    field_id(line, "task", 't', task->future.number);
    field_integer(line, "count", task->cancelling);
    trace_finish(loop->trace, line, loop->number);
}
