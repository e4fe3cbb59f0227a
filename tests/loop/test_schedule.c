/*
 * test_schedule.c — another order than asyncio's: what may be chosen, and what may not.
 */
#include "support.h"

#include <stdio.h>
#include <string.h>

static size_t asked, most;
static size_t picks[64];

/* Each time the next of the picks. */
static size_t as_planned(const Choice *choice, void *context)
{
    most = choice->count > most ? choice->count : most;
    assert_true(asked < 64);
    return picks[asked++];
}

static size_t last(const Choice *choice, void *context)
{
    asked++;
    return choice->count - 1;
}

static int plain(void **state)
{
    loop_set_schedule(NULL, NULL);
    return 0;
}

static int planned(void **state)
{
    asked = most = 0;
    memset(picks, 0, sizeof picks);
    loop_set_schedule(as_planned, NULL);
    return fresh(state);
}

#define schedule_rule(name) cmocka_unit_test_setup_teardown(name, planned, plain)

static Value speaks(Value name)
{
    say("%s", name.text);
    return NONE;
}

static Value twice(Value name)
{
    say("%s1", name.text);
    TRY(await_sleep(0));
    say("%s2", name.text);
    return NONE;
}

static Value three(CoroutineFunction function)
{
    Task *tasks[3];
    static const char *const names[] = {"a", "b", "c"};
    for (int k = 0; k < 3; k++)
        tasks[k] = task_create(coroutine_new("worker", function, value_text(names[k])));
    for (int k = 0; k < 3; k++)
        TRY(await_task(tasks[k]));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

static Value three_speak(Value unused)
{
    return three(speaks);
}

static Value three_twice(Value unused)
{
    return three(twice);
}

static void the_first_candidate_is_what_asyncio_runs(void **state)
{
    run_traced(three_twice, NONE);
    assert_said("a1 b1 c1 a2 b2 c2");
    assert_true(asked >= 4);
    assert_int_equal(most, 3);
}

static void the_chosen_one_runs_next_and_the_others_keep_their_order(void **state)
{
    picks[0] = 2;
    picks[1] = 1;
    run_traced(three_speak, NONE);
    assert_said("c b a");
}

static void a_batch_is_not_left_before_all_of_it_ran(void **state)
{
    loop_set_schedule(last, NULL);
    run_traced(three_twice, NONE);
    assert_said("c1 b1 a1 a2 b2 c2");
}

static void what_is_no_candidate_counts_as_the_first(void **state)
{
    picks[0] = 3;
    picks[1] = SIZE_MAX;
    run_traced(three_speak, NONE);
    assert_said("a b c");
}

static void one_alone_is_no_choice(void **state)
{
    run_traced(twice, value_text("a"));
    assert_int_equal(asked, 0);
}

static void speak(void *name)
{
    say("%s", (char *)name);
}

static Value calls_in_order(Value unused)
{
    Loop *loop = loop_running();
    loop_call_soon(loop, speak, "call1");
    loop_call_soon(loop, speak, "call2");
    Task *task = task_create(coroutine(speaks, value_text("task")));
    loop_call_soon(loop, speak, "call3");
    TRY(await_sleep(0));
    task_release(task);
    return NONE;
}

static void calls_keep_their_order_among_themselves(void **state)
{
    loop_set_schedule(last, NULL);
    run_traced(calls_in_order, NONE);
    assert_said("task call1 call2 call3");
}

static void finds(Future *future, void *name)
{
    say("%s", (char *)name);
}

static Value callbacks_in_order(Value unused)
{
    Future *future = loop_create_future(loop_running());
    future_add_done_callback(future, finds, "done1");
    future_add_done_callback(future, finds, "done2");
    future_set_result(future, NONE);
    loop_call_soon(loop_running(), speak, "call");
    TRY(await_sleep(0));
    say("main");
    future_release(future);
    return NONE;
}

static void callbacks_keep_their_order_and_others_may_go_before(void **state)
{
    loop_set_schedule(last, NULL);
    run_traced(callbacks_in_order, NONE);
    assert_said("main done1 done2 call");
}

static Future *shared;

static Value waits_for_it(Value name)
{
    TRY(await_future(shared));
    return speaks(name);
}

static Value callback_and_wakeup(Value unused)
{
    shared = loop_create_future(loop_running());
    future_add_done_callback(shared, finds, "before");
    Task *task = task_create(coroutine(waits_for_it, value_text("wakeup")));
    TRY(await_sleep(1));
    future_add_done_callback(shared, finds, "behind");
    future_set_result(shared, NONE);
    TRY(await_sleep(0));
    say("main");
    task_release(task);
    future_release(shared);
    return NONE;
}

static void a_futures_callbacks_and_wakeups_keep_their_order(void **state)
{
    loop_set_schedule(last, NULL);
    run_traced(callback_and_wakeup, NONE);
    assert_said("main before wakeup behind");
}

static Value timers_of_one_moment(Value unused)
{
    loop_call_later(loop_running(), 1, speak, "timer1");
    loop_call_later(loop_running(), 1, speak, "timer2");
    return await_sleep(2);
}

static void timers_of_one_moment_may_run_in_any_order(void **state)
{
    picks[0] = 1;
    run_traced(timers_of_one_moment, NONE);
    assert_said("timer2 timer1");
    assert_int_equal(asked, 1);
}

static Value cancels_the_second(Value unused)
{
    Loop *loop = loop_running();
    Handle *second;
    loop_call_later(loop, 1, speak, "timer1");
    second = loop_call_later(loop, 1, speak, "timer2");
    TRY(await_sleep(0));
    handle_cancel(second);
    loop_call_later(loop, 1, speak, "timer3");
    return await_sleep(2);
}

static void who_was_cancelled_is_no_candidate(void **state)
{
    run_traced(cancels_the_second, NONE);
    assert_said("timer1 timer3");
    assert_int_equal(most, 2);
}

static char seen_timer[64], seen_cut[8];

static size_t names_them(const Choice *choice, void *context)
{
    choice_name(choice, 1, seen_timer, sizeof seen_timer);
    choice_name(choice, 1, seen_cut, sizeof seen_cut);
    return 1;
}

static Value two_timers(Value unused)
{
    loop_call_later(loop_running(), 1, speak, "timer");
    return await_sleep(1);
}

static void a_candidate_has_a_name_for_people(void **state)
{
    loop_set_schedule(names_them, NULL);
    run_traced(two_timers, NONE);
    assert_string_equal(seen_timer, "the timer of Task-1");
    assert_string_equal(seen_cut, "the tim");
    run_traced(timers_of_one_moment, NONE);
    assert_string_equal(seen_timer, "speak()");
    run_traced(three_speak, NONE);
    assert_memory_equal(seen_timer, "Task-", 5);
}

static char seen[17];

static size_t looks(const Choice *choice, void *context)
{
    const Task *second = choice_task(choice, 1);
    assert_null(choice_task(choice, choice->count));
    if (!seen[0] && second)
        snprintf(seen, sizeof seen, "%s", task_name(second));
    return 0;
}

static void a_candidate_is_known_by_its_task(void **state)
{
    seen[0] = '\0';
    loop_set_schedule(looks, NULL);
    run_traced(three_speak, NONE);
    assert_string_equal(seen, "Task-3");
    loop_set_schedule(NULL, NULL);
    run_traced(three_speak, NONE);
    assert_null(choice_task(NULL, 0));
}

static Value turns_it_off(Value unused)
{
    loop_set_schedule(NULL, NULL);
    return three(speaks);
}

static void a_loop_that_runs_goes_on_as_it_began(void **state)
{
    loop_set_schedule(last, NULL);
    run_traced(turns_it_off, NONE);
    assert_said("c b a");
    run_traced(three_speak, NONE);
    assert_said("c b a a b c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        schedule_rule(the_first_candidate_is_what_asyncio_runs),
        schedule_rule(the_chosen_one_runs_next_and_the_others_keep_their_order),
        schedule_rule(a_batch_is_not_left_before_all_of_it_ran),
        schedule_rule(what_is_no_candidate_counts_as_the_first),
        schedule_rule(one_alone_is_no_choice),
        schedule_rule(calls_keep_their_order_among_themselves),
        schedule_rule(callbacks_keep_their_order_and_others_may_go_before),
        schedule_rule(a_futures_callbacks_and_wakeups_keep_their_order),
        schedule_rule(timers_of_one_moment_may_run_in_any_order),
        schedule_rule(who_was_cancelled_is_no_candidate),
        schedule_rule(a_candidate_is_known_by_its_task),
        schedule_rule(a_candidate_has_a_name_for_people),
        schedule_rule(a_loop_that_runs_goes_on_as_it_began),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
