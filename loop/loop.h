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
 *   Ownership  a Value owns nothing. Objects are counted: what a function documented as returning a
 *              *new reference* gives is yours to release; every other pointer is borrowed.
 *   NULL       is what you get when memory has run out, and may be passed on: where a Value is returned it is
 *              a MemoryError, else nothing happens and the answer is NULL, false or 0. Texts may be NULL too:
 *              value_text(NULL) is NONE, a task without a name is Task-N, anything else stays as it is.
 *   Threads    a loop, its tasks and its futures belong to the thread that made the loop.
 *   Misuse     is told, and never goes on as if nothing had been. What Python raises RuntimeError for is that
 *              Value: await outside a task, a second loop run in a thread, a loop that is closed. Where no
 *              Value is returned a line "RuntimeError: …: FUNCTION()" goes to stderr, and nothing happens.
 *              What would write into others' memory ends the program by abort(), with a line
 *              "loop: FUNCTION(): …": an object used or released after its last reference was given back, a
 *              loop, lock, queue or server freed twice, and, but for the functions of loop_io.h that are made
 *              for it, a loop or its objects from another thread.
 *   Source     each function names the CPython 3.11 function whose behaviour it follows, if there is one.
 */
#ifndef LOOP_H
#define LOOP_H

#include "loop_value.h"

#ifdef __cplusplus
extern "C" {
#endif

#define LOOP_VERSION "0.1.0"
/** The version that was linked, as "major.minor.patch"; LOOP_VERSION is the one compiled against. */
const char *loop_version(void);

/* ---------------------------------------------------------------------------------------------- time ---- */

/** As a timeout: none. */
#define LOOP_FOREVER (-1)

/**
 * Whole or fractional seconds as nanoseconds, rounded to the nearest; NaN is 0, and what is too far away is
 * INT64_MAX or INT64_MIN.
 */
int64_t loop_seconds(double seconds);

typedef struct Coroutine Coroutine;
typedef struct Loop Loop;
typedef struct Handle Handle;

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
 * to be used up, and a further use is a RuntimeError, which takes one reference over as the first did. After
 * the last the pointer is dead.
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

/** Called once by the loop, when the future is done. @param future borrowed */
typedef void (*FutureCallback)(Future *future, void *context);

/** loop.create_future(): pending. @return a new reference; NULL when out of memory */
Future *loop_create_future(Loop *loop);

/** One more reference. @return the same future */
Future *future_keep(Future *future);
/**
 * Gives a reference back. The last one of an exception nobody looked at reports "Future exception was never
 * retrieved"; of a pending task, "Task was destroyed but it is pending!" (Future.__del__, Task.__del__).
 */
void future_release(Future *future);

/** Future.done(): has a result or an exception, or is cancelled */
bool future_done(const Future *future);
/** Future.cancelled() */
bool future_cancelled(const Future *future);

/**
 * Future.set_result. Its callbacks and the tasks that wait for it become ready, in the order in which they
 * came; none runs from here.
 * @return NONE; InvalidStateError when it is done already; TypeError for an exception; RuntimeError for a
 * task
 */
Value future_set_result(Future *future, Value result);
/** Future.set_exception. @return as future_set_result(); TypeError when it is no exception */
Value future_set_exception(Future *future, Value exception);
/**
 * loop.call_later(delay, future.set_result, result)
 * @param delay nanoseconds
 * @return borrowed, as from loop_call_later(); NULL when out of memory or the loop is closed
 */
Handle *future_set_result_later(Future *future, int64_t delay, Value result);
/**
 * Future.cancel(msg); of a task, Task.cancel.
 * @param message not copied; NULL: none
 * @return false when it is done already
 */
bool future_cancel(Future *future, const char *message);
/** Future.result(): the result, the exception, CancelledError, or InvalidStateError while pending. */
Value future_result(Future *future);
/** Future.exception(): the exception or NONE; CancelledError or InvalidStateError as in Python. */
Value future_exception(Future *future);

/**
 * Future.add_done_callback: called from the loop, never from here.
 * @return false when out of memory, or there is no function
 */
#define future_add_done_callback(future, function, context) \
    future_add_done_callback_named((future), #function, (function), (context))
bool future_add_done_callback_named(Future *future, const char *name, FutureCallback function, void *context);
/**
 * Future.remove_done_callback: all with this function and context. What stands in the ready queue already
 * still runs.
 * @return how many were removed
 */
size_t future_remove_done_callback(Future *future, FutureCallback function, void *context);

/**
 * `await future` (Future.__await__). Of one that is done: no turn is given to others.
 * @return its result or exception; CancelledError when it, or the task that awaits, is cancelled;
 * RuntimeError outside a task, for a future of another loop, or for the task itself
 */
Value await_future(Future *future);

/* --------------------------------------------------------------------------------------------- tasks ---- */

/**
 * asyncio.create_task(coroutine) on the running loop: queued, not started. Takes the coroutine over.
 * @return a new reference; NULL (and the coroutine released) without a running loop or out of memory
 */
Task *task_create(Coroutine *coroutine);
/** asyncio.create_task(coroutine, name=…). @param name copied; NULL: Task-N */
Task *task_create_named(Coroutine *coroutine, const char *name);
/** loop.create_task(coroutine, name=…), also before the loop runs. @param name copied; NULL: Task-N */
Task *loop_create_task(Loop *loop, Coroutine *coroutine, const char *name);

/** A task is a future: the same object, no new reference; whatever takes a future takes this one. */
Future *task_future(Task *task);
/** The task behind a future, or NULL when it is a plain one. */
Task *future_task(Future *future);
/** Gives a reference back: future_release(). A task that is ready or waits goes on without it. */
void task_release(Task *task);

/** asyncio.current_task(). @return borrowed; NULL outside a task */
Task *task_current(void);
/** Task.get_name(). @return borrowed, until the name changes or the task goes */
const char *task_name(const Task *task);
/** Task.get_coro().__name__: the name of its coroutine function. @return borrowed */
const char *task_function(const Task *task);
/** Task.set_name; copies it. Out of memory the task keeps its old name. */
void task_set_name(Task *task, const char *name);
/**
 * Task.cancel(msg): at its next step the task's await returns CancelledError; what it waits on is cancelled
 * with it. A task that has not begun never runs its body.
 * @param message not copied; NULL: none
 * @return false when it is done already
 */
bool task_cancel(Task *task, const char *message);
/** Task.cancelling(): how often it was cancelled, less the task_uncancel()s */
int task_cancelling(const Task *task);
/** Task.uncancel(): one less. @return what is left; never below 0 */
int task_uncancel(Task *task);

/** `await task`. @return as await_future() */
Value await_task(Task *task);

/** What can be awaited, a coroutine or a future: one of the two is set. */
typedef struct Awaitable {
    Coroutine *coroutine; /* taken over by whoever the awaitable is given to */
    Future *future;       /* borrowed */
} Awaitable;

static inline Awaitable awaitable_coroutine(Coroutine *coroutine)
{
    Awaitable item = {coroutine, NULL};
    return item;
}
static inline Awaitable awaitable_future(Future *future)
{
    Awaitable item = {NULL, future};
    return item;
}
static inline Awaitable awaitable_task(Task *task)
{
    return awaitable_future(task_future(task));
}
/** awaitable(item): a coroutine, a future or a task as an Awaitable. */
#ifdef __cplusplus
extern "C++" {
inline Awaitable awaitable(Coroutine *coroutine)
{
    return awaitable_coroutine(coroutine);
}
inline Awaitable awaitable(Future *future)
{
    return awaitable_future(future);
}
inline Awaitable awaitable(Task *task)
{
    return awaitable_task(task);
}
}
#else
#define awaitable(item)                      \
    _Generic((item), Coroutine *             \
             : awaitable_coroutine, Future * \
             : awaitable_future, Task *      \
             : awaitable_task)(item)
#endif

/**
 * asyncio.ensure_future(item): the future itself, or a new task for the coroutine, which is taken over.
 * @return a new reference; NULL without a running loop or out of memory
 */
Future *ensure_future(Awaitable item);

/* --------------------------------------------------------------------------------------------- waits ---- */

/**
 * asyncio.sleep(delay). A delay <= 0 gives one turn to the others.
 * @param delay nanoseconds: loop_seconds(0.5)
 * @return NONE; CancelledError; RuntimeError outside a task; MemoryError
 */
Value await_sleep(int64_t delay);
/** asyncio.sleep(delay, result). @return result, or what await_sleep() returns when it fails */
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
 * asyncio.wait(futures, timeout=…, return_when=…). Never cancels what it waits for. A timeout is no error:
 * what is not done then is pending.
 * @param futures borrowed; one that is named twice counts once
 * @param timeout nanoseconds, or LOOP_FOREVER
 * @param result filled on success, empty otherwise; give it to wait_result_release(). NULL: not wanted
 * @return NONE; ValueError for an empty list, or an `until` that is none of the three; CancelledError;
 * RuntimeError outside a task; MemoryError
 */
Value await_wait(Future *const *futures, size_t count, int64_t timeout, WaitUntil until, WaitResult *result);
/** Gives back the references in both sets, and empties them. */
void wait_result_release(WaitResult *result);

/* ------------------------------------------------------------------------------------------- handles ---- */

typedef void (*HandleFunction)(void *context);

/**
 * loop.call_soon: at the end of the ready queue; loop.call_later, loop.call_at: after a delay, or when the
 * loop's clock shows this time, both in nanoseconds. The …_named functions take the function's name for the
 * trace; the macros fill it in. The context is the caller's to keep alive.
 * @return borrowed: valid until it ran; handle_keep() for longer. NULL when out of memory, or the loop is
 * closed
 */
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
/** Handle.cancel(): it will not be called; it stays where it stands until its turn. Afterwards: no effect. */
void handle_cancel(Handle *handle);
/** Handle.cancelled() */
bool handle_cancelled(const Handle *handle);
/** One more reference. @return the same handle */
Handle *handle_keep(Handle *handle);
/** Gives back a reference that handle_keep() gave. Does not cancel. */
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

/*
 * A coroutine that overflows its stack ends the program, with a line that names the task and says what to do.
 * It meets the guard page below its stack. Before Linux 6.13 a guard takes two of the 65 530 mappings that a
 * process may have; then only 24 000 stacks have one, and on the others the overflow is seen when the
 * coroutine is left: the program ends with the same line, but neighbours have been written to by then. Any
 * number of tasks can be suspended: one takes the pages that its stack has touched, mostly one, and some 280
 * bytes.
 * A frame larger than a page can pass the guard, and what it writes then is somebody else's. Compiled with
 * -fstack-clash-protection a program meets the guard whatever its frames are.
 */

/**
 * What loop_run() and loop_new(NULL) use on this thread from now on; the first default is CLOCK_REAL. A
 * program begins here: virtual time is 0 again, and the next task is Task-1.
 * @param options copied; NULL: the first defaults
 */
void loop_set_defaults(const LoopOptions *options);

/**
 * asyncio.new_event_loop().
 * @param options NULL: the defaults
 * @return NULL when out of memory or descriptors
 */
Loop *loop_new(const LoopOptions *options);
/**
 * loop.close(): clears queue and timers, reports what was never retrieved or is still pending. One that runs
 * stays open, and that is told.
 */
void loop_close(Loop *loop);
/**
 * Closes it if need be and frees it; not while it runs. Futures and tasks that the program still holds stay
 * valid until they are released.
 */
void loop_free(Loop *loop);
/** asyncio.get_running_loop(): NULL when none runs on this thread */
Loop *loop_running(void);

/**
 * asyncio.run(main): a new loop, main as a task, then run's shutdown: what is still pending is cancelled and
 * waited for. Takes the coroutine over.
 * @return main's result or exception, which nobody has told then: value_repr() makes it a text; StuckError
 * when nothing can wake the loop; RuntimeError inside a running one; MemoryError
 */
Value loop_run(Coroutine *main);
/**
 * loop.run_until_complete(future)
 * @return its result or exception; KeyboardInterrupt or SystemExit of whatever ended the run; StuckError when
 * nothing can wake it; RuntimeError when the loop is closed, runs, or was stopped before; ValueError for a
 * future of another loop; MemoryError
 */
Value loop_run_until_complete(Loop *loop, Future *future);
/**
 * loop.run_forever(): until loop_stop().
 * @return NONE; KeyboardInterrupt or SystemExit of whatever ended the run; StuckError; RuntimeError when it
 * is closed or runs
 */
Value loop_run_forever(Loop *loop);
/** loop.stop(): leaves after the iteration that runs now, or the first one of the next run. */
void loop_stop(Loop *loop);
/** loop.time(), nanoseconds on the loop's clock. NULL: program_time() */
int64_t loop_time(const Loop *loop);

/**
 * Called with what asyncio would log: a message, the exception (or NONE), and the future it is about
 * (borrowed, or NULL).
 */
typedef void (*LoopExceptionHandler)(Loop *loop, const char *message, Value exception, Future *future,
                                     void *context);
/** loop.set_exception_handler. @param handler NULL: one line on stderr */
void loop_set_exception_handler(Loop *loop, LoopExceptionHandler handler, void *context);
/** loop.call_exception_handler. @param exception NONE: none @param future NULL: about none */
void loop_call_exception_handler(Loop *loop, const char *message, Value exception, Future *future);
/**
 * For a callback, a function that the loop calls: it fails with this exception, as if Python's had raised it.
 * Told from inside; return then. The exception handler is called with "Exception in callback …", and the loop
 * goes on; KeyboardInterrupt and SystemExit end the loop's run instead. Outside a callback nothing happens.
 */
void callback_failed(Value exception);

/** time.perf_counter() of the defaults' clock, in nanoseconds, with or without a loop */
int64_t program_time(void);
/**
 * time.sleep(): the mistake that stops everybody. Holds the whole thread for so many nanoseconds; virtual
 * time just moves on. A delay <= 0 is none.
 */
void blocking_sleep(int64_t delay);

#ifdef __cplusplus
}
#endif

/* What is built on all this, and what shows it, stands in headers of its own. */
#include "loop_io.h"
#include "loop_sync.h"
#include "loop_trace.h"
#include "loop_wait.h"

#endif
