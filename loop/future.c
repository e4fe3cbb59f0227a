/*
 * future.c — futures: a result that is not there yet, and who wants to be called when it is.
 */
#include "future.h"

#include "emit.h"
#include "gather.h"
#include "misuse.h"
#include "scheduler.h"
#include "task.h"
#include "thread.h"
#include "value.h"

static const char NOT_DONE[] = "Result is not set.";
static const char INVALID_STATE[] = "invalid state";

/* ---------------------------------------------------------------------------------- exceptions nobody saw */

static void unseen_link(Future *future)
{
    Loop *loop = future->loop;
    future->unseen = true;
    future->next_unseen = loop->unseen;
    future->previous_unseen = NULL;
    if (loop->unseen)
        loop->unseen->previous_unseen = future;
    loop->unseen = future;
}

void future_see(Future *future)
{
    if (!future->unseen)
        return;
    future->unseen = false;
    if (future->previous_unseen)
        future->previous_unseen->next_unseen = future->next_unseen;
    else
        future->loop->unseen = future->next_unseen;
    if (future->next_unseen)
        future->next_unseen->previous_unseen = future->previous_unseen;
    future->next_unseen = future->previous_unseen = NULL;
}

/* ----------------------------------------------------------------------------------------------- life */

Value future_missing(void)
{
    return value_exception(&MemoryError, "no future");
}

Future *future_new_told(Loop *loop, const char *of, Future *const *kids, size_t kid_count,
                        const FutureStory *story)
{
    Future *future = pool_take(&thread.future_pool);
    if (!future)
        return NULL;
    future_start(future, loop, false, 1);
    if (UNLIKELY(loop->trace != NULL))
        emit_future(future, of, kids, kid_count, story);
    return future;
}

Future *future_new(Loop *loop, const char *of, Future *const *kids, size_t kid_count)
{
    return future_new_told(loop, of, kids, kid_count, NULL);
}

Future *loop_create_future(Loop *loop)
{
    if (!loop)
        return NULL;
    loop_must_be_here(loop, "loop_create_future");
    return future_new(loop, "user", NULL, 0);
}

Future *future_keep(Future *future)
{
    if (!future)
        return NULL;
    future_must_live(future, "future_keep");
    future->references++;
    return future;
}

static void drop_callbacks(Future *future)
{
    QueueEntry *entry = future->first_callback;
    future->first_callback = future->last_callback = NULL;
    while (entry) {
        QueueEntry *next = entry->next;
        entry_release(entry);
        entry = next;
    }
}

/* What asyncio would log when the object is collected. */
static const char *last_words(Future *future)
{
    if (future->unseen) {
        future_see(future);
        return future->is_task  ? "Task exception was never retrieved"
               : future->gather ? "_GatheringFuture exception was never retrieved"
                                : "Future exception was never retrieved";
    }
    if (future->is_task && future->state == FUTURE_PENDING && !((Task *)future)->silent) {
        ((Task *)future)->silent = true;
        return "Task was destroyed but it is pending!";
    }
    return NULL;
}

void future_report(Future *future)
{
    const char *message = last_words(future);
    if (message)
        loop_report(future->loop, message, future->result, future);
}

static inline void give_back_block(Future *future)
{
    if (future->is_task) {
        task_destroy((Task *)future);
        return;
    }
    Loop *loop = future->loop;
    if (future->lodged)
        future->lodged = false;
    else
        pool_give(&thread.future_pool, future);
    loop_unreference(loop);
}

/* Nobody holds it any more. Apart, and so is the next: what is seldom called costs no registers then. */
static __attribute__((noinline)) void destroy(Future *future)
{
    future->references = 1; /* alive while it is reported; the handler may keep it */
    if (future->gather && gather_lives_on(future))
        return;
    if (UNLIKELY(future->unseen || future->state == FUTURE_PENDING))
        future_report(future);
    if (--future->references)
        return;
    if (future->state == FUTURE_PENDING)
        drop_callbacks(future);
    if (future->gather)
        gather_release(future->gather);
    give_back_block(future);
}

static void doom(Future *future)
{
    future->next_doomed = NULL;
    *(thread.first_doomed ? &thread.last_doomed->next_doomed : &thread.first_doomed) = future;
    thread.last_doomed = future;
}

/* The first, then whatever only that had held, then the others. */
static void destroy_doomed(void)
{
    Future *future = thread.first_doomed, *others = future->next_doomed, *last = thread.last_doomed;
    future->next_doomed = NULL;
    thread.first_doomed = NULL;
    destroy(future);
    if (!others)
        return;
    *(thread.first_doomed ? &thread.last_doomed->next_doomed : &thread.first_doomed) = others;
    thread.last_doomed = last;
}

/*
 * What is pending holds others by its callbacks, its coroutine, its children, and they hold others again: a
 * chain can be longer than a stack is deep. So from some depth on whoever dies waits until the one that held
 * it is gone (CPython's trashcan).
 */
static __attribute__((noinline)) void destroy_what_holds_others(Future *future)
{
    enum { DEEPEST = 8 };
    if (thread.destroying == DEEPEST) {
        doom(future);
        return;
    }
    thread.destroying++;
    destroy(future);
    while (thread.destroying == DEEPEST && thread.first_doomed)
        destroy_doomed();
    thread.destroying--;
}

void future_destroy(Future *future)
{
    if (UNLIKELY(future->state == FUTURE_PENDING || future->gather))
        destroy_what_holds_others(future);
    else if (UNLIKELY(future->unseen))
        destroy(future);
    else
        give_back_block(future);
}

void future_release(Future *future)
{
    if (!future)
        return;
    future_must_be_here(future, "future_release");
    future_unreference(future);
}

void future_give_back(void *future)
{
    future_release(future);
}

/* ----------------------------------------------------------------------------------------------- done */

bool future_done(const Future *future)
{
    return future && future->state != FUTURE_PENDING;
}

bool future_cancelled(const Future *future)
{
    return future && future->state == FUTURE_CANCELLED;
}

void future_finish_with(Future *future, FutureState state, const Value *result)
{
    QueueEntry *first = future->first_callback;
    future->first_callback = future->last_callback = NULL;
    future->state = state;
    future->result = value_copy(result);
    if (UNLIKELY(result->kind == VALUE_EXCEPTION) && state == FUTURE_FINISHED)
        unseen_link(future);
    if (UNLIKELY(future->loop->trace != NULL))
        emit_done(future);
    future_enqueue_callbacks(future, first);
}

Value future_set_result(Future *future, Value result)
{
    if (!future)
        return future_missing();
    future_must_be_here(future, "future_set_result");
    if (future->is_task)
        return value_exception(&RuntimeError, "Task does not support set_result operation");
    if (future->state != FUTURE_PENDING)
        return value_exception(&InvalidStateError, INVALID_STATE);
    if (value_failed(result))
        return value_exception(&TypeError, "an exception is no result: use future_set_exception()");
    future_finish(future, FUTURE_FINISHED, result);
    return NONE;
}

Value future_set_exception(Future *future, Value exception)
{
    if (!future)
        return future_missing();
    future_must_be_here(future, "future_set_exception");
    if (future->is_task)
        return value_exception(&RuntimeError, "Task does not support set_exception operation");
    if (future->state != FUTURE_PENDING)
        return value_exception(&InvalidStateError, INVALID_STATE);
    if (!value_failed(exception))
        return value_exception(&TypeError, "exceptions must derive from BaseException");
    if (value_is(exception, &StopIteration))
        return value_exception(&TypeError,
                               "StopIteration interacts badly with generators and cannot be raised "
                               "into a Future");
    future_finish(future, FUTURE_FINISHED, exception);
    return NONE;
}

Value future_cancelled_error(Future *future)
{
    Value error = value_exception(&CancelledError, future->cancel_message);
    if (future->message_once)
        future->cancel_message = NULL;
    return error;
}

Value future_result(Future *future)
{
    if (UNLIKELY(!future))
        return future_missing();
    if (LIKELY(future->state == FUTURE_FINISHED)) {
        future_see(future);
        return value_copy(&future->result);
    }
    if (future->state == FUTURE_CANCELLED)
        return future_cancelled_error(future);
    return value_exception(&InvalidStateError, NOT_DONE);
}

Value future_exception(Future *future)
{
    Value result = future_result(future);
    if (future && future->state == FUTURE_PENDING)
        return value_exception(&InvalidStateError, "Exception is not set.");
    return value_failed(result) ? result : NONE;
}

/* ------------------------------------------------------------------------------------------ callbacks */

void future_link_callback_traced(Future *future, QueueEntry *entry)
{
    future_append_callback(future, entry);
    emit_callback_add(future, entry);
}

static Handle *add_callback(Future *future, const char *name, FutureCallback function, void *context)
{
    Handle *handle = handle_new(future->loop, HANDLE_CALLBACK, name);
    if (!handle)
        return NULL;
    handle->callback = function;
    handle->context = context;
    if (future->state == FUTURE_PENDING) {
        future_link_callback(future, &handle->entry);
    } else {
        handle->future = future_keep(future);
        loop_enqueue(future->loop, handle, BY_SOON);
    }
    return handle;
}

bool future_add_shared_callback(Future *future, const char *name, FutureCallback function, Shared *context)
{
    Handle *handle = add_callback(future, name, function, context);
    if (!handle)
        return false;
    handle->shares = true;
    return true;
}

bool future_add_done_callback_named(Future *future, const char *name, FutureCallback function, void *context)
{
    if (!future || !function)
        return false;
    future_must_be_here(future, "future_add_done_callback");
    return add_callback(future, name, function, context);
}

size_t future_remove_done_callback(Future *future, FutureCallback function, void *context)
{
    size_t removed = 0;
    if (!future || future->state != FUTURE_PENDING)
        return 0;
    QueueEntry **link = &future->first_callback, *last = NULL;
    while (*link) {
        QueueEntry *entry = *link;
        Handle *handle = entry_handle(entry);
        if (entry->kind != HANDLE_CALLBACK || handle->callback != function || handle->context != context) {
            last = entry;
            link = &entry->next;
            continue;
        }
        *link = entry->next;
        if (UNLIKELY(future->loop->trace != NULL))
            emit_callback_remove(future, entry);
        handle_release(handle);
        removed++;
    }
    future->last_callback = last;
    return removed;
}
