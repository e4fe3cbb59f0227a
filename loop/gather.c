/*
 * gather.c — gather: one future for many, done when all of them are.
 *
 * It is a future of its own kind (CPython's _GatheringFuture): cancelling it cancels the children, and it
 * ends itself only when they have. Each child has a callback that counts, and all callbacks share the record.
 *
 * The children need the outer future even when the program has forgotten it: it ends all the same, and says
 * so when nobody looked at its exception. Then it is *left alone*: it belongs to the record, which no longer
 * holds children that are not done, or else all of them would be a ring that keeps itself alive.
 */
#include "gather.h"

#include "emit.h"
#include "scheduler.h"
#include "task.h"
#include "value.h"

struct Gather {
    Shared shared;
    Future
        *outer; /* it has a reference to this; left alone, this has one to it. NULL before, and once done */
    bool left_alone;
    bool return_exceptions, cancel_requested;
    CancelWalk walk;
    size_t finished;
    size_t different; /* children; of one that was given twice, the second does not count */
    size_t count;
    Future **children; /* in the order given */
    bool *held;        /* a reference to that child? */
    Future **late;     /* that were done after it was left alone: a reference each */
    size_t late_count;
    ValueList *results;
};

/* ----------------------------------------------------------------------------------------------- children */

static void release_child(Gather *gather, size_t k)
{
    bool held = gather->held[k];
    gather->held[k] = false;
    if (held)
        future_release(gather->children[k]);
}

/* Nobody needs it any more. Left alone, and its children gone: it never ends. */
static void destroy(Shared *shared)
{
    Gather *gather = (Gather *)shared;
    for (size_t k = 0; k < gather->count; k++)
        release_child(gather, k);
    for (size_t k = 0; k < gather->late_count; k++)
        future_release(gather->late[k]);
    if (gather->left_alone) {
        gather->outer->gather = NULL;
        future_release(gather->outer);
    }
    memory_free(gather);
}

/* As an item of the list: what a task was cancelled with is not its own message. */
static Value cancelled_item(const Future *child)
{
    const char *message = child->message_once ? NULL : child->cancel_message;
    return value_exception(&CancelledError, message ? message : "");
}

static void collect_results(Gather *gather)
{
    gather->results->count = gather->count;
    for (size_t k = 0; k < gather->count; k++) {
        Future *child = gather->children[k];
        gather->results->items[k] = future_cancelled(child) ? cancelled_item(child) : future_result(child);
    }
}

/* The outer future is done; if it was left alone, the record is its own again. */
static void finish(Gather *gather, Value result)
{
    Future *outer = gather->outer;
    bool left_alone = gather->left_alone;
    gather->outer = NULL;
    gather->left_alone = false;
    future_finish(outer, FUTURE_FINISHED, result);
    if (!left_alone)
        return;
    gather->shared.references++;
    future_release(outer);
}

static void on_child_done(Future *child, void *context)
{
    Gather *gather = context;
    gather->finished++;
    if (!gather->outer || future_done(gather->outer)) {
        future_see(child);
        return;
    }
    if (gather->left_alone) /* what is done is no part of a ring any more */
        gather->late[gather->late_count++] = future_keep(child);
    if (!gather->return_exceptions) {
        Value result = future_result(child);
        if (value_failed(result)) {
            finish(gather, result);
            return;
        }
    }
    if (gather->finished < gather->different)
        return;
    collect_results(gather);
    if (gather->cancel_requested) /* whatever return_exceptions says */
        finish(gather, future_cancelled_error(gather->children[gather->count - 1]));
    else
        finish(gather, value_of_list(gather->results));
}

/* --------------------------------------------------------------------------------------------- the future */

bool gather_lives_on(Future *outer)
{
    Gather *gather = outer->gather;
    if (gather->left_alone || future_done(outer))
        return false;
    for (size_t k = 0; k < gather->count; k++)
        if (gather->held[k] && !future_done(gather->children[k]))
            release_child(gather, k);
    if (gather->shared.references == 1)
        return false;
    gather->left_alone = true;
    gather->shared.references--;
    return true;
}

void gather_release(Gather *gather)
{
    gather->outer = NULL;
    shared_release(&gather->shared);
}

CancelWalk *gather_walk(const Future *outer)
{
    return &outer->gather->walk;
}

Future *gather_child(const Future *outer, size_t k)
{
    const Gather *gather = outer->gather;
    return k < gather->count ? gather->children[k] : NULL;
}

void gather_cancel_requested(Future *outer)
{
    outer->gather->cancel_requested = true;
}

/* ---------------------------------------------------------------------------------------------- making it */

static Gather *gather_new(size_t count, bool return_exceptions)
{
    size_t list = sizeof(ValueList) + count * sizeof(Value);
    Gather *gather = memory_allocate(sizeof *gather + list + count * (2 * sizeof(Future *) + sizeof(bool)));
    if (!gather)
        return NULL;
    ValueList *results = (ValueList *)(void *)(gather + 1);
    Future **children = (Future **)(void *)((char *)results + list);
    *gather = (Gather){
        .shared = {1, destroy},
        .return_exceptions = return_exceptions,
        .children = children,
        .late = children + count,
        .held = (bool *)(void *)(children + 2 * count),
        .results = results,
    };
    return gather;
}

/* The task that was made of this coroutine, when it stands in the list for the second time. */
static Future *task_of(const Gather *gather, const Coroutine *coroutine)
{
    for (size_t k = 0; coroutine->task && k < gather->count; k++) {
        const Task *task = future_task(gather->children[k]);
        if (task && task->coroutine == coroutine)
            return gather->children[k];
    }
    return NULL;
}

/* The next child: a task made of a coroutine is nobody else's, so nobody is told when it is dropped. */
static Value add_child(Gather *gather, Loop *loop, Awaitable *item)
{
    Future *child = future_keep(item->coroutine ? task_of(gather, item->coroutine) : item->future);
    if (!child) {
        Task *task = loop_create_task(loop, item->coroutine, NULL);
        item->coroutine = NULL;
        if (!task)
            return value_exception(&MemoryError, "no memory for a task");
        task->silent = true;
        child = &task->future;
    }
    gather->held[gather->count] = true;
    gather->children[gather->count++] = child;
    if (child->loop != loop)
        return value_exception(&ValueError, "The future belongs to a different loop than the one specified "
                                            "as the loop argument");
    if (child->marked)
        return NONE;
    child->marked = true;
    gather->different++;
    gather->shared.references++;
    if (future_add_shared_callback(child, "gather._done_callback", on_child_done, &gather->shared))
        return NONE;
    gather->shared.references--;
    return value_exception(&MemoryError, "no memory to gather");
}

static Value add_children(Gather *gather, Loop *loop, const Awaitable *items, size_t count)
{
    Value outcome = NONE;
    size_t k;
    for (k = 0; k < count && !value_failed(outcome); k++) {
        Awaitable item = items[k];
        outcome = add_child(gather, loop, &item);
        if (item.coroutine && value_failed(outcome))
            coroutine_give_up(item.coroutine);
    }
    for (; k < count; k++)
        if (items[k].coroutine && !items[k].coroutine->task)
            coroutine_give_up(items[k].coroutine);
    for (size_t n = 0; n < gather->count; n++)
        gather->children[n]->marked = false;
    return outcome;
}

/* NONE, or why it cannot begin. */
static Value check(Loop *loop, const Awaitable *items, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (!items[k].coroutine && !items[k].future)
            return future_missing();
    return loop ? NONE : value_exception(&RuntimeError, "no running event loop");
}

static Value gather_nothing(Loop *loop, Future **outer)
{
    *outer = future_new(loop, "gather", NULL, 0);
    if (!*outer)
        return future_missing();
    Value list = value_list(NULL, 0);
    if (!value_failed(list))
        return future_set_result(*outer, list);
    future_release(*outer);
    return list;
}

Value gather_begin(Loop *loop, const Awaitable *items, size_t count, bool return_exceptions, Future **outer)
{
    if (count && !items)
        return future_missing();
    if (count && items[0].future)
        loop = items[0].future->loop;
    Value outcome = check(loop, items, count);
    if (!value_failed(outcome) && !count)
        return gather_nothing(loop, outer);
    Gather *gather = value_failed(outcome) ? NULL : gather_new(count, return_exceptions);
    if (!gather) {
        awaitables_give_up(items, count);
        return value_failed(outcome) ? outcome : value_exception(&MemoryError, "no memory to gather");
    }
    outcome = add_children(gather, loop, items, count);
    if (!value_failed(outcome)) {
        FutureStory story = {.return_when = return_exceptions ? "ALL_COMPLETED" : "FIRST_EXCEPTION"};
        *outer = future_new_told(loop, "gather", gather->children, count, &story);
        if (*outer) {
            (*outer)->gather = gather;
            gather->outer = *outer;
            return NONE;
        }
        outcome = future_missing();
    }
    for (size_t k = 0; k < gather->count; k++)
        future_remove_done_callback(gather->children[k], on_child_done, gather);
    gather_release(gather);
    return outcome;
}

Future *gather(const Awaitable *items, size_t count, bool return_exceptions)
{
    Future *outer;
    Value outcome = gather_begin(thread.running, items, count, return_exceptions, &outer);
    return value_failed(outcome) ? NULL : outer;
}

static void give_back(void *outer)
{
    future_release(outer);
}

Value await_gather(const Awaitable *items, size_t count, bool return_exceptions)
{
    Task *task = task_awaiting();
    Future *outer = NULL;
    if (!task) {
        awaitables_give_up(items, count);
        return value_exception(&RuntimeError, "await outside a task");
    }
    TRY(gather_begin(task->future.loop, items, count, return_exceptions, &outer));
    Guard guard;
    guard_push(&guard, give_back, outer);
    Value outcome = await_future(outer);
    guard_pop(&guard);
    if (outcome.kind == VALUE_LIST) /* the future's own goes with it */
        outcome = value_list(outcome.list->items, value_count(outcome));
    future_release(outer);
    return outcome;
}
