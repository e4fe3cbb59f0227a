/*
 * test_memory.c — out of memory: every program is run again and again, and each time one allocation later
 * fails. It must end with an error that is a value, report nothing false, and leave the thread able to run
 * the next one.
 */
#include "support.h"

#include <pthread.h>

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

/* In a thread of its own: nothing is pooled yet, so every allocation is a real one. */
static void *run_with_failure(void *nth)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    memory_fail_after(*(long *)nth);
    Coroutine *main_coroutine = coroutine(everything, NONE);
    Value result = main_coroutine ? loop_run(main_coroutine) : value_exception(&MemoryError, NULL);
    bool failed = memory_has_failed();
    memory_fail_after(-1);
    assert_true(value_is(result, &MemoryError) || !value_failed(result));
    assert_false(value_failed(loop_run(coroutine(everything, NONE))));
    return failed ? nth : NULL;
}

static void any_allocation_may_fail(void **state)
{
    bool failed = true;
    long nth;
    for (nth = 0; failed; nth++) {
        pthread_t thread;
        void *answer;
        assert_int_equal(pthread_create(&thread, NULL, run_with_failure, &nth), 0);
        pthread_join(thread, &answer);
        failed = answer != NULL;
    }
    assert_true(nth > 12); /* so many there are at least */
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
    bool failed = true;
    for (long nth = 0; failed; nth++) {
        pthread_t thread;
        void *answer;
        assert_int_equal(pthread_create(&thread, NULL, trace_with_failure, &nth), 0);
        pthread_join(thread, &answer);
        failed = answer != NULL;
    }
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
        rule(any_allocation_of_a_traced_program_may_fail),
        rule(a_pool_gives_the_block_back_that_was_returned_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
