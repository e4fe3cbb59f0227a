/*
 * shield.c — shield: a future that ends as another does, and takes the cancels that were meant for that one.
 *
 *     inner ──callback──► copy: outer ends as inner did
 *     outer ──callback──► undo: outer was cancelled first; inner has nothing more to tell
 *
 * The inner future's callback holds the outer future, never the other way round, so that two futures that
 * everybody has forgotten are no ring that keeps itself alive.
 */
#include "scheduler.h"
#include "task.h"

typedef struct Copy Copy;

typedef struct Undo {
    Shared shared;
    Copy *copy; /* not a reference; NULL when that is gone */
} Undo;

struct Copy {
    Shared shared;
    Future *inner; /* not a reference: it has one to this */
    Future *outer;
    Undo *undo;
};

static void undo_destroy(Shared *shared)
{
    memory_free(shared);
}

static void copy_destroy(Shared *shared)
{
    Copy *copy = (Copy *)shared;
    copy->undo->copy = NULL;
    shared_release(&copy->undo->shared);
    future_release(copy->outer);
    memory_free(copy);
}

static void on_inner_done(Future *inner, void *context)
{
    Future *outer = ((Copy *)context)->outer;
    if (future_cancelled(outer)) {
        future_see(inner);
    } else if (future_cancelled(inner)) {
        future_cancel(outer, NULL);
    } else {
        Value result = future_result(inner);
        callback_failed(value_failed(result) ? future_set_exception(outer, result)
                                             : future_set_result(outer, result));
    }
}

static void on_outer_done(Future *outer, void *context)
{
    Copy *copy = ((Undo *)context)->copy;
    (void)outer;
    if (copy && !future_done(copy->inner))
        future_remove_done_callback(copy->inner, on_inner_done, copy);
}

static Future *shield_pending(Future *inner)
{
    Loop *loop = inner->loop;
    Future *outer = future_new(loop, "shield", &inner, 1);
    Copy *copy = memory_allocate(sizeof *copy);
    Undo *undo = memory_allocate(sizeof *undo);
    if (!outer || !copy || !undo) {
        future_release(outer);
        memory_free(copy);
        memory_free(undo);
        return NULL;
    }
    *undo = (Undo){.shared = {1, undo_destroy}, .copy = copy};
    *copy = (Copy){.shared = {1, copy_destroy}, .inner = inner, .outer = future_keep(outer), .undo = undo};
    copy->shared.references++;
    undo->shared.references++;
    bool tells =
        future_add_shared_callback(inner, "shield._inner_done_callback", on_inner_done, &copy->shared);
    bool hears = tells && future_add_shared_callback(outer, "shield._outer_done_callback", on_outer_done,
                                                     &undo->shared);
    if (!hears)
        shared_release(&undo->shared);
    if (!tells)
        shared_release(&copy->shared);
    else if (!hears)
        future_remove_done_callback(inner, on_inner_done, copy);
    shared_release(&copy->shared);
    if (hears)
        return outer;
    future_release(outer);
    return NULL;
}

Future *shield(Awaitable item)
{
    Future *inner = ensure_future(item);
    if (!inner || future_done(inner))
        return inner;
    Future *outer = shield_pending(inner);
    future_release(inner);
    return outer;
}

static void give_back(void *outer)
{
    future_release(outer);
}

Value await_shield(Awaitable item)
{
    if (!task_awaiting()) {
        coroutine_give_up(item.coroutine);
        return value_exception(&RuntimeError, "await outside a task");
    }
    Future *outer = shield(item);
    Guard guard;
    guard_push(&guard, give_back, outer);
    Value outcome = await_future(outer);
    guard_pop(&guard);
    future_release(outer);
    return outcome;
}
