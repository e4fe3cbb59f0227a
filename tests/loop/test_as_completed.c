/*
 * test_as_completed.c — as_completed: results in the order in which they come.
 */
#include "support.h"

#include <string.h>

#include "scheduler.h"

static void say_value(Value value)
{
    char text[256];
    value_repr(value, text, sizeof text);
    say("%s", text);
}

static Value ends(Value number)
{
    TRY(await_sleep(loop_seconds((double)(number.integer % 100))));
    return number.integer >= 100 ? value_exception(&ValueError, "boom") : number;
}

static Awaitable child(int64_t number)
{
    return awaitable(coroutine(ends, value_int(number)));
}

static Value all_of(AsCompleted *iterator)
{
    while (as_completed_left(iterator)) {
        Value result = await_next_completed(iterator);
        say_value(result);
        if (value_is(result, &CancelledError))
            return result;
    }
    return NONE;
}

static Value three(Value timeout)
{
    Awaitable items[] = {child(3), child(101), child(2)};
    AsCompleted *iterator = as_completed(items, 3, timeout.integer);
    say("left:%d", (int)as_completed_left(iterator));
    Value outcome = all_of(iterator);
    say_value(await_next_completed(iterator));
    assert_null(as_completed_next(iterator));
    as_completed_free(iterator);
    return outcome;
}

static void results_come_in_the_order_of_their_ends(void **state)
{
    assert_false(value_failed(run_traced(three, value_int(LOOP_FOREVER))));
    assert_said("left:3 ValueError('boom') 2 3 StopAsyncIteration()");
    assert_traced("\"of\":\"Queue.get\"");
    assert_traced("[\"_wait_for_one\",\"loop/as_completed.c\",");
    assert_int_equal(traced_times("\"name\":\"_wait_for_one\""), 0);
    assert_int_equal(traced_times("\"function\":\"_wait_for_one\""), 0);
}

static void what_is_not_done_in_time_is_a_timeout_each(void **state)
{
    assert_false(value_failed(run_traced(three, value_int(loop_seconds(1.5)))));
    assert_said("left:3 ValueError('boom') TimeoutError() TimeoutError() StopAsyncIteration()");
    assert_traced("\"callback\":\"as_completed._on_timeout\"");
    assert_int_equal(traced_times("\"ev\":\"callback_remove\""), 2);
}

static void in_time_the_timer_is_cancelled(void **state)
{
    assert_false(value_failed(run_traced(three, value_int(loop_seconds(60)))));
    assert_int_equal(program_time(), loop_seconds(3));
    assert_int_equal(traced_times("\"ev\":\"handle_cancel\""), 3 + 1); /* each sleep cancels its own */
}

static Value lazy(Value unused)
{
    Awaitable items[] = {child(1), child(2)};
    AsCompleted *iterator = as_completed(items, 2, loop_seconds(1.5));
    say("ready:%d", (int)ready_count(&loop_running()->ready));
    TRY(await_sleep(loop_seconds(5)));
    Value outcome = all_of(iterator);
    as_completed_free(iterator);
    return outcome;
}

/* A generator: its body begins with the first next. */
static void nothing_happens_before_the_first_next(void **state)
{
    assert_false(value_failed(run_traced(lazy, NONE)));
    assert_said("ready:0 1 TimeoutError()");
    assert_int_equal(program_time(), loop_seconds(6.5));
}

static Value twice(Value unused)
{
    Coroutine *same = coroutine(ends, value_int(1));
    Task *task = task_create(coroutine(ends, value_int(2)));
    Awaitable items[] = {awaitable(task), awaitable(same), awaitable(same), awaitable(task)};
    AsCompleted *iterator = as_completed(items, 4, LOOP_FOREVER);
    Coroutine *first = as_completed_next(iterator);
    say("left:%d", (int)as_completed_left(iterator));
    Coroutine *second = as_completed_next(iterator);
    say_value(await_coroutine(second));
    say_value(await_coroutine(first));
    as_completed_free(iterator);
    task_release(task);
    return NONE;
}

/* And a coroutine of the iterator is bound to no item: whoever asks first gets what comes first. */
static void what_is_given_twice_counts_once(void **state)
{
    assert_false(value_failed(run_traced(twice, NONE)));
    assert_said("left:1 1 2");
}

static Value given_up(Value unused)
{
    Awaitable items[] = {child(1), child(3), child(4)};
    AsCompleted *iterator = as_completed(items, 3, loop_seconds(3.5));
    say_value(await_next_completed(iterator));
    as_completed_free(iterator);
    return await_sleep(loop_seconds(9));
}

static void given_up_half_way_the_callbacks_still_have_their_turns(void **state)
{
    assert_false(value_failed(run_traced(given_up, NONE)));
    assert_said("1");
    assert_int_equal(traced_times("\"callback\":\"as_completed._on_completion\""), 3 - 1);
    assert_traced("\"ts\":3500000000,\"ev\":\"run\"");
}

static Value never_begun(Value unused)
{
    Future *future = loop_create_future(loop_running());
    Awaitable items[] = {child(1), awaitable(future)};
    as_completed_free(as_completed(items, 2, LOOP_FOREVER));
    future_release(future);
    return NONE;
}

static void given_up_before_it_began_its_coroutines_never_run(void **state)
{
    assert_false(value_failed(run_traced(never_begun, NONE)));
    assert_traced("\"never_awaited\":true");
}

static Value forgotten(Value unused)
{
    Future *future = loop_create_future(loop_running());
    Awaitable items[] = {awaitable(future), child(1)};
    AsCompleted *iterator = as_completed(items, 2, loop_seconds(3));
    say_value(await_next_completed(iterator));
    as_completed_free(iterator);
    future_release(future);
    return await_sleep(loop_seconds(4));
}

static void futures_that_everybody_forgot_go(void **state)
{
    assert_false(value_failed(run_traced(forgotten, NONE)));
    assert_said("1");
}

static Value of_nothing(Value unused)
{
    AsCompleted *iterator = as_completed(NULL, 0, loop_seconds(1));
    say_value(await_next_completed(iterator));
    as_completed_free(iterator);
    Awaitable items[] = {awaitable((Future *)NULL), child(1)};
    assert_null(as_completed(items, 2, LOOP_FOREVER));
    say_value(await_next_completed(NULL));
    assert_int_equal(as_completed_left(NULL), 0);
    as_completed_free(NULL);
    return NONE;
}

static void of_nothing_it_gives_nothing(void **state)
{
    assert_false(value_failed(run_traced(of_nothing, NONE)));
    assert_said("StopAsyncIteration() MemoryError('no iterator')");
    assert_null(as_completed(NULL, 0, LOOP_FOREVER));
    assert_is(await_next_completed(NULL), RuntimeError);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(results_come_in_the_order_of_their_ends),
        rule(what_is_not_done_in_time_is_a_timeout_each),
        rule(in_time_the_timer_is_cancelled),
        rule(nothing_happens_before_the_first_next),
        rule(what_is_given_twice_counts_once),
        rule(given_up_half_way_the_callbacks_still_have_their_turns),
        rule(given_up_before_it_began_its_coroutines_never_run),
        rule(futures_that_everybody_forgot_go),
        rule(of_nothing_it_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
