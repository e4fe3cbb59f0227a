/*
 * loop_trace.h — what can be seen of a program, and changed about it, from outside: the trace of what its
 * loop does, line by line, and another order than asyncio's.
 *
 * Part of loop.h, which includes it. The rules at its head hold here too.
 */
#ifndef LOOP_TRACE_H
#define LOOP_TRACE_H

#include "loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------------ schedule ---- */

/*
 * Where asyncio's order is one of several that could be, another may be asked for: to see whether a program
 * depends on it. Iterations stay as they are, and each runs the handles that asyncio would run in it: what
 * becomes ready meanwhile waits for the next. But which of them comes next is chosen, before each one:
 *
 *   free      steps and wake-ups of tasks, timers, descriptors: in any order
 *   in order  call_soon, call_soon_threadsafe and done-callbacks among themselves; and the callbacks of a
 *             future and the wake-ups of those who wait for it, for asyncio promises it. Only the first of
 *             those that are left can be chosen
 *   neither   handles that were cancelled: they leave the queue when they come to its head, and nobody is
 *             asked
 *
 * So who waits for a lock, a queue or an event is still woken first come, first served, and timers still fire
 * in the order of their times: only who is first to run of those that one iteration has woken is open.
 */

/** What could run next, in the order of the queue: the first is what asyncio runs. */
typedef struct Choice {
    size_t count; /* 2 or more; nobody is asked when there is one only */
    const Loop *loop;
    size_t batch; /* handles of this iteration that are left, candidates or not */
} Choice;

/** The task whose step candidate k is. @return borrowed; NULL: it is no task's */
Task *choice_task(const Choice *choice, size_t k);
/**
 * What candidate k is, for people: the name of its task, "the timer of" one that sleeps, or a function's
 * name.
 * @param buffer of at least one byte; what does not fit is cut
 * @return buffer
 */
const char *choice_name(const Choice *choice, size_t k, char *buffer, size_t size);

/**
 * Decides who runs next. It looks, and touches nothing: it makes no object, wakes nobody and does not stop
 * the loop.
 * @return which candidate, from 0 on; choice->count or more: 0
 */
typedef size_t (*LoopChoose)(const Choice *choice, void *context);

/**
 * From now on each loop that begins to run on this thread asks; those that run already go on as they began. A
 * program that is asked for nothing pays for one branch.
 * @param choose NULL: asyncio's order again
 */
void loop_set_schedule(LoopChoose choose, void *context);

/* --------------------------------------------------------------------------------------------- trace ---- */

/*
 * The trace (JSON Lines, one event a line) is written from inside enqueue, dequeue and step. A pipe's reader
 * sees each line as it happens; a file keeps every line even when the program is killed. A reader that is
 * gone or takes nothing for 10 s, a full disk, or a limit that was asked for, ends the trace, never the
 * program: trace_error() says why.
 */

typedef struct Trace Trace;

typedef struct TraceOptions {
    const char *program;  /* the header's "program", a JSON object as text; NULL: {} */
    const char *producer; /* name of the program that writes; NULL: "libloop" */
    LoopClock clock;
    const char *order; /* the header's: "schedule …" when loop_set_schedule() was called; NULL: canonical */
    int64_t limit;     /* bytes: at the line that would be beyond it the trace ends, why limit; 0: none */
    void (*full)(void *context); /* told so at once, from wherever the program stands, in the middle of a
                                    line: it cannot close the trace; NULL: nobody is */
    void *full_context;
} TraceOptions;

/**
 * Opens a trace on a descriptor (yours: it is kept open) and makes it this thread's. It shows the loops that
 * are made while it is open. It begins where the descriptor stands.
 * @param options NULL: nothing is known of the program, and the clock is real
 * @return yours, to be given to trace_close(); NULL with errno on failure; EBUSY: this thread has one
 */
Trace *trace_open(int fd, const TraceOptions *options);
/** A trace into memory, for tests and measurements; trace_text() gives what was written so far. */
Trace *trace_open_memory(const TraceOptions *options);
/**
 * What a trace into memory has so far.
 * @param length NULL: not wanted
 * @return borrowed, until the next event; "" for any other trace
 */
const char *trace_text(Trace *trace, size_t *length);
/**
 * Writes `end`, detaches the trace from thread and loops, and frees it.
 * @param why exit, exception, stuck, killed or limit; NULL: exit
 * @param code the program's exit status; negative: none
 * @return 0, or errno of what went wrong at any time; EBUSY: from TraceOptions.full, and it stays open
 */
int trace_close(Trace *trace, const char *why, int code);
/**
 * Writes `end`, why killed, to this thread's trace from inside a signal handler that then lets the signal end
 * the program. Nothing, when the signal came in the middle of a line: what was written before is whole.
 * @param code the exit status, 128 + signal
 */
void trace_killed(int code);
/** Why it stopped early: NULL while all is well, and when it ended at its limit */
const char *trace_error(const Trace *trace);
/** This thread's trace, or NULL. */
Trace *trace_current(void);
/** How many events it has so far; the header is none. */
uint64_t trace_events(const Trace *trace);

/**
 * Registers a source file: the first is the listing that LINE() counts in, the second the C program.
 * @param name, language, text copied
 * @param trace NULL: nothing is written, but repr() knows the listing's name
 * @return 1, 2, …; 0 without a trace
 */
int trace_source(Trace *trace, const char *name, const char *language, const char *text);
/**
 * `function` is defined at this line of the listing, for "defined at". The name is copied; trace may be NULL
 */
void trace_define(Trace *trace, const char *function, int line);
/**
 * Program output, `output` in this thread's trace; without one, nothing. The caller writes the text where it
 * belongs.
 * @param length bytes
 */
void trace_output(int fd, const char *text, size_t length);
/** Names this moment: `mark` in this thread's trace. */
void trace_mark(const char *name);
/** Says something about this moment: `note` in this thread's trace. */
void trace_note(const char *text);
/**
 * How far something is that takes its time, a download for instance: `progress` in this thread's trace. The
 * newest one of a name counts, and is shown as a bar. In a Python program that is recorded:
 * sys.audit('loopglass.progress', name, done, total).
 * @param name what it is of, copied
 * @param done, total in whatever is counted; no less than 0, and done at most total: anything else is misuse
 */
void trace_progress(const char *name, int64_t done, int64_t total);
/**
 * A picture that the program has, a downloaded file for instance: `picture` in this thread's trace, the whole
 * file in it, so that a trace shows it wherever it is opened. It is shown where the progress of the same name
 * is. In a Python program that is recorded: sys.audit('loopglass.picture', name, data).
 * @param name copied
 * @param data the bytes of a PNG file, copied; other ones are kept, and a placeholder is shown
 */
void trace_picture(const char *name, const void *data, size_t size);

/**
 * LINE(7); stands before the statement that is line 7 of the listing: C keeps no line numbers while it runs.
 * It is where the running function is from now on, for the trace, for repr() and for warnings.
 */
#define LINE(listing) trace_line(__LINE__, (listing))
/** @param here the line of the C program @param listing the line of the listing; 0: not known */
void trace_line(int here, int listing);

/**
 * Calls a plain function so that the trace shows it as a frame of its own: CALL(func1()); or, its result
 * kept, CALL(x = func1()); The frame's name is what stands before the first parenthesis. Coroutines need none
 * of this: awaiting one is a frame already.
 */
#define CALL(expression)          \
    do {                          \
        trace_enter(#expression); \
        (void)(expression);       \
        trace_leave();            \
    } while (0)
/** What CALL() does before and after. @param call its text, which must outlive the call */
void trace_enter(const char *call);
void trace_leave(void);

#ifdef __cplusplus
}
#endif

#endif
