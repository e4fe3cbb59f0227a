/*
 * handle.c — handles: made, run, cancelled, counted; call_soon, call_later, call_at.
 */
#include "handle.h"

#include "emit.h"
#include "future.h"
#include "misuse.h"
#include "scheduler.h"
#include "task.h"
#include "thread.h"

#include <stdio.h>

enum { LONGEST_MESSAGE = 512 };

void shared_release(Shared *shared)
{
    if (--shared->references == 0)
        shared->destroy(shared);
}

void shared_free(Shared *shared, size_t size, size_t kept)
{
    thread_prepare();
    void **place = &thread.gone_objects[thread.gone_object_count++ % GONE_OBJECTS];
    memory_free(*place);
    *place = shared;
    memory_poison((char *)shared + kept, size - kept);
}

Handle *handle_new(Loop *loop, HandleKind kind, const char *name)
{
    if (!name)
        name = UNNAMED;
    if (!ready_promise(&loop->ready))
        return NULL;
    Handle *handle = pool_take(&thread.handle_pool);
    if (!handle) {
        loop->ready.promised--;
        return NULL;
    }
    *handle = (Handle){.name = name, .loop = loop, .references = 1, .kind = kind};
    return handle;
}

bool handle_lodge(Handle *handle, Loop *loop, HandleKind kind, const char *name)
{
    if (!ready_promise(&loop->ready))
        return false;
    *handle = (Handle){.name = name, .loop = loop, .references = 1, .kind = kind, .lodged = true};
    return true;
}

/* Gives back what it would have acted on. */
static void clear(Handle *handle)
{
    Future *future = handle->future;
    handle->future = NULL;
    if (future)
        future_release(future);
    if (handle->shares) {
        handle->shares = false;
        shared_release(handle->context);
    }
}

static void destroy(Handle *handle)
{
    Loop *loop = handle->loop;
    clear(handle);
    if (handle->lodged)
        handle->lodged = false;
    else
        pool_give(&thread.handle_pool, handle);
    loop_unpromise(loop);
}

/* Future.set_result, later: the value waits in a record of its own. */
typedef struct LaterResult {
    Shared shared;
    Value value;
} LaterResult;

static void later_result_destroy(Shared *shared)
{
    memory_free(shared);
}

static void set_result_later(Handle *handle)
{
    const LaterResult *later = handle->context;
    handle->loop->raised = future_set_result(handle->future, later->value);
}

/* A function of the program's: a frame of its own, so that its LINE()s carry its name. */
static void call(Handle *handle)
{
    Coroutine *self = thread.current;
    Frame frame = {.outer = self->frame, .function = handle->name};
    self->frame = &frame;
    handle->loop->in_callback = true;
    if (handle->kind == HANDLE_CALL)
        handle->call(handle->context);
    else
        handle->callback(handle->future, handle->context);
    handle->loop->in_callback = false;
    self->frame = frame.outer;
}

void callback_failed(Value exception)
{
    Loop *loop = thread.running;
    if (loop && loop->in_callback && value_failed(exception))
        loop->raised = exception;
}

/* "Exception in callback boom() at lesson.py:3", as CPython words it. */
static void report_failure(Handle *handle, Value exception)
{
    char text[LONGEST_MESSAGE], repr[LONGEST_MESSAGE / 2] = "", place[LONGEST_MESSAGE / 4] = "";
    const char *function = listing_trim(&thread.listing, handle->name);
    int line = listing_line(&thread.listing, function);
    if (handle->kind == HANDLE_CALLBACK)
        value_repr(value_future(handle->future), repr, sizeof repr);
    else if (handle->kind == HANDLE_SET_RESULT)
        value_repr(((const LaterResult *)handle->context)->value, repr, sizeof repr);
    if (line && thread.listing.name)
        snprintf(place, sizeof place, " at %s:%d", thread.listing.name, line);
    snprintf(text, sizeof text, "Exception in callback %s(%s)%s", function, repr, place);
    loop_report(handle->loop, text, exception, handle->future);
}

static bool outcome(Handle *handle)
{
    Value exception = handle->loop->raised;
    if (LIKELY(!value_failed(exception)))
        return true;
    handle->loop->raised = NONE;
    if (value_interrupts(exception)) {
        loop_interrupt(handle->loop, exception);
        return false;
    }
    report_failure(handle, exception);
    return true;
}

bool handle_run(Handle *handle)
{
    switch ((HandleKind)handle->kind) {
    case HANDLE_STEP:
    case HANDLE_TURN:
    case HANDLE_WAKEUP:
        break; /* no handle */
    case HANDLE_SET_PREPARED:
        if (handle->future->state == FUTURE_PENDING)
            future_finish(handle->future, FUTURE_FINISHED, handle->future->result);
        break;
    case HANDLE_RELEASE_WAIT:
        if (handle->future->state == FUTURE_PENDING)
            future_finish(handle->future, FUTURE_FINISHED, NONE);
        break;
    case HANDLE_CALLBACK:
    case HANDLE_CALL:
        call(handle);
        break;
    case HANDLE_SET_RESULT:
        set_result_later(handle);
        break;
    }
    return outcome(handle);
}

void handle_cancel(Handle *handle)
{
    if (!handle)
        return;
    handle_must_live(handle, "handle_cancel");
    loop_must_be_here(handle->loop, "handle_cancel");
    if (handle->cancelled)
        return;
    handle->cancelled = true;
    if (handle->scheduled)
        handle->loop->timers.cancelled++;
    if (UNLIKELY(handle->loop->trace != NULL) && handle->number)
        emit_handle_cancel(handle);
    clear(handle);
}

bool handle_cancelled(const Handle *handle)
{
    return handle && handle->cancelled;
}

Handle *handle_keep(Handle *handle)
{
    if (!handle)
        return NULL;
    handle_must_live(handle, "handle_keep");
    handle->references++;
    return handle;
}

void handle_release(Handle *handle)
{
    if (!handle)
        return;
    handle_must_live(handle, "handle_release");
    if (--handle->references == 0)
        destroy(handle);
}

void entry_release(QueueEntry *entry)
{
    if (!entry_is_step(entry)) {
        handle_release(entry_handle(entry));
        return;
    }
    Coroutine *coroutine = entry_coroutine(entry);
    Task *task = coroutine->task;
    if (coroutine->state == COROUTINE_GONE)
        coroutine_release(coroutine);
    future_unreference(&task->future);
}

Handle *loop_schedule(Loop *loop, int64_t when, HandleKind kind, const char *name, Future *future,
                      void *context)
{
    if (!loop || loop->closed)
        return NULL;
    Handle *handle = handle_new(loop, kind, name);
    return handle ? handle_schedule(handle, when, future, context) : NULL;
}

Handle *handle_schedule(Handle *handle, int64_t when, Future *future, void *context)
{
    Loop *loop = handle->loop;
    handle->context = context;
    handle->future = future ? future_keep(future) : NULL;
    bool pushed = heap_push(&loop->timers, when, handle);
    if (pushed && UNLIKELY(loop->trace != NULL))
        emit_timer(handle, when);
    handle_release(handle); /* the heap has its own reference */
    return pushed ? handle : NULL;
}

/* May the program ask this loop for a call? */
static bool can_call(const Loop *loop, const char *function)
{
    loop_must_be_here(loop, function);
    if (LIKELY(!loop->closed))
        return true;
    misuse_tell(function, "Event loop is closed");
    return false;
}

Handle *loop_call_soon_named(Loop *loop, const char *name, HandleFunction function, void *context)
{
    bool can = loop && function && can_call(loop, "loop_call_soon");
    Handle *handle = can ? handle_new(loop, HANDLE_CALL, name) : NULL;
    if (!handle)
        return NULL;
    handle->call = function;
    handle->context = context;
    handle->in_order = true;
    loop_enqueue(loop, handle, BY_SOON);
    return handle;
}

Handle *loop_call_later_named(Loop *loop, int64_t delay, const char *name, HandleFunction function,
                              void *context)
{
    return loop_call_at_named(loop, clock_add(loop_time(loop), delay), name, function, context);
}

Handle *loop_call_at_named(Loop *loop, int64_t when, const char *name, HandleFunction function, void *context)
{
    if (loop && !can_call(loop, "loop_call_at"))
        return NULL;
    Handle *handle = function ? loop_schedule(loop, when, HANDLE_CALL, name, NULL, context) : NULL;
    if (handle)
        handle->call = function;
    return handle;
}

Handle *future_set_result_later(Future *future, int64_t delay, Value result)
{
    LaterResult *later = future ? memory_allocate(sizeof *later) : NULL;
    if (!later)
        return NULL;
    *later = (LaterResult){.shared = {1, later_result_destroy}, .value = result};
    Loop *loop = future->loop;
    Handle *handle = loop_schedule(loop, clock_add(loop_time(loop), delay), HANDLE_SET_RESULT,
                                   "Future.set_result", future, later);
    if (handle)
        handle->shares = true;
    else
        shared_release(&later->shared);
    return handle;
}
