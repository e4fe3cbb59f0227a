/*
 * gather.c — gather(…, return_exceptions=True), as asyncio.run's shutdown needs it.
 *
 * A future that is done when all its children are. Cancelling it cancels the children; it ends itself only
 * when the last of them has ended.
 */
#include "emit.h"
#include "future.h"
#include "scheduler.h"

struct Gather {
    Shared shared;
    Future *outer; /* not a reference: the outer future has one to this record */
    size_t finished;
    bool cancel_requested;
    size_t count;
    Future *children[];
};

static void destroy(Shared *shared)
{
    Gather *gather = (Gather *)shared;
    for (size_t k = 0; k < gather->count; k++)
        future_release(gather->children[k]);
    memory_free(gather);
}

static void on_child_done(Future *child, void *context)
{
    Gather *gather = context;
    gather->finished++;
    future_see(child); /* with return_exceptions an exception is a result */
    if (!gather->outer || future_done(gather->outer) || gather->finished < gather->count)
        return;
    if (gather->cancel_requested)
        future_set_exception(gather->outer, future_cancelled_error(child));
    else
        future_set_result(gather->outer, value_pointer(gather, "[…]"));
}

void gather_release(Gather *gather)
{
    gather->outer = NULL;
    shared_release(&gather->shared);
}

Future *gather_all(Loop *loop, Future *const *futures, size_t count)
{
    Gather *gather = memory_allocate(sizeof *gather + count * sizeof(Future *));
    if (!gather)
        return NULL;
    *gather = (Gather){.shared = {1, destroy}};
    for (size_t k = 0; k < count; k++) {
        gather->shared.references++;
        if (!future_add_shared_callback(futures[k], "gather._done_callback", on_child_done,
                                        &gather->shared)) {
            gather->shared.references--;
            goto failed;
        }
        gather->children[gather->count++] = future_keep(futures[k]);
    }
    gather->outer = future_new(loop, "gather", gather->children, gather->count);
    if (!gather->outer)
        goto failed;
    gather->outer->gather = gather;
    return gather->outer;

failed:
    for (size_t k = 0; k < gather->count; k++)
        future_remove_done_callback(gather->children[k], on_child_done, gather);
    shared_release(&gather->shared);
    return NULL;
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
