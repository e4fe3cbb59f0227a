/*
 * task.c — tasks: a coroutine driven by the loop, one step after the other.
 *
 *                    ready ◄───────────── wake-up of the future ─────────────┐
 *     task_create ──► │                                                      │
 *                     ▼                                                      │
 *                   step: the coroutine runs until it awaits a future ──► waiting
 *                     │            … or yields ──► ready
 *                     ▼
 *                   done: its own callbacks, and the tasks that wait for it, become ready
 *
 * The rules are those of CPython's Task.__step and Task.__wakeup, row by row; Task.cancel is in cancel.c.
 */
#include "task.h"

#include "emit.h"
#include "misuse.h"
#include "scheduler.h"
#include "step.h"
#include "value.h"

#include <stdio.h>

/* ------------------------------------------------------------------------------- the loop's list of tasks */

static void list_add(Loop *loop, Task *task)
{
    Task *last = loop->last_task;
    task->previous = last;
    *(last ? &last->next : &loop->first_task) = task;
    loop->last_task = task;
}

/* -------------------------------------------------------------------------------------------------- steps */

/* @param result may lie in the coroutine */
static void finish(Task *task, FutureState state, const Value *result)
{
    Coroutine *coroutine = task->coroutine;
    task_unlist(task->future.loop, task);
    task->coroutine = NULL;
    future_finish_with(&task->future, state, result);
    coroutine_drop(coroutine);
}

/* The coroutine "raised": an exception is what it returned. @return as task_step() */
static bool failed(Task *task, Value exception)
{
    if (value_is(exception, &CancelledError)) {
        task->future.cancel_message = exception.message;
        task->future.message_once = true;
        finish(task, FUTURE_CANCELLED, &NONE);
        return true;
    }
    if (value_is(exception, &StopIteration))
        exception = value_exception(&RuntimeError, STOP_ITERATION);
    finish(task, FUTURE_FINISHED, &exception);
    if (!value_interrupts(exception))
        return true;
    loop_interrupt(task->future.loop, exception);
    return false;
}

/* Nothing that is thrown, and nothing that it waited for: the body begins. */
static inline bool begins(const Task *task)
{
    return task->coroutine->state == COROUTINE_CREATED && !task->coroutine->must_cancel;
}

/* CPython's Task.__wakeup and the head of Task.__step: what will its await give, or what will be thrown
 * there? */
bool task_before_step(Task *task)
{
    Coroutine *coroutine = task->coroutine;
    Value sent = NONE;
    if (begins(task) && coroutine_begin(coroutine))
        return true;
    Future *waiter = task->waiter;
    if (waiter) {
        sent = LIKELY(waiter->state == FUTURE_FINISHED && !waiter->unseen) ? value_copy(&waiter->result)
                                                                           : future_result(waiter);
        task->waiter = NULL;
        future_unreference(waiter);
    }
    if (UNLIKELY(coroutine->must_cancel)) {
        if (!value_is(sent, &CancelledError))
            sent = future_cancelled_error(&task->future);
        coroutine->must_cancel = false;
    }
    if (LIKELY(coroutine->state == COROUTINE_SUSPENDED)) {
        coroutine->value = value_copy(&sent);
        return true;
    }
    /* Thrown into a coroutine that has not begun: the body never runs. */
    failed(task, value_failed(sent) ? sent : value_exception(&MemoryError, "no stack for a coroutine"));
    future_unreference(&task->future);
    return false;
}

bool task_ended(Task *task)
{
    Coroutine *coroutine = task->coroutine;
    bool goes_on = true;
    if (UNLIKELY(value_failed(coroutine->value)))
        goes_on = failed(task, coroutine->value);
    else if (UNLIKELY(coroutine->must_cancel)) /* cancelled right before the coroutine stopped */
        finish(task, FUTURE_CANCELLED, &NONE);
    else
        finish(task, FUTURE_FINISHED, &coroutine->value);
    future_unreference(&task->future);
    return goes_on;
}

/* --------------------------------------------------------------------------------------------------- life */

static void drop_coroutine(Task *task)
{
    Coroutine *coroutine = task->coroutine;
    Future *waiter = task->waiter;
    task->coroutine = NULL;
    task->waiter = NULL;
    if (coroutine)
        coroutine_drop(coroutine);
    if (waiter)
        future_release(waiter);
}

void task_forget(Task *task)
{
    task_unlist(task->future.loop, task);
    if (task->waiter && task->waiter->state == FUTURE_PENDING)
        coroutine_keep(task->coroutine); /* it stands in a list, which gives it back: entry_release() */
    drop_coroutine(task);
}

void task_let_go(Task *task)
{
    if (task->future.state == FUTURE_PENDING) {
        if (task->coroutine) /* else the loop has forgotten it */
            task_unlist(task->future.loop, task);
        drop_coroutine(task);
    }
    if (task->naming == NAME_GIVEN)
        memory_free(task->given_name);
}

/* What runs in place of a coroutine that something else has run already. */
static Value already_awaited(Value unused)
{
    (void)unused;
    return value_exception(&RuntimeError, "cannot reuse already awaited coroutine");
}

/* With a number for a name. It may already be seen from elsewhere. */
static inline void start(Task *task, Loop *loop, Coroutine *coroutine)
{
    future_start(&task->future, loop, true, 2); /* the caller's reference, and its first step's */
    task->coroutine = coroutine;
    CLEAR(task, Task, waiter, previous);
    task->function = coroutine_function_name(coroutine);
    task->cancelling = 0;
    task->naming = NAMED_BY_NUMBER;
    task->silent = false;
    coroutine->task = task;
    list_add(loop, task);
}

static inline void count_name(Task *task)
{
    task->name_number = ++thread.task_names;
}

/* With all that can be in the way. */
static __attribute__((noinline)) Task *create(Loop *loop, Coroutine *coroutine, const char *name)
{
    if (!coroutine)
        return NULL;
    coroutine_must_live(coroutine, "task_create");
    char *given_name = NULL;
    Task *task = NULL;
    if (!loop || loop->closed)
        goto failed;
    if (name && !(given_name = memory_copy_text(name)))
        goto failed;
    if (!ready_promise(&loop->ready))
        goto failed;
    task = pool_take(&thread.task_pool);
    if (!task) {
        loop->ready.promised--;
        goto failed;
    }
    if (!coroutine_is_free(coroutine)) {
        Coroutine *used = coroutine;
        coroutine = coroutine_new(coroutine_function_name(used), already_awaited, NONE);
        coroutine_give_up(used);
        if (!coroutine) {
            loop->ready.promised--;
            pool_give(&thread.task_pool, task);
            goto failed;
        }
    }
    start(task, loop, coroutine);
    if (name) {
        task->given_name = given_name;
        task->naming = NAME_GIVEN;
    } else {
        count_name(task);
    }
    if (loop->trace)
        emit_task(task);
    loop_enqueue_entry(loop, &coroutine->entry, BY_SOON);
    return task;

failed:
    memory_free(given_name);
    coroutine_give_up(coroutine);
    return NULL;
}

Task *loop_create_task(Loop *loop, Coroutine *coroutine, const char *name)
{
    if (loop)
        loop_must_be_here(loop, "loop_create_task");
    if (loop && loop->closed)
        misuse_tell("loop_create_task", "Event loop is closed");
    return create(loop, coroutine, name);
}

Future *ensure_future(Awaitable item)
{
    return item.coroutine ? task_future(task_create(item.coroutine)) : future_keep(item.future);
}

void awaitables_give_up(const Awaitable *items, size_t count)
{
    for (size_t k = 0; items && k < count; k++)
        coroutine_give_up(items[k].coroutine);
}

static void set_name(Task *task, char *given_name)
{
    if (task->naming == NAME_GIVEN)
        memory_free(task->given_name);
    task->given_name = given_name;
    task->naming = NAME_GIVEN;
    if (UNLIKELY(task->future.loop->trace != NULL))
        emit_task_name(task);
}

/* The loop that runs here; NULL, and it is said, when none does. */
static Loop *running(const char *function)
{
    if (UNLIKELY(!thread.running))
        misuse_tell(function, "no running event loop");
    return thread.running;
}

static __attribute__((noinline)) Task *create_here(Coroutine *coroutine)
{
    return create(running("task_create"), coroutine, NULL);
}

Task *task_create(Coroutine *coroutine)
{
    Loop *loop = thread.running;
    if (UNLIKELY(!loop || loop->trace || !coroutine || !coroutine->references ||
                 !coroutine_is_free(coroutine) || !ready_has_room(&loop->ready) ||
                 !thread.task_pool.spare_count))
        return create_here(coroutine);
    Task *task = pool_take_spare(&thread.task_pool);
    loop->ready.promised++;
    start(task, loop, coroutine);
    count_name(task);
    ready_append(&loop->ready, &coroutine->entry);
    return task;
}

/* asyncio.create_task names the task after making it, which uses a number up; and so does the trace. */
Task *task_create_on(Loop *loop, Coroutine *coroutine, const char *name)
{
    char *given_name = name ? memory_copy_text(name) : NULL;
    if (name && !given_name) {
        coroutine_release(coroutine);
        return NULL;
    }
    Task *task = loop_create_task(loop, coroutine, NULL);
    if (task && name)
        set_name(task, given_name);
    else
        memory_free(given_name);
    return task;
}

Task *task_create_named(Coroutine *coroutine, const char *name)
{
    return task_create_on(running("task_create_named"), coroutine, name);
}

Future *task_future(Task *task)
{
    return task ? &task->future : NULL;
}

Task *future_task(Future *future)
{
    return future && future->is_task ? (Task *)future : NULL;
}

void task_release(Task *task)
{
    if (!task)
        return;
    future_must_be_here(&task->future, "task_release");
    future_unreference(&task->future);
}

/* -------------------------------------------------------------------------------------------------- names */

Task *task_current(void)
{
    return thread.running ? thread.running->current : NULL;
}

const char *task_name(const Task *task)
{
    if (!task)
        return "";
    if (task->naming == NAME_GIVEN)
        return task->given_name;
    if (task->naming == NAMED_BY_NUMBER) {
        Task *written = (Task *)task; /* when first asked for */
        uint32_t number = task->name_number;
        snprintf(written->own_name, sizeof written->own_name, "Task-%u", number);
        written->naming = NAME_WRITTEN;
    }
    return task->own_name;
}

void task_set_name(Task *task, const char *name)
{
    char *copy = task && name ? memory_copy_text(name) : NULL;
    if (copy)
        set_name(task, copy);
}

const char *task_function(const Task *task)
{
    return task ? listing_trim(&thread.listing, task->function) : "";
}

/* ----------------------------------------------------------------------------------------------- counting */

int task_cancelling(const Task *task)
{
    return task ? task->cancelling : 0;
}

int task_uncancel(Task *task)
{
    if (!task)
        return 0;
    if (task->cancelling > 0)
        task->cancelling--;
    if (UNLIKELY(task->future.loop->trace != NULL))
        emit_uncancel(task);
    return task->cancelling;
}
