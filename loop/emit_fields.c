/*
 * emit_fields.c — values, places and await chains in events.
 */
#include "emit_fields.h"

#include "task.h"
#include "thread.h"

Cursor put_value(Cursor line, Value value)
{
    char text[LONGEST_REPR];
    value_describe(value, text, sizeof text);
    field_text(line, "value", text);
    return line;
}

Cursor put_outcome(Cursor line, const Future *future)
{
    if (future->state == FUTURE_CANCELLED) {
        field_literal(line, "state", "cancelled");
        return line;
    }
    if (value_failed(future->result))
        field_literal(line, "state", "failed");
    else
        field_literal(line, "state", "done");
    return put_value(line, future->result);
}

const Frame *frame_in_listing(void)
{
    const Frame *frame = thread.current->frame;
    while (frame && (frame->file || !frame->line))
        frame = frame->outer;
    return frame;
}

Cursor put_here(Cursor line, const Trace *trace, const char *key)
{
    const Frame *frame = frame_in_listing();
    if (!frame || !trace->sources)
        return line;
    line = put_literal(line, ",\"");
    line = put_bytes(line, key, strlen(key));
    line = put_literal(line, "\":[\"s1\",");
    line = put_integer(line, frame->line);
    return put_literal(line, "]");
}

Cursor put_who(Cursor line)
{
    const Task *task = task_current();
    if (task && task->future.number && task->future.loop->trace) /* else the number is of an earlier trace */
        field_id(line, "task", 't', task->future.number);
    else if (thread.current != &thread.root)
        field_id(line, "coroutine", 'k', thread.current->number);
    return line;
}

static Cursor put_frames(Cursor line, const Trace *trace, const Frame *frame)
{
    if (frame->outer) {
        line = put_frames(line, trace, frame->outer);
        line = put_literal(line, ",");
    }
    line = put_literal(line, "[");
    line = put_string(line, frame->function, name_length(frame->function));
    line = put_literal(line, ",");
    if (frame->file)
        line = put_string(line, frame->file, strlen(frame->file));
    else if (trace->sources)
        line = put_literal(line, "\"s1\"");
    else
        line = put_literal(line, "\"\"");
    line = put_literal(line, ",");
    line = put_integer(line, frame->line);
    return put_literal(line, "]");
}

Cursor put_chain(Cursor line, const Trace *trace, const Frame *innermost)
{
    line = put_literal(line, ",\"chain\":[");
    line = put_frames(line, trace, innermost);
    return put_literal(line, "]");
}

uint32_t coroutine_number(Coroutine *coroutine)
{
    if (coroutine == &thread.root)
        return 0;
    if (coroutine->traced != thread.traces)
        emit_coroutine(coroutine);
    return coroutine->number;
}
