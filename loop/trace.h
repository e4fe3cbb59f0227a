/*
 * trace.h — the trace, from the inside: counters for ids, a clock, a line and a sink.
 */
#ifndef TRACE_H
#define TRACE_H

#include "loop.h"
#include "sink.h"
#include "trace_format.h"

struct Trace {
    Line line;
    Sink sink;
    LoopClock clock;
    int64_t start;        /* of the real clock */
    int64_t stamp_of;     /* many events have the time of the one before: how that was written */
    uint8_t stamp_length; /* 0: nothing was yet */
    char stamp[39];
    int64_t room; /* bytes, until the limit */
    void (*full)(void *context);
    void *full_context;
    uint64_t events;
    uint64_t written;      /* so many of them have their lines: the newest may not have its own yet */
    volatile bool writing; /* what a signal interrupts may be the middle of a line */
    uint32_t sources, loops, tasks, futures, handles, callbacks, coroutines, locks;
};

/** The head of an event's line: its number and time. @return at NULL when the trace has ended */
Cursor trace_head(Trace *trace);
/** Begins an event's line: number, time, kind. @return at NULL when the trace has ended */
static inline __attribute__((always_inline)) Cursor trace_begin(Trace *trace, const char *kind)
{
    Cursor line = trace_head(trace);
    if (UNLIKELY(!line.at))
        return line;
    line = put_bytes(line, kind, strlen(kind));
    return put_literal(line, "\"");
}
/** Ends and writes it. @param loop its number when it is not the first, else 0 */
void trace_finish(Trace *trace, Cursor line, uint32_t loop);
/** A moment of the loop's clock on the trace's. */
int64_t trace_when(const Trace *trace, int64_t when);

#endif
