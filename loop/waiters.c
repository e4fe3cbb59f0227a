/*
 * waiters.c — the line of those who wait for an object.
 */
#include "waiters.h"

#include "misuse.h"
#include "scheduler.h"
#include "task.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------- objects */

void *bound_new(size_t size, const char *type, void (*destroy)(Shared *shared))
{
    Bound *object = memory_allocate(size);
    if (!object)
        return NULL;
    memset(object, 0, size);
    *object = (Bound){.shared = {1, destroy}, .type = type, .size = (uint32_t)size};
    return object;
}

void *bound_keep(void *object)
{
    if (object)
        ((Bound *)object)->shared.references++;
    return object;
}

void bound_release(void *object)
{
    if (object)
        shared_release(&((Bound *)object)->shared);
}

void bound_free(Bound *object)
{
    if (object->loop)
        loop_unreference(object->loop);
    shared_free(&object->shared, object->size, sizeof *object);
}

void bound_give_back(void *object, const char *function, const char *what)
{
    Bound *bound = object;
    if (!bound)
        return;
    if (UNLIKELY(bound->freed))
        misuse_gone(function, what);
    bound->freed = true;
    bound_release(bound);
}

Value bound_refuses(const void *object)
{
    if (!object)
        return value_exception(&MemoryError, "no object to wait for");
    if (!task_awaiting())
        return value_exception(&RuntimeError, "await outside a task");
    return NONE;
}

/* CPython's _LoopBoundMixin._get_loop */
static Value bind(Bound *object, Loop *loop)
{
    if (!object->loop) {
        object->loop = loop;
        loop->references++;
    }
    if (object->loop == loop)
        return NONE;
    return value_exception(&RuntimeError, text_format("<%s object at %p> is bound to a different event loop",
                                                      object->type, (void *)object));
}

/* ------------------------------------------------------------------------------------------- the line */

static void join(Waiters *line, Waiter *waiter)
{
    waiter->line = line;
    waiter->next = NULL;
    waiter->previous = line->last;
    if (line->last)
        line->last->next = waiter;
    else
        line->first = waiter;
    line->last = waiter;
    if (!line->asleep)
        line->asleep = waiter;
    if (!line->alive)
        line->alive = waiter;
}

void waiter_leave(Waiter *waiter)
{
    Waiters *line = waiter->line;
    if (!line)
        return;
    if (waiter->previous)
        waiter->previous->next = waiter->next;
    else
        line->first = waiter->next;
    if (waiter->next)
        waiter->next->previous = waiter->previous;
    else
        line->last = waiter->previous;
    if (line->asleep == waiter)
        line->asleep = waiter->next;
    if (line->alive == waiter)
        line->alive = waiter->next;
    waiter->line = NULL;
}

bool waiters_alive(Waiters *line)
{
    while (line->alive && future_cancelled(line->alive->future))
        line->alive = line->alive->next;
    return line->alive != NULL;
}

Waiter *waiters_next(Waiters *line)
{
    while (line->asleep && future_done(line->asleep->future))
        line->asleep = line->asleep->next;
    return line->asleep;
}

/* ------------------------------------------------------------------------------------------- a call */

static void give_back(void *context)
{
    Waiter *waiter = context;
    waiter_leave(waiter);
    future_release(waiter->future);
    bound_release(waiter->object);
}

void waiter_begin(Waiter *waiter, void *object)
{
    *waiter = (Waiter){.object = bound_keep(object)};
    guard_push(&waiter->guard, give_back, waiter);
}

void waiter_end(Waiter *waiter)
{
    guard_pop(&waiter->guard);
    give_back(waiter);
}

Value waiter_wait(Waiter *waiter, Waiters *line, const char *of, Frame *frame)
{
    return waiter_wait_told(waiter, line, of, NULL, frame);
}

Value waiter_wait_told(Waiter *waiter, Waiters *line, const char *of, const FutureStory *story, Frame *frame)
{
    Task *task = task_awaiting();
    future_release(waiter->future);
    waiter->future = NULL;
    TRY(bind(waiter->object, task->future.loop));
    waiter->future = future_new_told(task->future.loop, of, NULL, 0, story);
    if (!waiter->future)
        return value_exception(&MemoryError, "no future to wait in line");
    join(line, waiter);
    Value outcome = task_wait_in(frame, task, waiter->future);
    waiter_leave(waiter);
    return outcome;
}
