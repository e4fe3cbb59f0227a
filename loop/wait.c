/*
 * wait.c — await wait: a future of its own ("waiter"), and on each awaited future a callback that counts
 * down.
 *
 * The counter outlives the wait: a callback that stands in the ready queue when the wait is over still runs,
 * and counts, and does nothing more. Hence a record that they share.
 */
#include "scheduler.h"
#include "task.h"

typedef struct Wait {
    Shared shared;
    Future *waiter;
    Handle *timeout; /* NULL: none */
    size_t counter;
    WaitUntil until;
    size_t count;
    Future *futures[]; /* each once, in the order given */
} Wait;

static void destroy(Shared *shared)
{
    Wait *wait = (Wait *)shared;
    for (size_t k = 0; k < wait->count; k++)
        future_release(wait->futures[k]);
    future_release(wait->waiter);
    if (wait->timeout)
        handle_release(wait->timeout);
    memory_free(wait);
}

static void on_completion(Future *future, void *context)
{
    Wait *wait = context;
    wait->counter--;
    bool enough = wait->counter == 0 || wait->until == FIRST_COMPLETED;
    if (!enough && wait->until == FIRST_EXCEPTION && !future_cancelled(future))
        enough = value_failed(future_exception(future));
    if (!enough)
        return;
    if (wait->timeout)
        handle_cancel(wait->timeout);
    if (!future_done(wait->waiter))
        future_set_result(wait->waiter, NONE);
}

static void remove_callbacks(Wait *wait)
{
    if (wait->timeout)
        handle_cancel(wait->timeout);
    for (size_t k = 0; k < wait->count; k++)
        future_remove_done_callback(wait->futures[k], on_completion, wait);
}

static void give_back(void *context)
{
    Wait *wait = context;
    remove_callbacks(wait);
    shared_release(&wait->shared);
}

/* A set: of a future given twice, the second is left out. */
static void collect(Wait *wait, Future *const *futures, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (futures[k]->marked)
            continue;
        futures[k]->marked = true;
        wait->futures[wait->count++] = future_keep(futures[k]);
    }
    for (size_t k = 0; k < wait->count; k++)
        wait->futures[k]->marked = false;
    wait->counter = wait->count;
}

/* As asyncio calls it; NULL: it has no such word. */
static const char *until_name(WaitUntil until)
{
    switch (until) {
    case ALL_COMPLETED:
        return "ALL_COMPLETED";
    case FIRST_COMPLETED:
        return "FIRST_COMPLETED";
    case FIRST_EXCEPTION:
        return "FIRST_EXCEPTION";
    }
    return NULL;
}

/* Everything that needs memory, before anything is waited for. */
static Wait *prepare(Loop *loop, Future *const *futures, size_t count, int64_t timeout, WaitUntil until)
{
    Wait *wait = memory_allocate(sizeof *wait + count * sizeof(Future *));
    if (!wait)
        return NULL;
    *wait = (Wait){.shared = {1, destroy}, .until = until};
    collect(wait, futures, count);
    wait->waiter = future_new_told(loop, "wait", wait->futures, wait->count,
                                   &(FutureStory){.return_when = until_name(until)});
    if (!wait->waiter)
        goto failed;
    if (timeout >= 0) {
        wait->timeout = loop_schedule(loop, clock_add(loop_time(loop), timeout), HANDLE_RELEASE_WAIT,
                                      "_release_waiter", wait->waiter, NULL);
        if (!wait->timeout)
            goto failed;
        handle_keep(wait->timeout);
    }
    for (size_t k = 0; k < wait->count; k++) {
        wait->shared.references++;
        if (!future_add_shared_callback(wait->futures[k], "_on_completion", on_completion, &wait->shared)) {
            wait->shared.references--;
            goto failed;
        }
    }
    return wait;

failed:
    give_back(wait);
    return NULL;
}

/* Which are done is asked after the wake-up: more can have ended since. */
static bool split(const Wait *wait, WaitResult *result)
{
    Future **done = memory_allocate((wait->count + 1) * sizeof(Future *));
    Future **pending = memory_allocate((wait->count + 1) * sizeof(Future *));
    if (!done || !pending) {
        memory_free(done);
        memory_free(pending);
        return false;
    }
    *result = (WaitResult){.done = {done, 0}, .pending = {pending, 0}};
    for (size_t k = 0; k < wait->count; k++) {
        FutureSet *set = future_done(wait->futures[k]) ? &result->done : &result->pending;
        set->items[set->count++] = future_keep(wait->futures[k]);
    }
    return true;
}

Value await_wait(Future *const *futures, size_t count, int64_t timeout, WaitUntil until, WaitResult *result)
{
    if (result)
        *result = (WaitResult){0};
    Task *task = task_awaiting();
    if (!task)
        return value_exception(&RuntimeError, "await outside a task");
    if (!count)
        return value_exception(&ValueError, "Set of Tasks/Futures is empty.");
    if (!until_name(until))
        return value_exception(&ValueError, "Invalid return_when value");
    for (size_t k = 0; k < count; k++)
        if (!futures || !futures[k])
            return future_missing();
    Wait *wait = prepare(task->future.loop, futures, count, timeout, until);
    if (!wait)
        return value_exception(&MemoryError, "no memory to wait");

    Guard guard;
    guard_push(&guard, give_back, wait);
    Frame frame = {.function = "wait", .file = "loop/wait.c", .line = __LINE__};
    Value outcome = task_wait_in(&frame, task, wait->waiter);
    guard_pop(&guard);

    remove_callbacks(wait);
    if (!value_failed(outcome) && result && !split(wait, result))
        outcome = value_exception(&MemoryError, "no memory for what a wait found");
    shared_release(&wait->shared);
    return outcome;
}

static void release_set(FutureSet *set)
{
    for (size_t k = 0; k < set->count; k++)
        future_release(set->items[k]);
    memory_free(set->items);
    *set = (FutureSet){0};
}

void wait_result_release(WaitResult *result)
{
    if (!result)
        return;
    release_set(&result->done);
    release_set(&result->pending);
}
