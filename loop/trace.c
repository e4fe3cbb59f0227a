/*
 * trace.c — opening, writing and closing a trace.
 */
#include "trace.h"

#include "emit.h"
#include "misuse.h"
#include "scheduler.h"
#include "thread.h"

#include <errno.h>
#include <stdatomic.h>

static const char at_limit[] = "the trace has reached its limit";
static const int64_t LAST_LINE = 128; /* bytes that the last line needs at most */

/* ------------------------------------------------------------------------------------------------- lines */

/* ,"ts":1000,"ev":" */
static Cursor put_time(Cursor line, int64_t time)
{
    line = put_literal(line, ",\"ts\":");
    line = put_integer(line, time);
    return put_literal(line, ",\"ev\":\"");
}

static int64_t time_of_trace(const Trace *trace)
{
    return trace->clock == CLOCK_VIRTUAL ? thread.virtual_now : clock_monotonic() - trace->start;
}

static Cursor put_stamp(Cursor line, Trace *trace)
{
    int64_t now = time_of_trace(trace);
    if (LIKELY(now == trace->stamp_of && trace->stamp_length)) {
        memcpy(line.at, trace->stamp,
               sizeof trace->stamp); /* there is room, and what is too much goes again */
        line.at += trace->stamp_length;
        return line;
    }
    char *start = line.at;
    line = put_time(line, now);
    trace->stamp_of = now;
    trace->stamp_length = (uint8_t)(line.at - start);
    memcpy(trace->stamp, start, trace->stamp_length);
    return line;
}

Cursor trace_head(Trace *trace)
{
    if (UNLIKELY(trace->sink.error != NULL))
        return (Cursor){NULL, NULL};
    Cursor line = {trace->line.text, &trace->line};
    line = put_literal(line, "{\"i\":");
    line = put_integer(line, (int64_t)++trace->events);
    return put_stamp(line, trace);
}

/* In place of a line for which there is no room: it has that one's number and time. */
static void end_at_limit(Trace *trace)
{
    Cursor line = {trace->line.text, &trace->line};
    line = put_literal(line, "{\"i\":");
    line = put_integer(line, (int64_t)trace->events);
    line = put_time(line, trace->stamp_of);
    line = put_literal(line, "end\",\"why\":\"limit\"}\n");
    sink_write(&trace->sink, trace->line.text, (size_t)(line.at - trace->line.text));
    if (trace->sink.error)
        return;
    sink_stop(&trace->sink, at_limit);
    if (trace->full)
        trace->full(trace->full_context);
}

static void write_line(Trace *trace, Cursor line)
{
    line = put_literal(line, "}\n");
    if (UNLIKELY(trace->line.failed)) {
        if (!trace->sink.error) {
            trace->sink.error = "no memory is left for the trace";
            trace->sink.error_number = ENOMEM;
        }
        return;
    }
    trace->writing = true;
    atomic_signal_fence(memory_order_seq_cst);
    size_t length = (size_t)(line.at - trace->line.text);
    trace->room -= (int64_t)length;
    if (LIKELY(trace->room >= LAST_LINE) || trace->events == 0)
        sink_write(&trace->sink, trace->line.text, length);
    else
        end_at_limit(trace);
    trace->written = trace->events;
    atomic_signal_fence(memory_order_seq_cst);
    trace->writing = false;
}

void trace_finish(Trace *trace, Cursor line, uint32_t loop)
{
    if (UNLIKELY(loop > 1)) {
        line = put_literal(line, ",\"loop\":");
        line = put_integer(line, loop);
    }
    write_line(trace, line);
}

int64_t trace_when(const Trace *trace, int64_t when)
{
    return trace->clock == CLOCK_VIRTUAL ? when : when < 0 ? -trace->start : when - trace->start;
}

static void write_header(Trace *trace, const TraceOptions *options)
{
    const char *producer = options->producer ? options->producer : "libloop";
    const char *program = options->program ? options->program : "{}";
    const char *order = options->order ? options->order : "canonical";
    Cursor line = {trace->line.text, &trace->line};
    line = put_literal(line, "{\"trace\":\"loopglass\",\"version\":1,\"clock\":");
    if (options->clock == CLOCK_VIRTUAL)
        line = put_literal(line, "\"virtual\"");
    else
        line = put_literal(line, "\"monotonic\"");
    line = put_literal(line, ",\"unit\":\"ns\",\"semantics\":\"cpython-3.11.7\",\"order\":");
    line = put_string(line, order, strlen(order));
    line = put_literal(line, ",\"producer\":{\"name\":");
    line = put_string(line, producer, strlen(producer));
    line = put_literal(line, ",\"version\":\"" LOOP_VERSION "\",\"language\":\"c\"},\"program\":");
    line = put_text(line, program, strlen(program));
    line = put_literal(line, ",\"has\":[\"lines\",\"callbacks\"]");
    write_line(trace, line);
}

/* ----------------------------------------------------------------------------------------- open and close */

static Trace *begin(Trace *trace, const TraceOptions *options)
{
    static const TraceOptions none = {.clock = CLOCK_REAL};
    if (!options)
        options = &none;
    trace->clock = options->clock;
    trace->start = clock_monotonic();
    trace->room = options->limit > 0 ? options->limit : INT64_MAX;
    trace->full = options->full;
    trace->full_context = options->full_context;
    if (line_open(&trace->line)) {
        write_header(trace, options);
    } else {
        trace->sink.error = "no memory is left for the trace";
        trace->sink.error_number = ENOMEM;
    }
    if (trace->sink.error) {
        int error = sink_close(&trace->sink);
        line_free(&trace->line);
        memory_free(trace);
        errno = error;
        return NULL;
    }
    thread.trace = trace;
    if (++thread.traces == 0) /* those that were in no trace have 0 */
        thread.traces++;
    return trace;
}

static Trace *allocate(void)
{
    thread_prepare();
    if (thread.trace) {
        errno = EBUSY;
        return NULL;
    }
    Trace *trace = memory_allocate(sizeof *trace);
    if (trace)
        *trace = (Trace){0};
    else
        errno = ENOMEM;
    return trace;
}

Trace *trace_open(int fd, const TraceOptions *options)
{
    Trace *trace = allocate();
    if (!trace)
        return NULL;
    int error = sink_open(&trace->sink, fd);
    if (error) {
        memory_free(trace);
        errno = error;
        return NULL;
    }
    return begin(trace, options);
}

Trace *trace_open_memory(const TraceOptions *options)
{
    Trace *trace = allocate();
    if (!trace)
        return NULL;
    sink_open_memory(&trace->sink);
    return begin(trace, options);
}

const char *trace_text(Trace *trace, size_t *length)
{
    bool memory = trace && trace->sink.kind == SINK_MEMORY;
    if (length)
        *length = memory ? trace->sink.used : 0;
    return memory ? trace->sink.window : "";
}

int trace_close(Trace *trace, const char *why, int code)
{
    if (!trace)
        return 0;
    if (trace->writing) { /* the line that calls `full` is not done yet */
        misuse_tell("trace_close", "the trace is being written");
        return EBUSY;
    }
    trace->room = INT64_MAX; /* there is always room for the last line */
    emit_end(trace, why ? why : "exit", code);
    int error = sink_close(&trace->sink);
    for (Loop *loop = thread.loops; loop; loop = loop->next)
        if (loop->trace == trace)
            loop->trace = NULL;
    if (thread.trace == trace)
        thread.trace = NULL;
    line_free(&trace->line);
    memory_free(trace);
    return error;
}

void trace_killed(int code)
{
    Trace *trace = thread.trace;
    if (!trace || trace->writing)
        return;
    char text[2 * LINE_ROOM]; /* has room for all of it: nothing is allocated */
    Line apart = {.text = text, .end = text + sizeof text};
    Cursor line = {text, &apart};
    line = put_literal(line, "{\"i\":");
    line = put_integer(line, (int64_t)trace->written + 1);
    line = put_time(line, time_of_trace(trace));
    line = put_literal(line, "end\",\"why\":\"killed\",\"code\":");
    line = put_integer(line, code);
    line = put_literal(line, "}\n");
    sink_write_last(&trace->sink, text, (size_t)(line.at - text));
}

const char *trace_error(const Trace *trace)
{
    return trace && trace->sink.error != at_limit ? trace->sink.error : NULL;
}

Trace *trace_current(void)
{
    return thread.trace;
}

uint64_t trace_events(const Trace *trace)
{
    return trace ? trace->events : 0;
}
