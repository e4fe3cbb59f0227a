/*
 * emit_program.c — what the program says about itself: sources, lines, calls, output, marks, pictures.
 */
#include "emit_fields.h"
#include "misuse.h"
#include "task.h"
#include "thread.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>

/* ----------------------------------------------------------------------------------------------- sources */

int trace_source(Trace *trace, const char *name, const char *language, const char *text)
{
    thread_prepare();
    name = name ? name : "";
    if (trace ? !trace->sources : !thread.listing.name)
        listing_begin(&thread.listing, name);
    if (!trace)
        return 0;
    uint32_t number = ++trace->sources;
    Cursor line = trace_begin(trace, "source");
    if (line.at) {
        field_id(line, "source", 's', number);
        field_text(line, "name", name);
        field_text(line, "language", language ? language : "");
        field_text(line, "text", text ? text : "");
        trace_finish(trace, line, 0);
    }
    return (int)number;
}

void trace_define(Trace *trace, const char *function, int line)
{
    (void)trace;
    thread_prepare();
    if (function)
        listing_define(&thread.listing, function, line);
}

/* ------------------------------------------------------------------------------------------------- lines */

void trace_line(int here, int listing)
{
    thread_prepare();
    Trace *trace = thread.trace;
    Frame *frame = thread.current->frame;
    frame->line = listing;
    if (!trace || !trace->sources)
        return;
    coroutine_number(thread.current);
    Cursor line = trace_begin(trace, "line");
    if (!line.at)
        return;
    line = put_literal(line, ",\"source\":\"s1\"");
    field_integer(line, "line", listing);
    if (trace->sources > 1) {
        line = put_literal(line, ",\"also\":[\"s2\",");
        line = put_integer(line, here);
        line = put_literal(line, "]");
    }
    field_name(line, "function", frame->function);
    line = put_who(line);
    trace_finish(trace, line, 0);
}

/* The place is the caller's: where the call stands. */
static void emit_call(const char *kind, const char *function)
{
    Trace *trace = thread.trace;
    coroutine_number(thread.current);
    Cursor line = trace_begin(trace, kind);
    if (!line.at)
        return;
    field_name(line, "function", function);
    const Frame *caller = frame_in_listing();
    if (caller && trace->sources) {
        line = put_literal(line, ",\"source\":\"s1\"");
        field_integer(line, "line", caller->line);
    }
    line = put_who(line);
    trace_finish(trace, line, 0);
}

void emit_enter(const char *function)
{
    emit_call("enter", function);
}

void emit_leave(const char *function)
{
    emit_call("leave", function);
}

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (c & 0x80);
}

/* The name before the first parenthesis of "x = func1(2)". */
static const char *called(const char *call)
{
    const char *end = strchr(call, '(');
    const char *start = end ? end : call;
    while (start > call && in_name(start[-1]))
        start--;
    return start;
}

void trace_enter(const char *call)
{
    if (!thread.trace)
        return;
    Frame *frame = pool_take(&thread.frame_pool);
    if (!frame)
        return; /* trace_leave() finds no frame of ours on top, and leaves the others alone */
    *frame =
        (Frame){.outer = thread.current->frame, .function = call ? called(call) : UNNAMED, .called = true};
    emit_enter(frame->function);
    thread.current->frame = frame;
}

void trace_leave(void)
{
    Frame *frame = thread.prepared ? thread.current->frame : NULL;
    if (!frame || !frame->called)
        return;
    thread.current->frame = frame->outer;
    if (thread.trace)
        emit_leave(frame->function);
    pool_give(&thread.frame_pool, frame);
}

/* --------------------------------------------------------------------------------- control passed by hand */

void emit_switch(Coroutine *from, Coroutine *to, const Value *value)
{
    uint32_t from_number = coroutine_number(from);
    uint32_t to_number = coroutine_number(to);
    Cursor line = trace_begin(thread.trace, "switch");
    if (!line.at)
        return;
    field_id(line, "from", 'k', from_number);
    field_id(line, "to", 'k', to_number);
    if (value)
        line = put_value(line, *value);
    if (from->state == COROUTINE_FINISHED)
        line = put_literal(line, ",\"done\":true");
    trace_finish(thread.trace, line, 0);
}

/* ------------------------------------------------------------------------------- what the program does */

void emit_blocked(int64_t duration)
{
    Cursor line = trace_begin(thread.trace, "blocked");
    if (!line.at)
        return;
    field_integer(line, "duration", duration);
    line = put_here(line, thread.trace, "by");
    trace_finish(thread.trace, line, 0);
}

void trace_output(int fd, const char *text, size_t length)
{
    Cursor line = thread.trace && text ? trace_begin(thread.trace, "output") : (Cursor){0};
    if (!line.at)
        return;
    field_integer(line, "fd", fd);
    line = put_literal(line, ",\"text\":");
    line = put_string(line, text, length);
    trace_finish(thread.trace, line, 0);
}

void trace_mark(const char *name)
{
    Cursor line = thread.trace && name ? trace_begin(thread.trace, "mark") : (Cursor){0};
    if (!line.at)
        return;
    field_text(line, "name", name);
    trace_finish(thread.trace, line, 0);
}

void trace_note(const char *text)
{
    Cursor line = thread.trace && text ? trace_begin(thread.trace, "note") : (Cursor){0};
    if (!line.at)
        return;
    field_text(line, "text", text);
    trace_finish(thread.trace, line, 0);
}

/* More than all, or less than nothing. */
static void tell_progress(int64_t done, int64_t total)
{
    char text[96];
    snprintf(text, sizeof text, "a progress of %" PRId64 " out of %" PRId64, done, total);
    misuse_tell("trace_progress", text);
}

void trace_progress(const char *name, int64_t done, int64_t total)
{
    if (thread.trace && (done < 0 || done > total)) {
        tell_progress(done, total);
        return;
    }
    Cursor line = thread.trace && name ? trace_begin(thread.trace, "progress") : (Cursor){0};
    if (!line.at)
        return;
    field_text(line, "name", name);
    field_integer(line, "done", done);
    field_integer(line, "total", total);
    trace_finish(thread.trace, line, 0);
}

void trace_picture(const char *name, const void *data, size_t size)
{
    Cursor line = thread.trace && name ? trace_begin(thread.trace, "picture") : (Cursor){0};
    if (!line.at)
        return;
    field_text(line, "name", name);
    line = put_literal(line, ",\"data\":");
    line = put_base64(line, data, data ? size : 0);
    trace_finish(thread.trace, line, 0);
}
