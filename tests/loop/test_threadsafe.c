/*
 * test_threadsafe.c — other threads call into a loop: nothing is lost, and nobody is stuck who can be woken.
 */
#include "support.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "scheduler.h"
#include "thread.h"

static void finish(void *future)
{
    future_set_result(future, value_text("from a thread"));
}

typedef struct Caller {
    Loop *loop;
    Future *future;
} Caller;

static void *call_once(void *context)
{
    Caller *caller = context;
    assert_true(loop_call_soon_threadsafe(caller->loop, finish, caller->future));
    loop_let_go(caller->loop);
    return NULL;
}

static Value wait_for_a_thread(Value unused)
{
    Caller caller = {loop_running(), loop_create_future(loop_running())};
    pthread_t other;
    loop_hold(caller.loop);
    assert_int_equal(pthread_create(&other, NULL, call_once, &caller), 0);
    Value result = await_future(caller.future);
    pthread_join(other, NULL);
    future_release(caller.future);
    return result;
}

static void a_thread_wakes_a_loop_that_waits(void **state)
{
    Value result = run_traced(wait_for_a_thread, NONE);
    assert_string_equal(value_data(result), "from a thread");
    assert_traced("\"by\":\"thread\",\"what\":\"call\",\"callback\":\"finish\"");
    assert_traced("\"by\":\"io\",\"what\":\"call\",\"callback\":\"BaseSelectorEventLoop._read_from_self\"");
    assert_not_traced("\"ev\":\"stuck\"");
}

static Future *never;

static Value wait_for_nobody(Value unused)
{
    never = loop_create_future(loop_running());
    return await_future(never);
}

static void nobody_holds_the_loop_and_it_is_stuck(void **state)
{
    assert_is(loop_run(coroutine(wait_for_nobody, NONE)), StuckError);
    future_release(never);
}

static void *only_let_go(void *loop)
{
    loop_let_go(loop);
    return NULL;
}

static Value wait_for_one_who_leaves(Value unused)
{
    static pthread_t other;
    loop_hold(loop_running());
    assert_int_equal(pthread_create(&other, NULL, only_let_go, loop_running()), 0);
    pthread_detach(other);
    return wait_for_nobody(NONE);
}

static void who_lets_go_without_a_call_leaves_the_loop_stuck(void **state)
{
    assert_is(loop_run(coroutine(wait_for_one_who_leaves, NONE)), StuckError);
    future_release(never);
}

/* ------------------------------------------------------------------------------------------------ many */

enum { THREADS = 8, CALLS = 500 };

static size_t counted;
static Future *all_counted;

static void count(void *step)
{
    counted += *(size_t *)step;
    if (counted == THREADS * CALLS)
        future_set_result(all_counted, NONE);
}

static void *call_often(void *loop)
{
    static size_t step = 1;
    for (int k = 0; k < CALLS; k++)
        assert_true(loop_call_soon_threadsafe(loop, count, &step));
    loop_let_go(loop);
    return NULL;
}

static Value wait_for_many(Value unused)
{
    pthread_t threads[THREADS];
    Loop *loop = loop_running();
    counted = 0;
    all_counted = loop_create_future(loop);
    for (int k = 0; k < THREADS; k++) {
        loop_hold(loop);
        assert_int_equal(pthread_create(&threads[k], NULL, call_often, loop), 0);
    }
    Value result = await_future(all_counted);
    for (int k = 0; k < THREADS; k++)
        pthread_join(threads[k], NULL);
    future_release(all_counted);
    return result;
}

static void of_many_calls_none_is_lost(void **state)
{
    assert_false(value_failed(loop_run(coroutine(wait_for_many, NONE))));
    assert_int_equal(counted, THREADS * CALLS);
}

static Value be_busy(Value unused)
{
    for (;;)
        TRY(await_sleep(0));
}

static Value wait_for_many_beside_a_busy_task(Value unused)
{
    Task *busy = task_create(coroutine(be_busy, NONE));
    Value result = wait_for_many(NONE);
    task_release(busy);
    return result;
}

static void a_loop_that_never_waits_takes_calls_in_too(void **state)
{
    assert_false(value_failed(loop_run(coroutine(wait_for_many_beside_a_busy_task, NONE))));
    assert_int_equal(counted, THREADS * CALLS);
}

/* ------------------------------------------------------------------------------------- the loop's own thread
 */

static void say_word(void *word)
{
    say("%s", (const char *)word);
}

static Value call_myself(Value unused)
{
    assert_true(loop_call_soon_threadsafe(loop_running(), say_word, "call"));
    TRY(await_sleep(0));
    say("main");
    return await_sleep(loop_seconds(1));
}

/* As in CPython: call_soon, and a byte for the self-pipe, which the next select finds. */
static void the_loops_own_thread_may_call_too(void **state)
{
    assert_false(value_failed(run_traced(call_myself, NONE)));
    assert_said("call main");
    assert_int_equal(traced_times("_read_from_self"), 1);
    assert_traced("\"by\":\"soon\",\"what\":\"call\",\"callback\":\"say_word\"");
    assert_not_traced("\"by\":\"thread\"");
    assert_traced("\"ts\":1000000000,\"ev\":\"selected\",\"n\":0"); /* virtual time still jumps */
}

static void a_closed_loop_takes_no_calls(void **state)
{
    Loop *loop = loop_new(NULL);
    loop_close(loop);
    assert_false(loop_call_soon_threadsafe(loop, say_word, "never"));
    Loop *other = NULL;
    assert_false(loop_call_soon_threadsafe(other, say_word, "never"));
    assert_false(loop_call_soon_threadsafe_named(loop, "nothing", NULL, NULL));
    loop_hold(NULL);
    loop_let_go(NULL);
    loop_free(loop);
}

static void *call_into_closed(void *loop)
{
    return loop_call_soon_threadsafe(loop, say_word, "never") ? loop : NULL;
}

static void nor_from_another_thread(void **state)
{
    Loop *loop = loop_new(NULL);
    loop_close(loop);
    pthread_t other;
    void *answer;
    assert_int_equal(pthread_create(&other, NULL, call_into_closed, loop), 0);
    pthread_join(other, &answer);
    assert_null(answer);
    loop_free(loop);
}

static void *call_into_stopped(void *loop)
{
    return loop_call_soon_threadsafe(loop, say_word, "never") ? loop : NULL;
}

static void what_waits_in_the_gate_goes_with_the_loop(void **state)
{
    Loop *loop = loop_new(NULL);
    pthread_t other;
    void *answer;
    assert_int_equal(pthread_create(&other, NULL, call_into_stopped, loop), 0);
    pthread_join(other, &answer);
    assert_ptr_equal(answer, loop);
    loop_free(loop);
    assert_said("");
}

/* ---------------------------------------------------------------------------------------- out of memory */

static void *fail_then_call(void *loop)
{
    memory_fail_after(0);
    assert_false(loop_call_soon_threadsafe(loop, say_word, "lost"));
    memory_fail_after(-1);
    assert_true(loop_call_soon_threadsafe(loop, say_word, "kept"));
    loop_let_go(loop);
    return NULL;
}

/* The loop has no memory for the handle when it takes the call in: it does so later. */
static Value take_in_without_memory(Value unused)
{
    Loop *loop = loop_running();
    pthread_t other;
    loop_hold(loop);
    assert_int_equal(pthread_create(&other, NULL, fail_then_call, loop), 0);
    pthread_join(other, NULL);
    Pool *pool = &thread.handle_pool;
    char *fresh = pool->fresh;
    size_t count = pool->spare_count;
    void **taken = malloc((count + 1) * sizeof *taken);
    assert_non_null(taken);
    for (size_t k = 0; k < count; k++)
        taken[k] = pool_take(pool);
    pool->fresh = pool->limit;
    memory_fail_after(0);
    Value outcome = await_sleep(0);
    memory_fail_after(-1);
    say("main");
    pool->fresh = fresh;
    while (count)
        pool_give(pool, taken[--count]);
    free(taken);
    TRY(outcome);
    return await_sleep(0);
}

static void a_call_waits_until_there_is_memory_for_it(void **state)
{
    assert_false(value_failed(loop_run(coroutine(take_in_without_memory, NONE))));
    assert_said("main kept");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(a_thread_wakes_a_loop_that_waits),
        rule(nobody_holds_the_loop_and_it_is_stuck),
        rule(who_lets_go_without_a_call_leaves_the_loop_stuck),
        rule(of_many_calls_none_is_lost),
        rule(a_loop_that_never_waits_takes_calls_in_too),
        rule(the_loops_own_thread_may_call_too),
        rule(a_closed_loop_takes_no_calls),
        rule(nor_from_another_thread),
        rule(what_waits_in_the_gate_goes_with_the_loop),
        rule(a_call_waits_until_there_is_memory_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
