/*
 * loop.h — asyncio's event loop for C programs.
 *
 * libloop runs cooperative tasks on one thread exactly as CPython's asyncio does: the same ready queue, the
 * same order of wake-ups, the same number of loop iterations. A coroutine here is a C function on a stack of
 * its own; where Python writes `await`, C calls an await_… function, which returns when the wait is over.
 *
 *     static Value greet(Value name)                      // async def greet(name):
 *     {
 *         TRY(await_sleep(loop_seconds(1)));              //     await asyncio.sleep(1)
 *         printf("hello, %s\n", name.text);               //     print("hello,", name)
 *         return NONE;
 *     }
 *
 *     int main(void)
 *     {
 *         Value result = loop_run(coroutine(greet, value_text("world")));     // asyncio.run(greet("world"))
 *         return value_failed(result) ? 1 : 0;
 *     }
 *
 * Rules that hold everywhere
 *   Time       is integer nanoseconds (int64_t). A delay at the surface, an absolute deadline inside.
 *   Errors     are values: whatever can fail returns a Value, and value_failed() tells. TRY() returns early.
 *   Ownership  a Value owns nothing. Futures and tasks are counted: what a function documented as returning a
 *              *new reference* gives is yours to release; every other pointer is borrowed.
 *   NULL       is what you get when memory has run out, and may be passed on: where a Value is returned it is
 *              a MemoryError, else nothing happens and the answer is NULL, false or 0. Texts may be NULL too:
 *              value_text(NULL) is NONE, a task without a name is Task-N, anything else stays as it is.
 *   Threads    a loop, its tasks and its futures belong to the thread that made the loop.
 *   Source     each function names the CPython 3.11 function whose behaviour it follows.
 */
#ifndef LOOP_H
#define LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define LOOP_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define LOOP_PRINTF(text, first)
#endif

#define LOOP_VERSION "0.1.0"
/** The version that was linked; LOOP_VERSION is the one compiled against. */
const char *loop_version(void);

/* ---------------------------------------------------------------------------------------------- time ---- */

#define LOOP_FOREVER (-1)

/** Whole or fractional seconds as nanoseconds, rounded to the nearest. */
int64_t loop_seconds(double seconds);

/* -------------------------------------------------------------------------------------------- values ---- */

typedef struct Future Future;
typedef struct Task Task;
typedef struct Coroutine Coroutine;
typedef struct Loop Loop;
typedef struct Handle Handle;
typedef struct Trace Trace;

/** A kind of exception. Compare by address; make your own as `const ExceptionType MyError = {"MyError"};`. */
typedef struct ExceptionType {
    const char *name;
} ExceptionType;

extern const ExceptionType CancelledError;
extern const ExceptionType TimeoutError;
extern const ExceptionType InvalidStateError;
extern const ExceptionType RuntimeError;
extern const ExceptionType ValueError;
extern const ExceptionType TypeError;
extern const ExceptionType MemoryError;
extern const ExceptionType StuckError; /* no asyncio equal: nothing can ever wake the loop (SEMANTICS 10) */

typedef enum ValueKind {
    VALUE_NONE,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_FLOAT,
    VALUE_TEXT,
    VALUE_FUTURE,
    VALUE_POINTER,
    VALUE_EXCEPTION,
} ValueKind;

/**
 * What a coroutine takes and gives, what a future holds: 24 bytes, copied freely, owning nothing.
 * Text must live as long as somebody can look at it: literals do, text_format() makes longer-lived ones.
 */
typedef struct Value {
    ValueKind kind;
    union {
        bool boolean;
        int64_t integer;
        double real;
        const char *text;
        Future *future;
        void *pointer;
        const ExceptionType *exception;
    };
    const char *message; /* of an exception (NULL: none); of a pointer, its repr (NULL: "<pointer>") */
} Value;

#define NONE ((Value){.kind = VALUE_NONE})

Value value_bool(bool boolean);
Value value_int(int64_t integer);
Value value_float(double real);
Value value_text(const char *text);
Value value_future(Future *future);
Value value_task(Task *task);
/** @param repr how it reads in traces and messages; NULL: "<pointer>" */
Value value_pointer(void *pointer, const char *repr);
Value value_exception(const ExceptionType *type, const char *message);

/** Is it an exception? */
static inline bool value_failed(Value value)
{
    return value.kind == VALUE_EXCEPTION;
}
/** Is it an exception of this type? */
static inline bool value_is(Value value, const ExceptionType *type)
{
    return value.kind == VALUE_EXCEPTION && value.exception == type;
}

/** Writes what Python's repr() would print, cut at size, always terminated. @return the full length */
size_t value_repr(Value value, char *buffer, size_t size);

/** Returns early from a coroutine (or any function that returns Value) when the expression failed. */
#define TRY(expression)                  \
    do {                                 \
        Value try_value_ = (expression); \
        if (value_failed(try_value_))    \
            return try_value_;           \
    } while (0)

/**
 * A formatted text that lives until the running loop is freed (for loop_run(): until this thread's next
 * loop_run()). For messages and results, not for a hot path.
 */
const char *text_format(const char *format, ...) LOOP_PRINTF(1, 2);

/* ---------------------------------------------------------------------------------------- coroutines ---- */

typedef Value (*CoroutineFunction)(Value argument);

/**
 * `function(argument)` where function is an async def: makes the object and runs nothing.
 * The name is the C name; a trailing underscore, which C needs for `main_`, is dropped.
 * @return a new reference, the caller's until the object is awaited, made a task, or released; NULL when out
 * of memory
 */
#define coroutine(function, argument) coroutine_new(#function, (function), (argument))
Coroutine *coroutine_new(const char *name, CoroutineFunction function, Value argument);

/**
 * One more reference, to look at the object after it was awaited, made a task or released: then it is known
 * to be used up, and each further use is a RuntimeError. Without one the pointer is dead, as after free().
 * @return the same object
 */
Coroutine *coroutine_keep(Coroutine *coroutine);
/**
 * Gives a reference back. With the last one the object goes. Unstarted: warns "coroutine 'f' was never
 * awaited", once at each line of the listing. Suspended: it never comes back from where it waits, and its
 * stack is used again. One that runs, or for which another waits, stays: a line on stderr says so.
 */
void coroutine_release(Coroutine *coroutine);

/** coroutine.__name__. @return borrowed from the object's maker or this thread */
const char *coroutine_name(const Coroutine *coroutine);
/**
 * greenlet.getcurrent(). @return borrowed: the running coroutine; outside all of them, one that stands for
 * the main program
 */
Coroutine *coroutine_current(void);

/**
 * `await coroutine`: a plain call, no task, no queue, no yield. Takes one reference over.
 * @return its result; RuntimeError when it was awaited before, or outside all coroutines
 */
Value await_coroutine(Coroutine *coroutine);

/* Driven by hand, without any loop: generators … */

/**
 * next(generator): runs it to its next yield. The object stays the caller's.
 * @param value what it yielded; where it returns false, its result (StopIteration.value), NONE once it has
 * ended, or RuntimeError when it runs already or is no generator's; NULL: not wanted
 * @return false when it returned, or cannot be run
 */
bool coroutine_next(Coroutine *generator, Value *value);
/** `yield value`. @return NONE, at the next coroutine_next(); RuntimeError outside a generator */
Value coroutine_yield(Value value);
/** `yield from generator`: every yield of it is one of ours. Takes one reference over. @return its result */
Value coroutine_yield_from(Coroutine *generator);

/*
 * … and greenlets: control passes to any other. At its end one goes back to the coroutine in which it was
 * made (greenlet's parent); if that one is gone or does not wait in a switch, to the one that switched to it
 * last; if that one is gone too, to the task or generator in which all this happens, or the main program.
 * A task or a generator can switch away, and be switched back to until it waits, yields or ends.
 */

/**
 * greenlet.switch(value): suspends the caller, runs `to`; the first switch to a coroutine starts it with its
 * argument, and the value is not used. To itself: nothing happens.
 * @return the value that the next switch back brings; RuntimeError when `to` has ended or something else
 * drives it; MemoryError when there is no stack for it
 */
Value coroutine_switch(Coroutine *to, Value value);

/* ------------------------------------------------------------------------------------------- futures ---- */

typedef void (*FutureCallback)(Future *future, void *context);

/** loop.create_future(). @return a new reference; NULL when out of memory */
Future *loop_create_future(Loop *loop);

Future *future_keep(Future *future);
/** Gives a reference back. The last one of an exception nobody looked at reports "never retrieved". */
void future_release(Future *future);

bool future_done(const Future *future);
bool future_cancelled(const Future *future);

/** Future.set_result. @return NONE; InvalidStateError when it is done already; TypeError for an exception */
Value future_set_result(Future *future, Value result);
/** Future.set_exception. @return NONE, or InvalidStateError / TypeError */
Value future_set_exception(Future *future, Value exception);
/** loop.call_later(delay, future.set_result, result) */
Handle *future_set_result_later(Future *future, int64_t delay, Value result);
/** Future.cancel(msg); of a task, Task.cancel. @return false when it is done already */
bool future_cancel(Future *future, const char *message);
/** Future.result(): the result, the exception, CancelledError, or InvalidStateError while pending. */
Value future_result(Future *future);
/** Future.exception(): the exception or NONE; CancelledError or InvalidStateError as in Python. */
Value future_exception(Future *future);

/** Future.add_done_callback: called from the loop, never from here. @return false when out of memory */
#define future_add_done_callback(future, function, context) \
    future_add_done_callback_named((future), #function, (function), (context))
bool future_add_done_callback_named(Future *future, const char *name, FutureCallback function, void *context);
/** Future.remove_done_callback. @return how many were removed */
size_t future_remove_done_callback(Future *future, FutureCallback function, void *context);

/** `await future`. @return its result or exception, or CancelledError when the awaiting task is cancelled */
Value await_future(Future *future);

/* --------------------------------------------------------------------------------------------- tasks ---- */

/**
 * asyncio.create_task(coroutine) on the running loop: queued, not started. Takes the coroutine over.
 * @return a new reference; NULL (and the coroutine released) without a running loop or out of memory
 */
Task *task_create(Coroutine *coroutine);
Task *task_create_named(Coroutine *coroutine, const char *name);
/** loop.create_task(coroutine, name=…), also before the loop runs; name may be NULL */
Task *loop_create_task(Loop *loop, Coroutine *coroutine, const char *name);

/** A task is a future: the same object, no new reference. */
Future *task_future(Task *task);
/** The task behind a future, or NULL when it is a plain one. */
Task *future_task(Future *future);
void task_release(Task *task);

/** asyncio.current_task(): NULL outside a task */
Task *task_current(void);
const char *task_name(const Task *task);
/** The name of its coroutine function. */
const char *task_function(const Task *task);
/** Task.set_name; copies it. Out of memory the task keeps its old name. */
void task_set_name(Task *task, const char *name);
/** Task.cancel(msg). @return false when it is done already */
bool task_cancel(Task *task, const char *message);
int task_cancelling(const Task *task);
int task_uncancel(Task *task);

/** `await task` */
Value await_task(Task *task);

/* --------------------------------------------------------------------------------------------- waits ---- */

/** asyncio.sleep(delay). A delay <= 0 gives one turn to the others. @return NONE or CancelledError */
Value await_sleep(int64_t delay);
/** asyncio.sleep(delay, result) */
Value await_sleep_result(int64_t delay, Value result);

typedef enum WaitUntil {
    ALL_COMPLETED,
    FIRST_COMPLETED,
    FIRST_EXCEPTION,
} WaitUntil;

/** Futures in the order in which they were given; each one a reference of its own. */
typedef struct FutureSet {
    Future **items;
    size_t count;
} FutureSet;

typedef struct WaitResult {
    FutureSet done;
    FutureSet pending;
} WaitResult;

/**
 * asyncio.wait(futures, timeout=…, return_when=…). Never cancels what it waits for.
 * @param timeout nanoseconds, or LOOP_FOREVER
 * @param result filled on success; give it to wait_result_release()
 * @return NONE; ValueError for an empty list; CancelledError
 */
Value await_wait(Future *const *futures, size_t count, int64_t timeout, WaitUntil until, WaitResult *result);
void wait_result_release(WaitResult *result);

/* ------------------------------------------------------------------------------------------- handles ---- */

typedef void (*HandleFunction)(void *context);

/** loop.call_soon / call_later / call_at. @return borrowed: valid until it ran; handle_keep() for longer */
#define loop_call_soon(loop, function, context) loop_call_soon_named((loop), #function, (function), (context))
#define loop_call_later(loop, delay, function, context) \
    loop_call_later_named((loop), (delay), #function, (function), (context))
#define loop_call_at(loop, when, function, context) \
    loop_call_at_named((loop), (when), #function, (function), (context))
Handle *loop_call_soon_named(Loop *loop, const char *name, HandleFunction function, void *context);
Handle *loop_call_later_named(Loop *loop, int64_t delay, const char *name, HandleFunction function,
                              void *context);
Handle *loop_call_at_named(Loop *loop, int64_t when, const char *name, HandleFunction function,
                           void *context);
void handle_cancel(Handle *handle);
bool handle_cancelled(const Handle *handle);
Handle *handle_keep(Handle *handle);
void handle_release(Handle *handle);

/* ---------------------------------------------------------------------------------------------- loop ---- */

typedef enum LoopClock {
    CLOCK_VIRTUAL, /* starts at 0, moves only inside select and blocking_sleep(): deterministic */
    CLOCK_REAL,    /* the monotonic clock */
} LoopClock;

typedef struct LoopOptions {
    LoopClock clock;
    size_t stack_size; /* bytes a coroutine; 0: 64 KiB. Rounded up to whole pages, a guard page apart */
} LoopOptions;

/**
 * What loop_run() and loop_new(NULL) use on this thread from now on; the first default is CLOCK_REAL. A
 * program begins here: virtual time is 0 again, and the next task is Task-1.
 */
void loop_set_defaults(const LoopOptions *options);

/**
 * asyncio.new_event_loop().
 * @param options NULL: the defaults
 * @return NULL when out of memory or descriptors
 */
Loop *loop_new(const LoopOptions *options);
/** loop.close(): clears queue and timers, reports what was never retrieved or is still pending. */
void loop_close(Loop *loop);
/** Closes it if need be and frees it. References that the program still holds stay valid. */
void loop_free(Loop *loop);
/** asyncio.get_running_loop(): NULL when none runs on this thread */
Loop *loop_running(void);

/** asyncio.run(main): a new loop, main as a task, then run's shutdown. Takes the coroutine over. */
Value loop_run(Coroutine *main);
/** loop.run_until_complete(future). @return its result or exception; StuckError when nothing can wake it */
Value loop_run_until_complete(Loop *loop, Future *future);
/** loop.run_forever(): until loop_stop(). @return NONE or StuckError */
Value loop_run_forever(Loop *loop);
/** loop.stop(): leaves after the iteration that runs now. */
void loop_stop(Loop *loop);
/** loop.time(), nanoseconds on the loop's clock */
int64_t loop_time(const Loop *loop);

/** Called with what asyncio would log: a message and the future it is about (or NULL). NULL: to stderr. */
typedef void (*LoopExceptionHandler)(Loop *loop, const char *message, Value exception, Future *future,
                                     void *context);
void loop_set_exception_handler(Loop *loop, LoopExceptionHandler handler, void *context);

/** time.perf_counter() of the defaults' clock, with or without a loop */
int64_t program_time(void);
/** time.sleep(): the mistake that stops everybody. Holds the whole thread; virtual time just moves on. */
void blocking_sleep(int64_t delay);

/* --------------------------------------------------------------------------------------------- trace ---- */

/*
 * The trace (JSON Lines, one event a line) is written from inside enqueue, dequeue and step. A pipe's reader
 * sees each line as it happens; a file keeps every line even when the program is killed. A reader that is
 * gone or takes nothing for 10 s, or a full disk, ends the trace, never the program: trace_error() says why.
 */

typedef struct TraceOptions {
    const char *program;  /* the header's "program", a JSON object as text; NULL: {} */
    const char *producer; /* name of the program that writes; NULL: "libloop" */
    LoopClock clock;
} TraceOptions;

/**
 * Opens a trace on a descriptor (yours: it is kept open) and makes it this thread's. It shows the loops that
 * are made while it is open.
 * @return NULL with errno on failure; EBUSY: this thread has one
 */
Trace *trace_open(int fd, const TraceOptions *options);
/** A trace into memory, for tests and measurements; trace_text() gives what was written so far. */
Trace *trace_open_memory(const TraceOptions *options);
const char *trace_text(Trace *trace, size_t *length);
/** Writes `end` (why: exit, exception, stuck, killed, limit), flushes, detaches and frees. @return 0 or errno
 */
int trace_close(Trace *trace, const char *why, int code);
/** Why it stopped early: NULL while all is well */
const char *trace_error(const Trace *trace);
/** This thread's trace, or NULL. */
Trace *trace_current(void);
uint64_t trace_events(const Trace *trace);

/**
 * Registers a source file: the first is the listing that LINE() counts in, the second the C program.
 * @param trace NULL: nothing is written, but repr() knows the listing's name
 * @return 1, 2, …
 */
int trace_source(Trace *trace, const char *name, const char *language, const char *text);
/** `function` is defined at this line of the listing, for "defined at". trace may be NULL */
void trace_define(Trace *trace, const char *function, int line);
/** Program output: `output` in the trace. The caller writes the text where it belongs. */
void trace_output(int fd, const char *text, size_t length);
/** Names this moment. */
void trace_mark(const char *name);
void trace_note(const char *text);

/** About to run the C line `here`, which is line `listing` of the listing. */
void trace_line(int here, int listing);
#define LINE(listing) trace_line(__LINE__, (listing))

/** Calls a plain function so that it is seen in the trace as a frame of its own: CALL(func1()); */
#define CALL(expression)          \
    do {                          \
        trace_enter(#expression); \
        (void)(expression);       \
        trace_leave();            \
    } while (0)
void trace_enter(const char *call);
void trace_leave(void);

#ifdef __cplusplus
}
#endif

#endif
