/*
 * test_event.c — Event: who is woken by a set, and what clear() does not undo.
 */
#include "support.h"

#include <string.h>

static Event *event;

static int with_event(void **state)
{
    event = event_new();
    return fresh(state);
}

static int without_event(void **state)
{
    event_free(event);
    return 0;
}

#define event_rule(name) cmocka_unit_test_setup_teardown(name, with_event, without_event)

static Value waiter(Value name)
{
    Value outcome = await_event_wait(event);
    say("%s:%s", name.text, value_failed(outcome) ? outcome.exception->name : "on");
    return outcome;
}

static Task *start(const char *name)
{
    return task_create(coroutine(waiter, value_text(name)));
}

static Value set_already(Value unused)
{
    assert_false(event_is_set(event));
    event_set(event);
    assert_true(event_is_set(event));
    Value outcome = await_event_wait(event);
    assert_true(outcome.kind == VALUE_BOOL && outcome.boolean);
    return NONE;
}

static void a_set_event_is_not_waited_for(void **state)
{
    assert_false(value_failed(run_traced(set_already, NONE)));
    assert_int_equal(traced_times("\"what\":\"step\",\"task\":\"t1\""), 1);
    assert_not_traced("Event.wait");
}

static Value wakes_three(Value unused)
{
    Task *tasks[] = {start("a"), start("b"), start("c")};
    TRY(await_sleep(0));
    event_set(event);
    say("set");
    TRY(await_sleep(0));
    say("turn");
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

static void a_set_wakes_all_in_the_order_in_which_they_came(void **state)
{
    run_traced(wakes_three, NONE);
    assert_said("set a:on b:on c:on turn");
    assert_int_equal(traced_times("\"of\":\"Event.wait\""), 3);
}

static Value clears_at_once(Value unused)
{
    Task *first = start("first");
    TRY(await_sleep(0));
    event_set(event);
    event_clear(event);
    Task *second = start("second");
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    say("second waits:%d", !future_done(task_future(second)));
    task_release(first);
    task_release(second);
    return NONE;
}

static void who_was_woken_does_not_look_at_the_flag_again(void **state)
{
    run_traced(clears_at_once, NONE);
    assert_said("first:on second waits:1 second:CancelledError");
}

static Value sets_twice(Value unused)
{
    Task *first = start("first");
    TRY(await_sleep(0));
    event_set(event);
    Task *late = start("late"); /* finds it set: does not wait */
    event_set(event);
    TRY(await_task(first));
    say("late:%d", future_done(task_future(late)));
    task_release(first);
    task_release(late);
    return NONE;
}

static void to_set_what_is_set_wakes_nobody(void **state)
{
    run_traced(sets_twice, NONE);
    assert_said("first:on late:on late:1");
    assert_int_equal(traced_times("\"of\":\"Event.wait\""), 1);
}

static Value cancels_one(Value unused)
{
    Task *tasks[] = {start("a"), start("b")};
    TRY(await_sleep(0));
    task_cancel(tasks[0], NULL);
    event_set(event); /* the first is still in line, and done */
    assert_is(await_task(tasks[0]), CancelledError);
    TRY(await_task(tasks[1]));
    task_release(tasks[0]);
    task_release(tasks[1]);
    return NONE;
}

static void a_set_passes_over_who_was_cancelled(void **state)
{
    assert_false(value_failed(run_traced(cancels_one, NONE)));
    assert_said("a:CancelledError b:on");
}

static Value cancels_the_woken(Value unused)
{
    Task *task = start("a");
    TRY(await_sleep(0));
    event_set(event);
    task_cancel(task, NULL);
    assert_is(await_task(task), CancelledError);
    task_release(task);
    return NONE;
}

static void a_cancel_after_the_wake_up_wins(void **state)
{
    assert_false(value_failed(run_traced(cancels_the_woken, NONE)));
    assert_said("a:CancelledError");
}

static Value frees_it(Value unused)
{
    Task *task = start("a");
    TRY(await_sleep(0));
    event_free(event);
    event = NULL;
    task_release(task);
    return NONE;
}

static void a_freed_event_wakes_nobody(void **state)
{
    assert_false(value_failed(run_traced(frees_it, NONE)));
    assert_said("a:CancelledError"); /* by the shutdown */
}

static void no_event_is_a_memory_error(void **state)
{
    assert_is(await_event_wait(NULL), MemoryError);
    assert_is(await_event_wait(event), RuntimeError);
    assert_false(event_is_set(NULL));
    event_set(NULL);
    event_clear(NULL);
    event_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        event_rule(a_set_event_is_not_waited_for),
        event_rule(a_set_wakes_all_in_the_order_in_which_they_came),
        event_rule(who_was_woken_does_not_look_at_the_flag_again),
        event_rule(to_set_what_is_set_wakes_nobody),
        event_rule(a_set_passes_over_who_was_cancelled),
        event_rule(a_cancel_after_the_wake_up_wins),
        event_rule(a_freed_event_wakes_nobody),
        event_rule(no_event_is_a_memory_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
