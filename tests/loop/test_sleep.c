/*
 * test_sleep.c — sleep.
 */
#include "support.h"

#include <string.h>

static Value one_second(Value unused)
{
    return await_sleep_result(loop_seconds(1), value_text("slept"));
}

static void a_sleep_moves_virtual_time_and_gives_its_result(void **state)
{
    Value result = run_traced(one_second, NONE);
    assert_string_equal(result.text, "slept");
    assert_int_equal(program_time(), loop_seconds(1));
    assert_traced("\"ev\":\"done\",\"future\":\"f1\",\"state\":\"done\",\"value\":\"'slept'\"");
}

/* start; timer fires; the task wakes and ends; stop; and four of the shutdown. */
static void a_sleep_takes_two_iterations_to_wake_up(void **state)
{
    run_traced(one_second, NONE);
    assert_int_equal(iterations(), 8);
    assert_int_equal(handles_run(), 8);
    const char *timer = strstr(traced(), "\"by\":\"timer\"");
    const char *wakeup = strstr(traced(), "\"what\":\"wakeup\"");
    assert_non_null(timer);
    assert_non_null(wakeup);
    assert_true(timer < wakeup);
}

static void a_sleep_cancels_its_timer_even_after_it_fired(void **state)
{
    run_traced(one_second, NONE);
    assert_int_equal(traced_times("\"ev\":\"handle_cancel\""), 1);
}

static Value no_delay(Value delay)
{
    Value result = await_sleep_result(delay.integer, value_int(9));
    say("%d", (int)result.integer);
    return NONE;
}

static void a_sleep_of_nothing_is_one_turn_and_makes_nothing(void **state)
{
    run_traced(no_delay, value_int(0));
    assert_said("9");
    assert_not_traced("\"ev\":\"timer\"");
    assert_not_traced("\"ev\":\"future\"");
    assert_int_equal(iterations(), 7);
    run_traced(no_delay, value_int(-5));
    assert_not_traced("\"ev\":\"timer\"");
}

static void its_chain_names_the_library(void **state)
{
    run_traced(one_second, NONE);
    assert_traced("\"chain\":[[\"main\",\"\",0],[\"sleep\",\"loop/sleep.c\",");
}

static Value wakes(Value number)
{
    TRY(await_sleep(loop_seconds(number.integer % 3 + 1)));
    say("%d", (int)number.integer);
    return NONE;
}

static Value many(Value unused)
{
    Task *tasks[6];
    for (int k = 0; k < 6; k++)
        tasks[k] = task_create(coroutine(wakes, value_int(k)));
    for (int k = 0; k < 6; k++) {
        TRY(await_task(tasks[k]));
        task_release(tasks[k]);
    }
    return NONE;
}

static void sleepers_wake_by_time_and_then_by_order(void **state)
{
    run_traced(many, NONE);
    assert_said("0 3 1 4 2 5");
    assert_int_equal(program_time(), loop_seconds(3));
}

static Value sleeps(Value seconds)
{
    TRY(await_sleep(loop_seconds(seconds.integer)));
    say("%d", (int)(program_time() / loop_seconds(1)));
    return NONE;
}

static Value sleeps_again(Value seconds)
{
    assert_is(await_sleep(loop_seconds(10)), CancelledError);
    return await_coroutine(coroutine(sleeps, seconds));
}

static Value cancelled_after_a_second(CoroutineFunction function, Value argument)
{
    Task *task = task_create(coroutine_new("sleeper", function, argument));
    TRY(await_sleep(loop_seconds(1)));
    task_cancel(task, NULL);
    Value outcome = await_task(task);
    task_release(task);
    return outcome;
}

static Value sleeps_through_a_cancel(Value seconds)
{
    return cancelled_after_a_second(sleeps_again, seconds);
}

/* The timer of the first sleep is there until its time has come. */
static void who_sleeps_again_after_a_cancel_wakes_at_the_new_time(void **state)
{
    run_traced(sleeps_through_a_cancel, value_int(2));
    run_traced(sleeps_through_a_cancel, value_int(20));
    assert_said("3 24");
}

static Value sleeps_where_one_was_cancelled(Value seconds)
{
    assert_is(cancelled_after_a_second(sleeps, value_int(10)), CancelledError);
    Task *task = task_create(coroutine(sleeps, seconds));
    Value outcome = await_task(task);
    task_release(task);
    return outcome;
}

/* On the same stack, that is. */
static void who_sleeps_where_another_was_cancelled_wakes_at_his_own_time(void **state)
{
    run_traced(sleeps_where_one_was_cancelled, value_int(2));
    run_traced(sleeps_where_one_was_cancelled, value_int(20));
    assert_said("3 24");
}

static void nothing_can_be_awaited_outside_a_task(void **state)
{
    assert_is(await_sleep(1), RuntimeError);
    assert_is(await_sleep(0), RuntimeError);
    WaitResult result;
    Future *none = NULL;
    assert_is(await_wait(&none, 1, 0, ALL_COMPLETED, &result), RuntimeError);
    Value outside = await_coroutine(coroutine(one_second, NONE));
    assert_is(outside, RuntimeError);
    assert_string_equal(outside.message, "await outside a task");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(a_sleep_moves_virtual_time_and_gives_its_result),
        rule(a_sleep_takes_two_iterations_to_wake_up),
        rule(a_sleep_cancels_its_timer_even_after_it_fired),
        rule(a_sleep_of_nothing_is_one_turn_and_makes_nothing),
        rule(its_chain_names_the_library),
        rule(sleepers_wake_by_time_and_then_by_order),
        rule(who_sleeps_again_after_a_cancel_wakes_at_the_new_time),
        rule(who_sleeps_where_another_was_cancelled_wakes_at_his_own_time),
        rule(nothing_can_be_awaited_outside_a_task),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
