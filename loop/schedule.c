/*
 * schedule.c — another order than asyncio's.
 *
 * The iterations stay as they are, and so does what each of them runs; only who of a batch comes next may be
 * chosen. The chosen handle is brought to the head of the queue, past those that stood before it, which keep
 * their order:
 *
 *     t1  t2  t3  │ to come          the third is chosen          t3  t1  t2  │ to come
 *
 * Callbacks keep the order among themselves in which they were registered, and so do those of a future and
 * the wake-ups of the tasks that wait for it: asyncio promises that, and relies on it itself. Steps of tasks,
 * timers and descriptors stand in an order that just comes about.
 */
#include "schedule.h"

#include "scheduler.h"
#include "task.h"
#include "thread.h"

#include <stdio.h>

/* Is it one of those that run in the order in which they were registered? */
static bool is_registered(const QueueEntry *entry)
{
    return entry->kind == HANDLE_CALLBACK || (entry->kind == HANDLE_CALL && entry->in_order);
}

/* The future whose being done has brought it here. NULL: none, or it is cancelled */
static const Future *future_of(QueueEntry *entry)
{
    if (entry->kind == HANDLE_CALLBACK)
        return entry_handle(entry)->future;
    return entry->kind == HANDLE_WAKEUP ? entry_task(entry)->waiter : NULL;
}

/* Does one of the other kind, a callback or a wake-up, stand before it that the same future has brought? */
static bool stands_behind(const Loop *loop, size_t at)
{
    QueueEntry *entry = ready_peek(&loop->ready, at);
    const Future *future = future_of(entry);
    for (size_t k = 0; future && k < at; k++) {
        QueueEntry *other = ready_peek(&loop->ready, k);
        if (other->kind != entry->kind && future_of(other) == future && !other->cancelled)
            return true;
    }
    return false;
}

/* The place in the queue of candidate k, if there are so many; *count, if it is wanted, of them all. */
static size_t place_of(const Loop *loop, size_t batch, size_t k, size_t *count)
{
    bool one_registered = false, callbacks = false;
    size_t found = 0, place = batch;
    for (size_t at = 0; at < batch && (count || found <= k); at++) {
        QueueEntry *entry = ready_peek(&loop->ready, at);
        bool registered = is_registered(entry);
        callbacks = callbacks || entry->kind == HANDLE_CALLBACK;
        if (entry->cancelled || (registered && one_registered))
            continue;
        one_registered = one_registered || registered;
        if (callbacks && stands_behind(loop, at))
            continue;
        if (found++ == k)
            place = at;
    }
    if (count)
        *count = found;
    return place;
}

static void bring_forward(ReadyQueue *ready, size_t place)
{
    QueueEntry *chosen = ready->slots[(ready->head + place) & ready->mask];
    for (; place; place--)
        ready->slots[(ready->head + place) & ready->mask] =
            ready->slots[(ready->head + place - 1) & ready->mask];
    ready->slots[ready->head & ready->mask] = chosen;
}

/* One that was cancelled only leaves the queue, and nothing depends on when. */
void schedule_choose(Loop *loop, size_t batch)
{
    if (batch < 2 || ready_peek(&loop->ready, 0)->cancelled)
        return;
    Choice choice = {.loop = loop, .batch = batch};
    place_of(loop, batch, 0, &choice.count);
    size_t k = choice.count > 1 ? loop->choose(&choice, loop->choose_context) : 0;
    if (k && k < choice.count)
        bring_forward(&loop->ready, place_of(loop, batch, k, NULL));
}

static QueueEntry *candidate(const Choice *choice, size_t k)
{
    return ready_peek(&choice->loop->ready, place_of(choice->loop, choice->batch, k, NULL));
}

Task *choice_task(const Choice *choice, size_t k)
{
    if (!choice || k >= choice->count)
        return NULL;
    QueueEntry *entry = candidate(choice, k);
    return entry_is_step(entry) ? entry_task(entry) : NULL;
}

/* The task that the end of its sleep, or of its time to wait, will wake. */
static const Task *sleeper(QueueEntry *entry)
{
    const Future *future = entry_is_step(entry) ? NULL : entry_handle(entry)->future;
    bool timer = entry->kind == HANDLE_SET_PREPARED || entry->kind == HANDLE_RELEASE_WAIT;
    QueueEntry *waits = timer && future && future->state == FUTURE_PENDING ? future->first_callback : NULL;
    return waits && entry_is_step(waits) ? entry_task(waits) : NULL;
}

const char *choice_name(const Choice *choice, size_t k, char *buffer, size_t size)
{
    const Task *task = choice_task(choice, k);
    QueueEntry *entry = choice && k < choice->count ? candidate(choice, k) : NULL;
    if (task)
        snprintf(buffer, size, "%s", task_name(task));
    else if (entry && sleeper(entry))
        snprintf(buffer, size, "the timer of %s", task_name(sleeper(entry)));
    else
        snprintf(buffer, size, "%s()", entry ? listing_trim(&thread.listing, entry_handle(entry)->name) : "");
    return buffer;
}

void loop_set_schedule(LoopChoose choose, void *context)
{
    thread_prepare();
    thread.choose = choose;
    thread.choose_context = context;
}
