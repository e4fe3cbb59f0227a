/*
 * emit_fields.c — values, places and await chains in events.
 */
#include "emit_fields.h"

#include "task.h"
#include "thread.h"

void field_value(Line *line, Value value)
{
    char text[LONGEST_REPR];
    value_describe(value, text, sizeof text);
    field_text(line, "value", text);
}

void field_outcome(Line *line, const Future *future)
{
    if (future->state == FUTURE_CANCELLED) {
        field_literal(line, "state", "cancelled");
        return;
    }
    if (value_failed(future->result))
        field_literal(line, "state", "failed");
    else
        field_literal(line, "state", "done");
    field_value(line, future->result);
}

const Frame *frame_in_listing(void)
{
    const Frame *frame = thread.current->frame;
    while (frame && (frame->file || !frame->line))
        frame = frame->outer;
    return frame;
}

void field_here(Line *line, const Trace *trace, const char *key)
{
    const Frame *frame = frame_in_listing();
    if (!frame || !trace->sources)
        return;
    line_literal(line, ",\"");
    line_bytes(line, key, strlen(key));
    line_literal(line, "\":[\"s1\",");
    line_integer(line, frame->line);
    line_literal(line, "]");
}

void field_who(Line *line)
{
    const Task *task = task_current();
    if (task && task->future.number)
        field_id(line, "task", 't', task->future.number);
    else if (thread.current != &thread.root)
        field_id(line, "coroutine", 'k', thread.current->number);
}

static void write_frames(Line *line, const Trace *trace, const Frame *frame)
{
    if (frame->outer) {
        write_frames(line, trace, frame->outer);
        line_literal(line, ",");
    }
    line_literal(line, "[");
    line_string(line, frame->function, name_length(frame->function));
    line_literal(line, ",");
    if (frame->file)
        line_string(line, frame->file, strlen(frame->file));
    else if (trace->sources)
        line_literal(line, "\"s1\"");
    else
        line_literal(line, "\"\"");
    line_literal(line, ",");
    line_integer(line, frame->line);
    line_literal(line, "]");
}

void field_chain(Line *line, const Trace *trace, const Frame *innermost)
{
    line_literal(line, ",\"chain\":[");
    write_frames(line, trace, innermost);
    line_literal(line, "]");
}

uint32_t coroutine_number(Coroutine *coroutine)
{
    if (coroutine == &thread.root)
        return 0;
    if (coroutine->traced != thread.traces)
        emit_coroutine(coroutine);
    return coroutine->number;
}
