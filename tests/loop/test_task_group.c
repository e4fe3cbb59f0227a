/*
 * test_task_group.c — TaskGroup: left together, cancelled together, and all failures told at once.
 */
#include "support.h"

#include <string.h>

#include "memory.h"
#include "scheduler.h"

static void say_value(Value value)
{
    char text[512];
    value_repr(value, text, sizeof text);
    say("%s", text);
}

/* As test_gather's: sleeps so many seconds, and from 100 on fails. */
static Value ends(Value number)
{
    Value slept = await_sleep(loop_seconds((double)(number.integer % 100)));
    say(value_failed(slept) ? "cancelled:%d" : "%d", (int)number.integer);
    TRY(slept);
    return number.integer >= 100 ? value_exception(&ValueError, text_format("boom %d", (int)number.integer))
                                 : number;
}

static void add(TaskGroup *group, int64_t number)
{
    task_release(task_group_create_task(group, coroutine(ends, value_int(number))));
}

typedef struct Block {
    int64_t children[4]; /* 0: no more */
    int64_t sleep;
    Value outcome; /* of the block, if its sleep is not cancelled */
} Block;

static Value parent(Value argument)
{
    const Block *block = argument.pointer;
    TaskGroup *group = task_group_enter();
    for (int k = 0; k < 4 && block->children[k]; k++)
        add(group, block->children[k]);
    Value outcome = await_sleep(loop_seconds((double)block->sleep));
    if (!value_failed(outcome))
        outcome = block->outcome;
    else
        say("block:%s", outcome.exception->name);
    outcome = await_task_group_exit(group, outcome);
    say_value(outcome);
    say("cancelling:%d", task_cancelling(task_current()));
    return outcome;
}

static Value run_block(const Block *block)
{
    return run_traced(parent, value_pointer((void *)block, NULL));
}

static void the_end_of_the_block_waits_for_all(void **state)
{
    assert_int_equal(run_block(&(Block){.children = {3, 1, 2}}).kind, VALUE_NONE);
    assert_said("1 2 3 None cancelling:0");
    assert_traced("\"of\":\"TaskGroup\"");
    assert_traced("[\"TaskGroup.__aexit__\",\"loop/task_group.c\",");
    assert_int_equal(program_time(), loop_seconds(3));
}

static Value two_later(Value unused)
{
    TaskGroup *group = task_group_enter();
    Task *task = task_group_create_task_named(group, coroutine(ends, value_int(1)), "child");
    assert_string_equal(task_name(task), "child");
    task_release(task);
    uint64_t before = loop_running()->iterations;
    TRY(await_task_group_exit(group, NONE));
    say("%d", (int)(loop_running()->iterations - before));
    return NONE;
}

/* Timer, wake-up of the child, its callback, wake-up of the parent: after the step in which it began to
 * sleep.
 */
static void the_parent_goes_on_two_iterations_after_the_last_step(void **state)
{
    run_traced(two_later, NONE);
    assert_said("1 5");
}

static void an_empty_group_takes_no_turn(void **state)
{
    run_block(&(Block){.sleep = 0});
    assert_said("None cancelling:0");
    assert_not_traced("\"of\":\"TaskGroup\"");
}

/* The parent is cancelled too, which nobody takes back when it was at the end already: 3.11 is so. */
static void a_failure_cancels_the_others_and_is_told_in_a_group(void **state)
{
    assert_is(run_block(&(Block){.children = {101, 5, 6}}), ExceptionGroup);
    assert_said("101 cancelled:5 cancelled:6 ExceptionGroup('unhandled errors in a TaskGroup', "
                "[ValueError('boom 101')]) cancelling:1");
}

static void a_failure_cancels_the_block_too(void **state)
{
    assert_is(run_block(&(Block){.children = {101}, .sleep = 5}), ExceptionGroup);
    assert_said("101 block:CancelledError ExceptionGroup('unhandled errors in a TaskGroup', "
                "[ValueError('boom 101')]) cancelling:0");
}

static Value fails_when_cancelled(Value unused)
{
    await_sleep(loop_seconds(9));
    return value_exception(&RuntimeError, "at the end");
}

static Value several(Value unused)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(fails_when_cancelled, NONE)));
    add(group, 101);
    TRY(await_sleep(loop_seconds(0)));
    Value outcome = await_task_group_exit(group, value_exception(&TypeError, "of the block"));
    say_value(outcome);
    return NONE;
}

static void the_errors_are_in_the_order_of_the_ends_and_the_blocks_is_last(void **state)
{
    run_traced(several, NONE);
    assert_said(
        "cancelled:101 ExceptionGroup('unhandled errors in a TaskGroup', [RuntimeError('at the end'), "
        "TypeError('of the block')])");
}

static void the_blocks_own_exception_cancels_all(void **state)
{
    assert_is(
        run_block(&(Block){.children = {5, 6}, .sleep = 1, .outcome = value_exception(&ValueError, "block")}),
        ExceptionGroup);
    assert_said("cancelled:5 cancelled:6 ExceptionGroup('unhandled errors in a TaskGroup', "
                "[ValueError('block')]) cancelling:0");
}

static Value cancel_the_parent(Value block)
{
    Task *task = task_create(coroutine(parent, block));
    TRY(await_sleep(loop_seconds(1)));
    task_cancel(task, "outside");
    say_value(await_task(task));
    task_release(task);
    return NONE;
}

static void a_cancel_in_the_block_cancels_all_and_goes_on(void **state)
{
    Block block = {.children = {5, 6}, .sleep = 3};
    run_traced(cancel_the_parent, value_pointer(&block, NULL));
    assert_said("block:CancelledError cancelled:5 cancelled:6 CancelledError('outside') cancelling:1 "
                "CancelledError('outside')");
}

static void a_cancel_at_the_end_cancels_all_and_goes_on(void **state)
{
    Block block = {.children = {5, 6}};
    run_traced(cancel_the_parent, value_pointer(&block, NULL));
    assert_said("cancelled:5 cancelled:6 CancelledError('outside') cancelling:1 CancelledError('outside')");
}

static Value resists(Value unused)
{
    for (int k = 0; k < 3; k++)
        say("%s", value_failed(await_sleep(loop_seconds(2))) ? "no" : "slept");
    return NONE;
}

static Value stubborn(Value unused)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(resists, NONE)));
    Value outcome = await_task_group_exit(group, NONE);
    say_value(outcome);
    return outcome;
}

static Value cancel_again_and_again(Value unused)
{
    Task *task = task_create(coroutine(stubborn, NONE));
    for (int k = 1; k <= 2; k++) {
        TRY(await_sleep(loop_seconds(1)));
        task_cancel(task, text_format("cancel %d", k));
    }
    say_value(await_task(task));
    task_release(task);
    return NONE;
}

/* Only the first cancel aborts; each one needs a new future to wait on. */
static void however_often_it_is_cancelled_it_waits_for_all(void **state)
{
    run_traced(cancel_again_and_again, NONE);
    assert_said("no slept slept CancelledError('cancel 1') CancelledError('cancel 1')");
    assert_int_equal(traced_times("\"of\":\"TaskGroup\""), 3);
}

static Value interrupts(Value type)
{
    TRY(await_sleep(loop_seconds(1)));
    return value_exception(type.pointer, "now");
}

static Value interrupted(Value type)
{
    TaskGroup *group = task_group_enter();
    task_release(task_group_create_task(group, coroutine(interrupts, type)));
    add(group, 5);
    Value outcome = await_task_group_exit(group, NONE);
    say_value(outcome);
    return outcome;
}

/* It ends the run at once; what the group makes of it happens in the shutdown. */
static void a_keyboard_interrupt_is_told_as_it_is(void **state)
{
    assert_is(run_traced(interrupted, value_pointer((void *)&KeyboardInterrupt, NULL)), KeyboardInterrupt);
    assert_said("cancelled:5 KeyboardInterrupt('now')");
    fresh(NULL);
    assert_is(run_traced(interrupted, value_pointer((void *)&SystemExit, NULL)), SystemExit);
}

static TaskGroup *shared_group;

static Value asks_late(Value unused)
{
    TRY(await_sleep(loop_seconds(1)));
    Task *late = task_group_create_task(shared_group, coroutine(ends, value_int(1)));
    say(late ? "accepted" : "refused");
    task_release(late);
    return NONE;
}

static Value open_until_the_end(Value unused)
{
    shared_group = task_group_enter();
    task_release(task_group_create_task(shared_group, coroutine(asks_late, NONE)));
    return await_task_group_exit(shared_group, NONE);
}

static void its_tasks_may_add_tasks_while_it_ends(void **state)
{
    run_traced(open_until_the_end, NONE);
    assert_said("accepted 1");
}

static Value closed_by_a_failure(Value unused)
{
    shared_group = task_group_enter();
    say_value(task_group_refuses(shared_group));
    add(shared_group, 101);
    Value slept = await_sleep(loop_seconds(2));
    say_value(task_group_refuses(shared_group));
    Coroutine *late = coroutine(ends, value_int(1));
    coroutine_keep(late);
    assert_null(task_group_create_task(shared_group, late));
    coroutine_release(late);
    await_task_group_exit(shared_group, slept);
    return NONE;
}

static void one_that_shuts_down_refuses(void **state)
{
    run_traced(closed_by_a_failure, NONE);
    assert_said("None 101 RuntimeError('TaskGroup <TaskGroup errors=1 cancelling> is shutting down')");
    assert_traced("\"never_awaited\":true");
}

static void asks_in_callback(Future *task, void *unused)
{
    say_value(task_group_refuses(shared_group));
}

static Value over(Value unused)
{
    shared_group = task_group_enter();
    Task *task = task_group_create_task(shared_group, coroutine(ends, value_int(1)));
    future_add_done_callback(task_future(task), asks_in_callback, NULL);
    task_release(task);
    return await_task_group_exit(shared_group, NONE);
}

static void one_whose_last_task_has_ended_is_finished(void **state)
{
    run_traced(over, NONE);
    assert_said("1 RuntimeError('TaskGroup <TaskGroup entered> is finished')");
}

static Value nested(Value unused)
{
    TaskGroup *outer = task_group_enter();
    add(outer, 5);
    TaskGroup *inner = task_group_enter();
    add(inner, 101);
    Value outcome = await_task_group_exit(inner, NONE);
    outcome = await_task_group_exit(outer, outcome);
    say_value(outcome);
    say("%d", (int)value_group_count(outcome));
    say("%d", (int)value_group_count(value_group_error(outcome, 0)));
    return NONE;
}

static void a_group_in_a_group_is_a_group_of_a_group(void **state)
{
    run_traced(nested, NONE);
    assert_said("101 cancelled:5 ExceptionGroup('unhandled errors in a TaskGroup', "
                "[ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('boom 101')])]) 1 1");
}

static Value leaves_anothers(Value group)
{
    return await_task_group_exit(group.pointer, NONE);
}

static Value left_by_another(Value unused)
{
    TaskGroup *group = task_group_enter();
    Task *other = task_create(coroutine(leaves_anothers, value_pointer(group, NULL)));
    say_value(await_task(other));
    task_release(other);
    return await_task_group_exit(group, NONE);
}

static void nobody_else_can_leave_it(void **state)
{
    assert_false(value_failed(run_traced(left_by_another, NONE)));
    assert_said("RuntimeError('a group of tasks is left by the task that entered it')");
}

static void outside_a_task_there_is_none(void **state)
{
    assert_null(task_group_enter());
    assert_null(task_group_create_task(NULL, NULL));
    assert_is(task_group_refuses(NULL), MemoryError);
    assert_is(await_task_group_exit(NULL, NONE), MemoryError);
    assert_is(await_task_group_exit(NULL, value_exception(&ValueError, NULL)), ValueError);
}

static Value forgets_to_leave(Value unused)
{
    TaskGroup *group = task_group_enter();
    add(group, 101);
    return await_sleep(0);
}

/* As when the block is left by a return that Python would not allow: the tasks go on, and are nobody's. */
static void a_task_that_ends_inside_gives_it_back(void **state)
{
    assert_false(value_failed(run_traced(forgets_to_leave, NONE)));
}

static Value stops_the_loop(Value unused)
{
    loop_stop(loop_running());
    return NONE;
}

static void a_dropped_block_leaves_nothing_behind(void **state)
{
    Loop *loop = loop_new(NULL);
    log_reports(loop);
    Block block = {.children = {5, 6}};
    Task *waits = loop_create_task(loop, coroutine(parent, value_pointer(&block, NULL)), NULL);
    Task *stops = loop_create_task(loop, coroutine(stops_the_loop, NONE), NULL);
    loop_run_forever(loop);
    task_release(waits);
    task_release(stops);
    loop_free(loop);
}

static Value ends_at_once(Value unused)
{
    return NONE;
}

static bool add_one_and_wait(TaskGroup *group)
{
    Task *task = task_group_create_task(group, coroutine(ends_at_once, NONE));
    bool ended = task && !value_failed(await_task(task)) && !value_failed(await_sleep(0));
    task_release(task);
    return ended;
}

/* A server's group has one task after the other: each needs its own record and nothing that stays. */
static Value add_one_after_the_other(Value unused)
{
    enum { MANY_TASKS = 200 };
    TaskGroup *group = task_group_enter();
    bool ended = true;
    for (int k = 0; k < 4; k++)
        ended = ended && add_one_and_wait(group);
    memory_fail_after(MANY_TASKS);
    for (int k = 0; k < MANY_TASKS; k++)
        ended = ended && add_one_and_wait(group);
    say("%s", ended && !memory_has_failed() ? "no more" : "more");
    memory_fail_after(-1);
    return await_task_group_exit(group, NONE);
}

static void a_group_that_lives_long_needs_no_more_memory_each_time(void **state)
{
    assert_false(value_failed(loop_run(coroutine(add_one_after_the_other, NONE))));
    assert_said("no more");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(the_end_of_the_block_waits_for_all),
        rule(the_parent_goes_on_two_iterations_after_the_last_step),
        rule(an_empty_group_takes_no_turn),
        rule(a_failure_cancels_the_others_and_is_told_in_a_group),
        rule(a_failure_cancels_the_block_too),
        rule(the_errors_are_in_the_order_of_the_ends_and_the_blocks_is_last),
        rule(the_blocks_own_exception_cancels_all),
        rule(a_cancel_in_the_block_cancels_all_and_goes_on),
        rule(a_cancel_at_the_end_cancels_all_and_goes_on),
        rule(however_often_it_is_cancelled_it_waits_for_all),
        rule(a_keyboard_interrupt_is_told_as_it_is),
        rule(its_tasks_may_add_tasks_while_it_ends),
        rule(one_that_shuts_down_refuses),
        rule(one_whose_last_task_has_ended_is_finished),
        rule(a_group_in_a_group_is_a_group_of_a_group),
        rule(nobody_else_can_leave_it),
        rule(outside_a_task_there_is_none),
        rule(a_task_that_ends_inside_gives_it_back),
        rule(a_dropped_block_leaves_nothing_behind),
        rule(a_group_that_lives_long_needs_no_more_memory_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
