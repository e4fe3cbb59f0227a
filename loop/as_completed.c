/*
 * as_completed.c — as_completed: whatever is done puts itself into a queue, and each coroutine that the
 * iterator gives takes the next one out.
 *
 *     a future ends ──callback──► queue ──► one of the coroutines: its result
 *     the timer runs ───────────► None into the queue, once for each that is not done: TimeoutError
 *
 * As in CPython callbacks and timer stay when the iterator is given up half-way: they have nothing more to
 * do, but they have their turns. So all of them share the record.
 */
#include "misuse.h"
#include "scheduler.h"
#include "task.h"

/* What one future's callback shares with the iterator. */
typedef struct Entry {
    Shared shared; /* has a reference to the iterator */
    AsCompleted *iterator;
    Future *future; /* the iterator has the reference; once that is given up, NULL when the future is gone */
    bool todo;
} Entry;

struct AsCompleted {
    Shared shared;
    int64_t timeout; /* LOOP_FOREVER: none */
    Handle *timer;   /* while it can still run; not a reference: it has one to this */
    Queue *done;
    bool begun, given_up;
    size_t given, todo;
    size_t count;     /* of the items; when it has begun, of different futures */
    Awaitable *items; /* until it has begun; of their futures a reference each */
    Entry entries[];
};

/* -------------------------------------------------------------------------------- what the loop calls */

static void iterator_destroy(Shared *shared)
{
    AsCompleted *iterator = (AsCompleted *)shared;
    queue_free(iterator->done);
    shared_free(shared, sizeof *iterator + iterator->count * sizeof *iterator->entries,
                offsetof(AsCompleted, given));
}

static void entry_destroy(Shared *shared)
{
    Entry *entry = (Entry *)shared;
    if (entry->iterator->given_up)
        entry->future = NULL;
    shared_release(&entry->iterator->shared);
}

static void on_completion(Future *future, void *context)
{
    Entry *entry = context;
    AsCompleted *iterator = entry->iterator;
    if (!entry->todo)
        return; /* the timer was first */
    entry->todo = false;
    iterator->todo--;
    callback_failed(queue_put_nowait(iterator->done, value_future(future)));
    if (iterator->todo || !iterator->timer)
        return;
    handle_cancel(iterator->timer);
    iterator->timer = NULL;
}

static void on_timeout(void *context)
{
    AsCompleted *iterator = context;
    iterator->timer = NULL;
    iterator->todo = 0;
    for (size_t k = 0; k < iterator->count; k++) {
        Entry *entry = &iterator->entries[k];
        if (!entry->todo)
            continue;
        entry->todo = false;
        if (entry->future)
            future_remove_done_callback(entry->future, on_completion, entry);
        callback_failed(queue_put_nowait(iterator->done, NONE));
    }
}

/* ---------------------------------------------------------------------------------------- the first next */

/* Room for so many: what a callback puts into the queue must find some. */
static bool make_room(Queue *queue, size_t count)
{
    size_t made = 0;
    while (made < count && !value_failed(queue_put_nowait(queue, NONE)))
        made++;
    while (!queue_empty(queue))
        queue_get_nowait(queue);
    return made == count;
}

/* The same coroutine again, of which a task was made? */
static bool is_taken(const AsCompleted *iterator, const Coroutine *coroutine)
{
    for (size_t k = 0; coroutine->task && k < iterator->count; k++) {
        const Task *task = future_task(iterator->entries[k].future);
        if (task && task->coroutine == coroutine)
            return true;
    }
    return false;
}

/* What is given twice counts once. @return false when out of memory */
static bool add_entry(AsCompleted *iterator, Loop *loop, Awaitable item)
{
    if (item.coroutine && is_taken(iterator, item.coroutine))
        return true;
    Future *future = item.coroutine ? task_future(loop_create_task(loop, item.coroutine, NULL)) : item.future;
    if (!future)
        return false;
    if (future->marked) {
        future_release(future);
        return true;
    }
    future->marked = true;
    iterator->entries[iterator->count++] = (Entry){{1, entry_destroy}, iterator, future, true};
    return true;
}

/* A set of futures, in the order given. @return false when out of memory */
static bool make_entries(AsCompleted *iterator, Loop *loop)
{
    Awaitable *items = iterator->items;
    size_t count = iterator->count;
    bool made = true;
    iterator->items = NULL;
    iterator->count = 0;
    for (size_t k = 0; k < count; k++) {
        if (made) {
            made = add_entry(iterator, loop, items[k]);
            continue;
        }
        future_release(items[k].future);
        coroutine_give_up(items[k].coroutine);
    }
    for (size_t k = 0; k < iterator->count; k++)
        iterator->entries[k].future->marked = false;
    memory_free(items);
    return made;
}

static bool add_callbacks(AsCompleted *iterator)
{
    for (size_t k = 0; k < iterator->count; k++) {
        Entry *entry = &iterator->entries[k];
        if (!future_add_shared_callback(entry->future, "as_completed._on_completion", on_completion,
                                        &entry->shared))
            return false;
        iterator->shared.references++;
        iterator->todo++;
    }
    return true;
}

static bool set_timer(AsCompleted *iterator, Loop *loop)
{
    if (iterator->timeout == LOOP_FOREVER || !iterator->todo)
        return true;
    Handle *timer = loop_schedule(loop, clock_add(loop_time(loop), iterator->timeout), HANDLE_CALL,
                                  "as_completed._on_timeout", NULL, iterator);
    if (!timer)
        return false;
    timer->call = on_timeout;
    timer->shares = true;
    iterator->shared.references++;
    iterator->timer = timer;
    return true;
}

/* @return false when out of memory: then it has nothing to give */
static bool begin(AsCompleted *iterator)
{
    Loop *loop = thread.running;
    iterator->begun = true;
    iterator->done = queue_new(0);
    bool room = iterator->done && make_room(iterator->done, iterator->count);
    if (make_entries(iterator, loop) && room && add_callbacks(iterator) && set_timer(iterator, loop))
        return true;
    iterator->given = iterator->count;
    return false;
}

/* ------------------------------------------------------------------------------------------- the iterator */

AsCompleted *as_completed(const Awaitable *items, size_t count, int64_t timeout)
{
    bool complete = thread.running != NULL;
    for (size_t k = 0; complete && k < count; k++)
        complete = items && (items[k].coroutine || items[k].future);
    AsCompleted *iterator =
        complete ? memory_allocate(sizeof *iterator + count * sizeof iterator->entries[0]) : NULL;
    Awaitable *kept = iterator ? memory_allocate((count + 1) * sizeof *kept) : NULL;
    if (!kept) {
        memory_free(iterator);
        awaitables_give_up(items, count);
        return NULL;
    }
    *iterator =
        (AsCompleted){.shared = {1, iterator_destroy}, .timeout = timeout, .count = count, .items = kept};
    for (size_t k = 0; k < count; k++) {
        kept[k] = items[k];
        future_keep(kept[k].future);
    }
    return iterator;
}

size_t as_completed_left(const AsCompleted *iterator)
{
    return iterator ? iterator->count - iterator->given : 0;
}

static Value wait_for_one(Value argument)
{
    AsCompleted *iterator = argument.pointer;
    Value future = await_queue_get(iterator->done);
    TRY(future);
    return future.kind == VALUE_FUTURE ? future_result(future.future) : value_exception(&TimeoutError, NULL);
}
static const Frame wait_for_one_origin = {
    .function = "_wait_for_one", .file = "loop/as_completed.c", .line = __LINE__ - 5};

static Value next(AsCompleted *iterator, Coroutine **coroutine)
{
    if (!iterator)
        return value_exception(&MemoryError, "no iterator");
    if (!iterator->begun && !begin(iterator))
        return value_exception(&MemoryError, "no memory to wait for what is done next");
    if (!as_completed_left(iterator))
        return value_exception(&StopAsyncIteration, NULL);
    *coroutine = coroutine_new_own(&wait_for_one_origin, wait_for_one, value_pointer(iterator, NULL));
    if (!*coroutine)
        return value_exception(&MemoryError, "no memory for a coroutine");
    iterator->given++;
    return NONE;
}

Coroutine *as_completed_next(AsCompleted *iterator)
{
    Coroutine *coroutine = NULL;
    return value_failed(next(iterator, &coroutine)) ? NULL : coroutine;
}

Value await_next_completed(AsCompleted *iterator)
{
    Coroutine *coroutine = NULL;
    if (!task_awaiting())
        return value_exception(&RuntimeError, "await outside a task");
    TRY(next(iterator, &coroutine));
    return await_coroutine(coroutine);
}

void as_completed_free(AsCompleted *iterator)
{
    if (!iterator)
        return;
    if (UNLIKELY(iterator->given_up))
        misuse_gone("as_completed_free", "iterator");
    iterator->given_up = true;
    for (size_t k = 0; !iterator->begun && k < iterator->count; k++) {
        future_release(iterator->items[k].future);
        coroutine_give_up(iterator->items[k].coroutine);
    }
    for (size_t k = 0; iterator->begun && k < iterator->count; k++)
        future_release(iterator->entries[k].future);
    memory_free(iterator->items);
    iterator->items = NULL;
    shared_release(&iterator->shared);
}
