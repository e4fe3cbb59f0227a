/*
 * gather.c — gather: one future for many, done when all of them are.
 *
 * It is a future of its own kind (CPython's _GatheringFuture): cancelling it cancels the children, and it
 * ends itself only when they have. Each child has a callback that counts. Callbacks can still stand in the
 * ready queue when the outer future is gone, so they share the record, which outlives it.
 */
#include "gather.h"

#include "emit.h"
#include "scheduler.h"
#include "task.h"
#include "value.h"

struct Gather {
    Shared shared;
    Future *outer; /* not a reference: the outer future has one to this record; NULL before and after it */
    bool return_exceptions, cancel_requested;
    size_t finished;
    size_t different; /* children; of one that was given twice, the second does not count */
    size_t count;
    Future **children; /* in the order given */
    ValueList *results;
};

/* ------------------------------------------------------------------------------------------------ children
 */

static void release_children(Gather *gather)
{
    size_t count = gather->count;
    gather->count = 0;
    for (size_t k = 0; k < count; k++)
        future_release(gather->children[k]);
}

static void destroy(Shared *shared)
{
    Gather *gather = (Gather *)shared;
    release_children(gather);
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

static void on_child_done(Future *child, void *context)
{
    Gather *gather = context;
    Future *outer = gather->outer;
    gather->finished++;
    if (!outer || future_done(outer)) {
        future_see(child);
        return;
    }
    if (!gather->return_exceptions) {
        Value result = future_result(child);
        if (value_failed(result)) {
            future_set_exception(outer, result);
            return;
        }
    }
    if (gather->finished < gather->different)
        return;
    collect_results(gather);
    if (gather->cancel_requested) /* whatever return_exceptions says */
        future_set_exception(outer, future_cancelled_error(gather->children[gather->count - 1]));
    else
        future_set_result(outer, value_of_list(gather->results));
}

/* ----------------------------------------------------------------------------------------------- the future
 */

/* What is not done goes on without it, and may be nobody's any more. */
void gather_release(Gather *gather)
{
    gather->outer = NULL;
    release_children(gather);
    shared_release(&gather->shared);
}

bool gather_cancel(Future *outer, const char *message)
{
    Gather *gather = outer->gather;
    bool pending = !future_done(outer);
    if (UNLIKELY(outer->loop->trace != NULL))
        emit_cancel(outer, pending ? "children" : "none", 0, message);
    if (!pending)
        return false;
    bool cancelled = false;
    for (size_t k = 0; k < gather->count; k++)
        cancelled |= future_cancel(gather->children[k], message);
    gather->cancel_requested |= cancelled;
    return cancelled;
}

/* ------------------------------------------------------------------------------------------------ making it
 */

static Gather *gather_new(size_t count, bool return_exceptions)
{
    size_t list = sizeof(ValueList) + count * sizeof(Value);
    Gather *gather = memory_allocate(sizeof *gather + list + count * sizeof(Future *));
    if (!gather)
        return NULL;
    ValueList *results = (ValueList *)(void *)(gather + 1);
    *gather = (Gather){
        .shared = {1, destroy},
        .return_exceptions = return_exceptions,
        .results = results,
        .children = (Future **)(void *)((char *)results + list),
    };
    return gather;
}

/* The task that was made of this coroutine, when it stands in the list for the second time. */
static Future *task_of(const Gather *gather, const Coroutine *coroutine)
{
    for (size_t k = 0; coroutine->of_task && k < gather->count; k++) {
        const Task *task = future_task(gather->children[k]);
        if (task && task->coroutine == coroutine)
            return gather->children[k];
    }
    return NULL;
}

/* The next child: a task made of a coroutine is nobody else's, so nobody is told when it is dropped. */
static Value add_child(Gather *gather, Loop *loop, Awaitable *item)
{
    Future *child = item->future;
    if (item->coroutine && !(child = task_of(gather, item->coroutine))) {
        Task *task = loop_create_task(loop, item->coroutine, NULL);
        item->coroutine = NULL;
        if (!task)
            return value_exception(&MemoryError, "no memory for a task");
        task->silent = true;
        child = task_future(task);
    } else {
        future_keep(child);
    }
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
        if (items[k].coroutine && !task_of(gather, items[k].coroutine))
            coroutine_give_up(items[k].coroutine);
    for (size_t n = 0; n < gather->count; n++)
        gather->children[n]->marked = false;
    return outcome;
}

/* NONE, or why it cannot begin. */
static Value check(Loop *loop, const Awaitable *items, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (!items || (!items[k].coroutine && !items[k].future))
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
    if (count && items && items[0].future)
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
        *outer = future_new(loop, "gather", gather->children, count);
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
    Future *outer;
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
