/*
 * trace.c — opening, writing and closing a trace.
 */
#include "trace.h"

#include "emit.h"
#include "scheduler.h"
#include "thread.h"

#include <errno.h>
#include <stdatomic.h>

/* ------------------------------------------------------------------------------------------------- lines */

static void begin_line(Trace *trace, Line *line, uint64_t number, const char *kind)
{
    line->length = 0;
    line_literal(line, "{\"i\":");
    line_integer(line, (int64_t)number);
    line_literal(line, ",\"ts\":");
    line_integer(line, trace->clock == CLOCK_VIRTUAL ? thread.virtual_now : clock_monotonic() - trace->start);
    line_literal(line, ",\"ev\":\"");
    line_bytes(line, kind, strlen(kind));
    line_literal(line, "\"");
}

Line *trace_begin(Trace *trace, const char *kind)
{
    if (UNLIKELY(trace->sink.error != NULL))
        return NULL;
    trace->begun = true;
    begin_line(trace, &trace->line, ++trace->events, kind);
    return &trace->line;
}

static void write_line(Trace *trace)
{
    Line *line = &trace->line;
    line_literal(line, "}\n");
    if (UNLIKELY(line->failed)) {
        if (!trace->sink.error) {
            trace->sink.error = "no memory is left for the trace";
            trace->sink.error_number = ENOMEM;
        }
        return;
    }
    trace->writing = true;
    atomic_signal_fence(memory_order_seq_cst);
    sink_write(&trace->sink, line->text, line->length);
    atomic_signal_fence(memory_order_seq_cst);
    trace->begun = false;
    trace->writing = false;
}

void trace_finish(Trace *trace, uint32_t loop)
{
    if (UNLIKELY(loop > 1)) {
        line_literal(&trace->line, ",\"loop\":");
        line_integer(&trace->line, loop);
    }
    write_line(trace);
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
    Line *line = &trace->line;
    line_literal(line, "{\"trace\":\"loopglass\",\"version\":1,\"clock\":");
    if (options->clock == CLOCK_VIRTUAL)
        line_literal(line, "\"virtual\"");
    else
        line_literal(line, "\"monotonic\"");
    line_literal(line, ",\"unit\":\"ns\",\"semantics\":\"cpython-3.11.7\",\"order\":");
    line_string(line, order, strlen(order));
    line_literal(line, ",\"producer\":{\"name\":");
    line_string(line, producer, strlen(producer));
    line_literal(line, ",\"version\":\"" LOOP_VERSION "\",\"language\":\"c\"},\"program\":");
    line_bytes(line, program, strlen(program));
    line_literal(line, ",\"has\":[\"lines\",\"callbacks\"]");
    write_line(trace);
}

/* ------------------------------------------------------------------------------------------ open and close
 */

static Trace *begin(Trace *trace, const TraceOptions *options)
{
    static const TraceOptions none = {.clock = CLOCK_REAL};
    if (!options)
        options = &none;
    trace->clock = options->clock;
    trace->start = clock_monotonic();
    write_header(trace, options);
    if (trace->sink.error) {
        int error = sink_close(&trace->sink);
        line_free(&trace->line);
        memory_free(trace);
        errno = error;
        return NULL;
    }
    thread.trace = trace;
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
    char text[160]; /* has room for all of it: nothing is allocated */
    Line line = {.text = text, .capacity = sizeof text};
    begin_line(trace, &line, trace->events + !trace->begun, "end");
    line_literal(&line, ",\"why\":\"killed\",\"code\":");
    line_integer(&line, code);
    line_literal(&line, "}\n");
    sink_write_last(&trace->sink, line.text, line.length);
}

const char *trace_error(const Trace *trace)
{
    return trace ? trace->sink.error : NULL;
}

Trace *trace_current(void)
{
    return thread.trace;
}

uint64_t trace_events(const Trace *trace)
{
    return trace ? trace->events : 0;
}
