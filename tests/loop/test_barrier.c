/*
 * test_barrier.c — Barrier: fills, drains, is reset and broken.
 */
#include "support.h"

#include <string.h>

static Barrier *barrier;

static int with_barrier(void **state)
{
    barrier = barrier_new(3);
    return fresh(state);
}

static int without_barrier(void **state)
{
    barrier_free(barrier);
    return 0;
}

#define barrier_rule(name) cmocka_unit_test_setup_teardown(name, with_barrier, without_barrier)

static Value party(Value name)
{
    Value outcome = await_barrier_wait(barrier);
    if (value_failed(outcome))
        say("%s:%s%s%s", name.text, outcome.exception->name, outcome.message ? "/" : "",
            outcome.message ? outcome.message : "");
    else
        say("%s:%d", name.text, (int)outcome.integer);
    return outcome;
}

static Task *start(const char *name)
{
    return task_create(coroutine(party, value_text(name)));
}

static Value turns(int count)
{
    for (int k = 0; k < count; k++)
        TRY(await_sleep(0));
    return NONE;
}

static Value three_come(Value unused)
{
    assert_int_equal(barrier_parties(barrier), 3);
    Task *tasks[] = {start("a"), start("b"), start("c")};
    TRY(await_sleep(0));
    assert_false(barrier_broken(barrier));
    TRY(turns(6));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

static void the_index_is_the_order_of_arrival_and_the_last_leaves_first(void **state)
{
    assert_false(value_failed(run_traced(three_come, NONE)));
    assert_said("c:2 a:0 b:1");
    assert_int_equal(traced_times("\"of\":\"Condition.wait\""), 2);
    assert_traced("[\"Barrier.wait\",\"");
    assert_traced("],[\"Barrier._wait\",\"");
    assert_traced("],[\"Condition.wait_for\",\"");
}

static Value one_waits(Value unused)
{
    Task *task = start("a");
    TRY(await_sleep(0));
    say("n:%d", (int)barrier_n_waiting(barrier));
    task_cancel(task, NULL);
    assert_is(await_task(task), CancelledError);
    say("n:%d", (int)barrier_n_waiting(barrier));
    task_release(task);
    return NONE;
}

static void who_is_cancelled_is_not_counted_any_more(void **state)
{
    assert_false(value_failed(run_traced(one_waits, NONE)));
    assert_said("n:1 a:CancelledError n:0");
}

/* More than fit at once: the fourth waits before the door until all three have left. */
static Value six_come(Value unused)
{
    Task *tasks[6];
    const char *names[] = {"a", "b", "c", "d", "e", "f"};
    for (int k = 0; k < 6; k++)
        tasks[k] = start(names[k]);
    TRY(turns(12));
    for (int k = 0; k < 6; k++)
        task_release(tasks[k]);
    return NONE;
}

static void newcomers_wait_before_the_door_while_it_drains(void **state)
{
    assert_false(value_failed(run_traced(six_come, NONE)));
    assert_said("c:2 a:0 b:1 f:2 d:0 e:1");
    assert_traced("],[\"Barrier._block\",\"");
}

static Value resets(Value unused)
{
    Task *tasks[] = {start("a"), start("b")};
    TRY(await_sleep(0));
    TRY(await_barrier_reset(barrier));
    say("reset");
    Task *late = start("late"); /* waits until the two have left, and then inside */
    TRY(turns(6));
    say("n:%d", (int)barrier_n_waiting(barrier));
    for (int k = 0; k < 2; k++)
        task_release(tasks[k]);
    task_release(late);
    return NONE;
}

static void a_reset_breaks_who_waits_and_then_it_fills_anew(void **state)
{
    assert_false(value_failed(run_traced(resets, NONE)));
    assert_said("reset a:BrokenBarrierError/Abort or reset of barrier "
                "b:BrokenBarrierError/Abort or reset of barrier n:1 late:CancelledError");
}

/* It runs before those that the reset woke: the barrier is still being reset, and it is not one of them. */
static Value comes_while_it_is_reset(Value unused)
{
    Task *tasks[] = {start("a"), start("b")};
    TRY(await_sleep(0));
    Task *late = start("late");
    TRY(await_barrier_reset(barrier));
    TRY(turns(6));
    say("n:%d", (int)barrier_n_waiting(barrier));
    for (int k = 0; k < 2; k++)
        task_release(tasks[k]);
    task_release(late);
    return NONE;
}

static void who_comes_while_it_is_reset_waits_before_the_door(void **state)
{
    assert_false(value_failed(run_traced(comes_while_it_is_reset, NONE)));
    assert_said(
        "a:BrokenBarrierError/Abort or reset of barrier b:BrokenBarrierError/Abort or reset of barrier "
        "n:1 late:CancelledError");
    assert_traced("],[\"Barrier._block\",\"");
}

static Value resets_an_empty_one(Value unused)
{
    TRY(await_barrier_reset(barrier));
    return three_come(unused);
}

static void a_reset_that_finds_nobody_changes_nothing(void **state)
{
    assert_false(value_failed(run_traced(resets_an_empty_one, NONE)));
    assert_said("c:2 a:0 b:1");
}

static Value aborts(Value unused)
{
    Task *task = start("a");
    TRY(await_sleep(0));
    TRY(await_barrier_abort(barrier));
    assert_true(barrier_broken(barrier));
    TRY(turns(4));
    assert_is(party(value_text("main")), BrokenBarrierError);
    TRY(await_barrier_reset(barrier));
    say("broken:%d", barrier_broken(barrier));
    task_release(task);
    return NONE;
}

static void an_abort_breaks_also_who_comes_later_until_a_reset(void **state)
{
    assert_false(value_failed(run_traced(aborts, NONE)));
    assert_said("a:BrokenBarrierError/Abort or reset of barrier main:BrokenBarrierError/Barrier aborted "
                "broken:0");
}

static Value alone(Value unused)
{
    Barrier *own = barrier_new(1);
    for (int k = 0; k < 2; k++) {
        Value index = await_barrier_wait(own);
        TRY(index);
        assert_int_equal(index.integer, 0);
    }
    barrier_free(own);
    return NONE;
}

static void a_barrier_of_one_is_passed_without_a_turn_for_others(void **state)
{
    assert_false(value_failed(run_traced(alone, NONE)));
    assert_int_equal(traced_times("\"what\":\"step\",\"task\":\"t1\""), 1);
}

/* The third has come, and the first is cancelled before it runs: it leaves, cancelled, and the other two are
   through. */
static Value cancels_while_it_drains(Value unused)
{
    Task *tasks[] = {start("a"), start("b")};
    TRY(await_sleep(0));
    Task *last = start("c");
    TRY(await_sleep(0));
    task_cancel(tasks[0], NULL);
    TRY(turns(6));
    say("n:%d", (int)barrier_n_waiting(barrier));
    for (int k = 0; k < 2; k++)
        task_release(tasks[k]);
    task_release(last);
    return NONE;
}

static void a_cancel_while_it_drains_does_not_keep_it_closed(void **state)
{
    assert_false(value_failed(run_traced(cancels_while_it_drains, NONE)));
    assert_said("c:2 a:CancelledError b:1 n:0");
}

static Value block(Value entered, void *argument)
{
    say("entered:%d", (int)entered.integer);
    return entered;
}

static Value with_block(Value unused)
{
    Barrier *own = barrier_new(1);
    Value outcome = await_with(barrier_context(own), block, NULL);
    barrier_free(own);
    return outcome;
}

static void async_with_gives_the_index(void **state)
{
    assert_int_equal(run_traced(with_block, NONE).integer, 0);
    assert_said("entered:0");
}

static Value frees_it(Value unused)
{
    Task *task = start("a");
    TRY(await_sleep(0));
    barrier_free(barrier);
    barrier = NULL;
    task_release(task);
    return NONE;
}

static void who_waits_at_a_freed_barrier_waits_until_it_is_cancelled(void **state)
{
    assert_false(value_failed(run_traced(frees_it, NONE)));
    assert_said("a:CancelledError");
}

static void no_barrier_is_a_memory_error(void **state)
{
    assert_null(barrier_new(0));
    assert_is(await_barrier_wait(barrier), RuntimeError);
    assert_is(await_barrier_wait(NULL), MemoryError);
    assert_is(await_barrier_reset(NULL), MemoryError);
    assert_is(await_barrier_abort(NULL), MemoryError);
    assert_int_equal(barrier_parties(NULL), 0);
    assert_int_equal(barrier_n_waiting(NULL), 0);
    assert_false(barrier_broken(NULL));
    barrier_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        barrier_rule(the_index_is_the_order_of_arrival_and_the_last_leaves_first),
        barrier_rule(who_is_cancelled_is_not_counted_any_more),
        barrier_rule(newcomers_wait_before_the_door_while_it_drains),
        barrier_rule(a_reset_breaks_who_waits_and_then_it_fills_anew),
        barrier_rule(who_comes_while_it_is_reset_waits_before_the_door),
        barrier_rule(a_reset_that_finds_nobody_changes_nothing),
        barrier_rule(an_abort_breaks_also_who_comes_later_until_a_reset),
        barrier_rule(a_barrier_of_one_is_passed_without_a_turn_for_others),
        barrier_rule(a_cancel_while_it_drains_does_not_keep_it_closed),
        barrier_rule(async_with_gives_the_index),
        barrier_rule(who_waits_at_a_freed_barrier_waits_until_it_is_cancelled),
        barrier_rule(no_barrier_is_a_memory_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
