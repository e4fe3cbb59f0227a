/*
 * test_memory.c — out of memory: every program is run again and again, and each time one allocation later
 * fails. It must end with an error that is a value, report nothing false, and leave the thread able to run
 * the next one.
 */
#include "support.h"

#include "memory.h"

static Value child(Value seconds)
{
    TRY(await_sleep(loop_seconds((double)seconds.integer)));
    return value_text(text_format("%d", (int)seconds.integer));
}

static Value everything(Value unused)
{
    Future *futures[3] = {NULL};
    Value outcome = NONE;
    for (int k = 0; k < 3; k++) {
        Task *task = task_create_named(coroutine(child, value_int(k + 1)), "child");
        futures[k] = task_future(task);
        if (!task)
            outcome = value_exception(&MemoryError, NULL);
    }
    WaitResult result = {0};
    if (!value_failed(outcome))
        outcome = await_wait(futures, 3, loop_seconds(2), ALL_COMPLETED, &result);
    wait_result_release(&result);
    Future *future = loop_create_future(loop_running());
    if (future && future_set_result_later(future, 5, NONE) && !value_failed(outcome))
        outcome = await_future(future);
    future_release(future);
    for (int k = 0; k < 3; k++)
        future_release(futures[k]);
    return outcome;
}

static Awaitable sleeper(int seconds)
{
    return awaitable(coroutine(child, value_int(seconds)));
}

static Value gathers(Value unused)
{
    Awaitable items[] = {sleeper(1), sleeper(2)};
    Value list = await_gather(items, 2, true);
    TRY(list);
    for (size_t k = 0; k < value_count(list); k++)
        TRY(value_item(list, k));
    list = await_gather(NULL, 0, false);
    return list;
}

static Value waits_for(Value unused)
{
    TRY(await_wait_for(sleeper(1), loop_seconds(2)));
    Value outcome = await_wait_for(sleeper(2), loop_seconds(1));
    if (!value_is(outcome, &TimeoutError))
        return outcome;
    outcome = await_wait_for(sleeper(2), 0);
    return value_is(outcome, &TimeoutError) ? NONE : outcome;
}

static Value limits(Value unused)
{
    Timeout *limit = timeout_enter(loop_seconds(2));
    Value outcome = limit ? await_sleep(loop_seconds(1)) : NONE;
    if (!value_failed(outcome))
        outcome = timeout_reschedule(limit, loop_seconds(3));
    if (!value_failed(outcome))
        outcome = await_sleep(loop_seconds(9));
    outcome = timeout_exit(limit, outcome, NULL);
    return value_is(outcome, &TimeoutError) ? NONE : outcome;
}

static Value shields(Value unused)
{
    return await_shield(sleeper(1));
}

static Value takes_what_comes(Value unused)
{
    Awaitable items[] = {sleeper(2), sleeper(1), sleeper(5)};
    AsCompleted *iterator = as_completed(items, 3, loop_seconds(3));
    Value outcome = iterator ? NONE : value_exception(&MemoryError, NULL);
    while (!value_failed(outcome) && as_completed_left(iterator))
        outcome = await_next_completed(iterator);
    as_completed_free(iterator);
    return value_is(outcome, &TimeoutError) ? NONE : outcome;
}

static Value fails_soon(Value unused)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(&ValueError, "soon");
}

static Value groups(Value unused)
{
    TaskGroup *group = task_group_enter();
    Value outcome = NONE;
    Coroutine *coroutines[] = {coroutine(child, value_int(3)), coroutine(fails_soon, NONE)};
    for (int k = 0; k < 2; k++) {
        Task *task = task_group_create_task_named(group, coroutines[k], "member");
        if (!task && !value_failed(outcome))
            outcome = value_exception(&MemoryError, NULL);
        task_release(task);
    }
    outcome = await_task_group_exit(group, outcome);
    for (size_t k = 0; k < value_group_count(outcome); k++)
        if (value_is(value_group_error(outcome, k), &MemoryError))
            return value_group_error(outcome, k);
    return value_is_group(outcome) ? NONE : outcome;
}

static CoroutineFunction attempted; /* by run_with_failure() */

/* In a thread of its own: nothing is pooled yet, so every allocation is a real one. */
static void *run_with_failure(void *nth)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    memory_fail_after(*(long *)nth);
    Coroutine *main_coroutine = coroutine_new("program", attempted, NONE);
    Value result = main_coroutine ? loop_run(main_coroutine) : value_exception(&MemoryError, NULL);
    bool failed = memory_has_failed();
    memory_fail_after(-1);
    assert_true(value_is(result, &MemoryError) || !value_failed(result));
    assert_false(value_failed(loop_run(coroutine_new("program", attempted, NONE))));
    return failed ? nth : NULL;
}

/* @return how many allocations there are */
static long fail_each(CoroutineFunction program)
{
    attempted = program;
    return fail_each_allocation(run_with_failure);
}

static void any_allocation_may_fail(void **state)
{
    assert_true(fail_each(everything) > 12);
}

static void any_allocation_of_a_gather_may_fail(void **state)
{
    assert_true(fail_each(gathers) > 8);
}

static void any_allocation_of_a_wait_for_may_fail(void **state)
{
    assert_true(fail_each(waits_for) > 8);
}

static void any_allocation_of_a_timeout_may_fail(void **state)
{
    assert_true(fail_each(limits) > 8);
}

static void any_allocation_of_a_shield_may_fail(void **state)
{
    assert_true(fail_each(shields) > 8);
}

static void any_allocation_of_as_completed_may_fail(void **state)
{
    assert_true(fail_each(takes_what_comes) > 8);
}

static void any_allocation_of_a_group_of_tasks_may_fail(void **state)
{
    assert_true(fail_each(groups) > 8);
}

static void *trace_with_failure(void *nth)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    memory_fail_after(*(long *)nth);
    Trace *trace = trace_open_memory(&(TraceOptions){.clock = CLOCK_VIRTUAL});
    Coroutine *main_coroutine = coroutine(everything, NONE);
    if (main_coroutine)
        loop_run(main_coroutine);
    trace_close(trace, "exit", 0);
    bool failed = memory_has_failed();
    memory_fail_after(-1);
    return failed ? nth : NULL;
}

static void any_allocation_of_a_traced_program_may_fail(void **state)
{
    assert_true(fail_each_allocation(trace_with_failure) > 12);
}

static void a_pool_gives_the_block_back_that_was_returned_last(void **state)
{
    typedef struct Block {
        char bytes[40];
    } Block;
    Pool pool = POOL(Block);
    assert_int_equal(pool.size, 48);
    void *first = pool_take(&pool);
    void *second = pool_take(&pool);
    assert_ptr_not_equal(first, second);
    pool_give(&pool, first);
    pool_give(&pool, second);
    assert_ptr_equal(pool_take(&pool), second);
    assert_ptr_equal(pool_take(&pool), first);
    void *many[5000];
    for (int k = 0; k < 5000; k++)
        assert_non_null(many[k] = pool_take(&pool));
    for (int k = 0; k < 5000; k++)
        pool_give(&pool, many[k]);
    pool_give(&pool, first);
    pool_give(&pool, second);
    pool_free(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(any_allocation_may_fail),
        rule(any_allocation_of_a_gather_may_fail),
        rule(any_allocation_of_a_wait_for_may_fail),
        rule(any_allocation_of_a_timeout_may_fail),
        rule(any_allocation_of_a_shield_may_fail),
        rule(any_allocation_of_as_completed_may_fail),
        rule(any_allocation_of_a_group_of_tasks_may_fail),
        rule(any_allocation_of_a_traced_program_may_fail),
        rule(a_pool_gives_the_block_back_that_was_returned_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
