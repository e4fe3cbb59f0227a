/*
 * test_gather.c — gather: order, failures, cancels, who lives how long.
 */
#include "support.h"

#include <string.h>

#include "scheduler.h"

/* Sleeps so many seconds; from 100 on fails with them, after what is above 100. */
static Value ends(Value number)
{
    Value slept = await_sleep(loop_seconds((double)(number.integer % 100)));
    if (value_failed(slept))
        say("cancelled:%d", (int)number.integer);
    TRY(slept);
    say("%d", (int)number.integer);
    return number.integer >= 100 ? value_exception(&ValueError, "boom") : number;
}

static Awaitable child(int64_t number)
{
    return awaitable(coroutine(ends, value_int(number)));
}

static void say_value(Value value)
{
    char text[256];
    value_repr(value, text, sizeof text);
    say("%s", text);
}

static uint64_t now(void)
{
    return loop_running()->iterations;
}

static Value three(Value unused)
{
    Awaitable items[] = {child(3), child(1), child(2)};
    Value list = await_gather(items, 3, false);
    assert_int_equal(value_count(list), 3);
    say_value(list);
    return list;
}

static void results_stand_in_the_order_of_the_items(void **state)
{
    assert_int_equal(value_item(run_traced(three, NONE), 2).integer, 2);
    assert_said("1 2 3 [3, 1, 2]");
    assert_traced("\"of\":\"gather\",\"kids\":[\"t2\",\"t3\",\"t4\"],\"return_when\":\"FIRST_EXCEPTION\"");
    assert_int_equal(traced_times("\"name\":\"gather._done_callback\""), 3);
}

static Value note_turn(Value turn)
{
    TRY(await_sleep(0));
    *(uint64_t *)turn.pointer = now();
    return NONE;
}

static Value two_later(Value unused)
{
    uint64_t turn;
    Awaitable item = awaitable(coroutine(note_turn, value_pointer(&turn, NULL)));
    TRY(await_gather(&item, 1, false));
    say("%d", (int)(now() - turn));
    return NONE;
}

static void the_result_comes_two_iterations_after_the_last_step(void **state)
{
    assert_false(value_failed(run_traced(two_later, NONE)));
    assert_said("2");
}

static Value fails_first(Value unused)
{
    Awaitable items[] = {child(3), child(101), child(2)};
    say_value(await_gather(items, 3, false));
    TRY(await_sleep(loop_seconds(5)));
    return NONE;
}

static void the_first_failure_is_its_own_and_the_others_go_on(void **state)
{
    assert_false(value_failed(run_traced(fails_first, NONE)));
    assert_said("101 ValueError('boom') 2 3");
    assert_not_traced("\"ev\":\"cancel\"");
    assert_not_traced("\"ev\":\"exception\"");
}

static Value failures_as_results(Value unused)
{
    Awaitable items[] = {child(101), child(2), child(3)};
    Future *all = gather(items, 3, true);
    TRY(await_sleep(loop_seconds(2.5)));
    say_value(await_future(all));
    future_release(all);
    return NONE;
}

static void return_exceptions_makes_a_failure_a_result(void **state)
{
    assert_false(value_failed(run_traced(failures_as_results, NONE)));
    assert_said("101 2 3 [ValueError('boom'), 2, 3]");
    assert_not_traced("\"ev\":\"exception\"");
}

static Value nothing(Value unused)
{
    Future *all = gather(NULL, 0, false);
    assert_true(future_done(all));
    uint64_t before = now();
    say_value(await_future(all));
    assert_int_equal(now(), before);
    future_release(all);
    say_value(await_gather(NULL, 0, true));
    return NONE;
}

static void of_nothing_is_done_with_an_empty_list(void **state)
{
    assert_false(value_failed(run_traced(nothing, NONE)));
    assert_said("[] []");
}

static Value twice(Value unused)
{
    Coroutine *same = coroutine(ends, value_int(1));
    Task *task = task_create(coroutine(ends, value_int(2)));
    Awaitable items[] = {awaitable(same), awaitable(task), awaitable(same), awaitable(task_future(task))};
    say_value(await_gather(items, 4, false));
    task_release(task);
    return NONE;
}

static void what_is_given_twice_counts_once_and_gives_two_results(void **state)
{
    assert_false(value_failed(run_traced(twice, NONE)));
    assert_said("1 2 [1, 2, 1, 2]");
    assert_int_equal(traced_times("\"name\":\"gather._done_callback\""), 2);
}

static Value one_is_cancelled(Value return_exceptions)
{
    Task *task = task_create(coroutine(ends, value_int(5)));
    Awaitable items[] = {awaitable(task), child(1)};
    Future *all = gather(items, 2, return_exceptions.boolean);
    TRY(await_sleep(0));
    task_cancel(task, "enough");
    Value outcome = await_future(all);
    say("cancelled:%d", future_cancelled(all));
    say_value(outcome);
    future_release(all);
    task_release(task);
    return NONE;
}

static void a_cancelled_child_is_a_failure_and_cancels_nothing_else(void **state)
{
    assert_false(value_failed(run_traced(one_is_cancelled, value_bool(false))));
    assert_said("cancelled:5 cancelled:0 CancelledError('enough') cancelled:1");
}

static void a_cancelled_child_can_be_a_result(void **state)
{
    assert_false(value_failed(run_traced(one_is_cancelled, value_bool(true))));
    assert_said("cancelled:5 1 cancelled:0 [CancelledError(''), 1]");
}

static Value cancelled_whole(Value return_exceptions)
{
    Awaitable items[] = {child(5), child(6)};
    Future *all = gather(items, 2, return_exceptions.boolean);
    TRY(await_sleep(loop_seconds(1)));
    say("%d%d", future_cancel(all, "all"), future_done(all));
    say_value(await_future(all));
    say("%d%d", future_cancelled(all), future_cancel(all, NULL));
    future_release(all);
    return NONE;
}

static void a_cancel_goes_to_the_children_and_it_ends_with_them(void **state)
{
    assert_false(value_failed(run_traced(cancelled_whole, value_bool(false))));
    assert_said("10 cancelled:5 cancelled:6 CancelledError('all') 00");
    assert_traced("\"task\":\"f1\",\"how\":\"children\"");
    assert_traced("\"task\":\"f1\",\"how\":\"none\"");
}

static void a_cancel_is_no_result_even_with_return_exceptions(void **state)
{
    assert_false(value_failed(run_traced(cancelled_whole, value_bool(true))));
    assert_said("10 cancelled:5 cancelled:6 CancelledError('all') 00");
}

static Value swallows(Value unused)
{
    Value slept = await_sleep(loop_seconds(5));
    say("swallowed:%d", value_is(slept, &CancelledError));
    return NONE;
}

static Value waits_for_gather(Value return_exceptions)
{
    Awaitable items[] = {awaitable(coroutine(swallows, NONE))};
    Value outcome = await_gather(items, 1, return_exceptions.boolean);
    say_value(outcome);
    return outcome;
}

static Value cancel_the_waiter(Value return_exceptions)
{
    Task *waiter = task_create(coroutine(waits_for_gather, return_exceptions));
    TRY(await_sleep(loop_seconds(1)));
    task_cancel(waiter, NULL);
    Value outcome = await_task(waiter);
    say_value(outcome);
    task_release(waiter);
    return NONE;
}

/* The cancel has to arrive, whatever the children make of it. */
static void a_cancel_that_all_children_swallow_still_arrives(void **state)
{
    assert_false(value_failed(run_traced(cancel_the_waiter, value_bool(false))));
    assert_said("swallowed:1 CancelledError() CancelledError()");
}

static Value fire_and_forget(Value return_exceptions)
{
    log_reports(loop_running());
    Awaitable items[] = {child(101), child(2)};
    future_release(gather(items, 2, return_exceptions.boolean));
    return await_sleep(loop_seconds(5));
}

static void one_that_is_forgotten_ends_and_says_what_nobody_saw(void **state)
{
    assert_false(value_failed(run_traced(fire_and_forget, value_bool(false))));
    assert_said("101 report:_GatheringFuture exception was never retrieved 2");
    assert_traced("\"future\":\"f1\",\"state\":\"failed\"");
}

static void one_that_is_forgotten_has_its_results(void **state)
{
    assert_false(value_failed(run_traced(fire_and_forget, value_bool(true))));
    assert_said("101 2");
    assert_traced("\"future\":\"f1\",\"state\":\"done\",\"value\":\"[ValueError('boom'), 2]\"");
}

static void keep_it(Future *future, void *where)
{
    *(Future **)where = future_keep(future);
}

static Value forgotten_and_found(Value unused)
{
    Future *found = NULL;
    Awaitable items[] = {child(1), child(2)};
    Future *all = gather(items, 2, false);
    future_add_done_callback(all, keep_it, &found);
    future_release(all);
    TRY(await_sleep(loop_seconds(5)));
    say_value(future_result(found));
    future_release(found);
    return NONE;
}

static void one_that_is_forgotten_can_be_found_again_by_its_callback(void **state)
{
    assert_false(value_failed(run_traced(forgotten_and_found, NONE)));
    assert_said("1 2 [1, 2]");
}

static Value never_ends(Value unused)
{
    Future *future = loop_create_future(loop_running());
    Awaitable items[] = {awaitable(future), awaitable(future), child(1)};
    future_release(gather(items, 3, false));
    future_release(future);
    return await_sleep(loop_seconds(2));
}

/* The leak checkers see whether it does. */
static void one_whose_children_are_forgotten_too_goes_with_them(void **state)
{
    assert_false(value_failed(run_traced(never_ends, NONE)));
    assert_said("1");
}

static Value of_another_loop(Value unused)
{
    Loop *other = loop_new(NULL);
    Future *future = loop_create_future(other);
    Awaitable items[] = {child(1), awaitable(future)};
    say_value(await_gather(items, 2, false));
    future_release(future);
    loop_free(other);
    return await_sleep(loop_seconds(2));
}

static void a_future_of_another_loop_is_a_value_error(void **state)
{
    assert_false(value_failed(run_traced(of_another_loop, NONE)));
    assert_said("ValueError('The future belongs to a different loop than the one specified as the loop "
                "argument') 1");
}

static void without_a_loop_there_is_none(void **state)
{
    Awaitable items[] = {awaitable((Coroutine *)NULL), awaitable((Task *)NULL)};
    assert_null(gather(items, 2, false));
    assert_null(gather(NULL, 0, false));
    assert_is(await_gather(items, 2, false), RuntimeError);
}

static Value stays(Value unused)
{
    Awaitable items[] = {child(1), child(2)};
    Value outcome = await_gather(items, 2, false);
    say("never");
    return outcome;
}

static Value stops_the_loop(Value unused)
{
    loop_stop(loop_running());
    return NONE;
}

/* Whoever waits is dropped with its loop: nothing may be left behind. */
static void a_dropped_wait_leaves_nothing_behind(void **state)
{
    Loop *loop = loop_new(NULL);
    log_reports(loop);
    Task *waits = loop_create_task(loop, coroutine(stays, NONE), NULL);
    Task *stops = loop_create_task(loop, coroutine(stops_the_loop, NONE), NULL);
    loop_run_forever(loop);
    task_release(waits);
    task_release(stops);
    loop_free(loop);
    assert_said("report:Task was destroyed but it is pending!");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(results_stand_in_the_order_of_the_items),
        rule(the_result_comes_two_iterations_after_the_last_step),
        rule(the_first_failure_is_its_own_and_the_others_go_on),
        rule(return_exceptions_makes_a_failure_a_result),
        rule(of_nothing_is_done_with_an_empty_list),
        rule(what_is_given_twice_counts_once_and_gives_two_results),
        rule(a_cancelled_child_is_a_failure_and_cancels_nothing_else),
        rule(a_cancelled_child_can_be_a_result),
        rule(a_cancel_goes_to_the_children_and_it_ends_with_them),
        rule(a_cancel_is_no_result_even_with_return_exceptions),
        rule(a_cancel_that_all_children_swallow_still_arrives),
        rule(one_that_is_forgotten_ends_and_says_what_nobody_saw),
        rule(one_that_is_forgotten_has_its_results),
        rule(one_that_is_forgotten_can_be_found_again_by_its_callback),
        rule(one_whose_children_are_forgotten_too_goes_with_them),
        rule(a_future_of_another_loop_is_a_value_error),
        rule(without_a_loop_there_is_none),
        rule(a_dropped_wait_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
