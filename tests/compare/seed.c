/*
 * What is kept stands in one list, and goes in the order in which it came.
 */
#include "seed.h"

#include <stdlib.h>

typedef struct Later {
    Future *future;
    const char *label;
    Value value;
} Later;

/* One of these. */
typedef struct Kept {
    Future *future;
    Handle *handle;
    Later *later;
} Kept;

static Kept *all;
static size_t kept, space;

static void add(Kept one)
{
    if (kept == space) {
        space = space ? 2 * space : 64;
        all = realloc(all, space * sizeof *all);
        if (!all)
            abort();
    }
    all[kept++] = one;
}

Future *keep(Future *future)
{
    if (future)
        add((Kept){.future = future});
    return future;
}

Task *keep_task(Task *task)
{
    keep(task_future(task));
    return task;
}

Handle *keep_handle(Handle *handle)
{
    if (handle)
        add((Kept){.handle = handle_keep(handle)});
    return handle;
}

Value forget(Value result)
{
    for (size_t k = 0; k < kept; k++) {
        future_release(all[k].future);
        handle_release(all[k].handle);
        free(all[k].later);
    }
    free(all);
    all = NULL;
    kept = space = 0;
    return result;
}

void say(const char *label, Value value)
{
    print("%s %s", label, repr(value));
}

Value now(void)
{
    return value_float((double)loop_time(loop_running()) / 1e9);
}

Value value_pair(Value one, Value other)
{
    return value_list((Value[]){one, other}, 2);
}

Value await_sizes(Future *const *futures, size_t count, int64_t timeout, WaitUntil until)
{
    WaitResult result;
    TRY(await_wait(futures, count, timeout, until, &result));
    Value sizes = value_pair(value_int((int64_t)result.done.count), value_int((int64_t)result.pending.count));
    wait_result_release(&result);
    return sizes;
}

static void set_result(void *context)
{
    const Later *later = context;
    say(later->label, future_set_result(later->future, later->value));
}

Handle *set_result_later(Future *future, int64_t delay, const char *label, Value value)
{
    Later *later = malloc(sizeof *later);
    if (!later)
        abort();
    *later = (Later){future, label, value};
    add((Kept){.later = later});
    return loop_call_later(loop_running(), delay, set_result, later);
}

static void cancel(void *task)
{
    task_cancel(task, NULL);
}

void cancel_later(Task *task, int64_t delay)
{
    keep(future_keep(task_future(task)));
    loop_call_later(loop_running(), delay, cancel, task);
}

bool at_least_2(void *count)
{
    return *(int *)count >= 2;
}
