/*
 * test_coroutine.c — coroutine objects, and driving them by hand: next, yield, yield from, switch.
 */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "coroutine.h"

/* A trace around things outside any loop. */
static Trace *trace;

static void begin_trace(void)
{
    trace = trace_open_memory(&(TraceOptions){.clock = CLOCK_VIRTUAL});
    assert_non_null(trace);
}

static void assert_in_trace(const char *text)
{
    if (!strstr(trace_text(trace, NULL), text))
        fail_msg("%s is not in\n%s", text, trace_text(trace, NULL));
}

static Value speaks(Value word)
{
    say("%s", word.text);
    return word;
}

/* ---------------------------------------------------------------------------------------------- the object
 */

static void making_an_object_runs_nothing(void **state)
{
    begin_trace();
    Coroutine *object = coroutine(speaks, value_text("x"));
    assert_string_equal(coroutine_name(object), "speaks");
    assert_said("");
    assert_in_trace("{\"i\":1,\"ts\":0,\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"speaks\"}");
    coroutine_release(object);
    assert_in_trace("\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"speaks\",\"never_awaited\":true}");
    assert_in_trace(
        "\"ev\":\"output\",\"fd\":2,\"text\":\"RuntimeWarning: coroutine 'speaks' was never awaited\\n\"");
    trace_close(trace, "exit", 0);
}

/* How often the trace so far has the warning. */
static size_t warnings(const char *name)
{
    char text[80];
    size_t count = 0;
    snprintf(text, sizeof text, "RuntimeWarning: coroutine '%s' was never awaited", name);
    for (const char *at = trace_text(trace, NULL); (at = strstr(at, text)) != NULL; at++)
        count++;
    return count;
}

static void an_object_never_awaited_is_warned_of_once_at_each_line(void **state)
{
    begin_trace();
    for (int line = 101; line <= 102; line++)
        for (int k = 0; k < 3; k++) {
            LINE(line);
            coroutine_release(coroutine(speaks, NONE));
        }
    assert_int_equal(warnings("speaks"), 2);
    assert_in_trace("\"coroutine\":\"k6\",\"name\":\"speaks\",\"never_awaited\":true}");
    LINE(0); /* where no line is known there is nothing to tell two places apart by */
    coroutine_release(coroutine(speaks, NONE));
    coroutine_release(coroutine(speaks, NONE));
    assert_int_equal(warnings("speaks"), 4);
    trace_close(trace, "exit", 0);
}

static Value main_(Value unused)
{
    return unused;
}

static void the_underscore_that_c_needs_is_dropped(void **state)
{
    Coroutine *first = coroutine(main_, NONE), *second = coroutine(main_, NONE);
    assert_string_equal(coroutine_name(first), "main");
    assert_ptr_equal(coroutine_name(first), coroutine_name(second));
    Value value;
    coroutine_next(first, &value);
    coroutine_next(second, &value);
    coroutine_release(first);
    coroutine_release(second);
}

static Value inner(Value word)
{
    LINE(5);
    say("%s", word.text);
    return value_int(3);
}

static Value outer(Value unused)
{
    LINE(9);
    Value got = await_coroutine(coroutine(inner, value_text("inner")));
    say("%d", (int)got.integer);
    return NONE;
}

static void await_is_a_plain_call_and_a_frame_in_the_trace(void **state)
{
    begin_trace();
    trace_source(trace, "x.py", "python", "");
    loop_run(coroutine(outer, NONE));
    assert_said("inner 3");
    assert_in_trace("\"ev\":\"enter\",\"function\":\"inner\",\"source\":\"s1\",\"line\":9,\"task\":\"t1\"}");
    assert_in_trace("\"line\":5,\"function\":\"inner\",\"task\":\"t1\"}");
    assert_in_trace("\"ev\":\"leave\",\"function\":\"inner\",\"source\":\"s1\",\"line\":9,\"task\":\"t1\"}");
    trace_close(trace, "exit", 0);
}

/* ------------------------------------------------------------------------------------------------ generators
 */

static Value counts(Value last)
{
    for (int64_t k = 1; k <= last.integer; k++)
        coroutine_yield(value_int(k));
    return value_text("end");
}

static void next_runs_to_the_next_yield_and_then_gives_the_result(void **state)
{
    begin_trace();
    Coroutine *generator = coroutine(counts, value_int(2));
    Value value;
    assert_true(coroutine_next(generator, &value));
    assert_int_equal(value.integer, 1);
    assert_true(coroutine_next(generator, &value));
    assert_int_equal(value.integer, 2);
    assert_false(coroutine_next(generator, &value));
    assert_string_equal(value.text, "end");
    assert_false(coroutine_next(generator, &value)); /* and stays at its end */
    assert_int_equal(value.kind, VALUE_NONE);
    coroutine_release(generator);
    assert_in_trace("\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"}");
    assert_in_trace("\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k0\",\"value\":\"2\"}");
    assert_in_trace("\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k0\",\"value\":\"'end'\",\"done\":true}");
    trace_close(trace, "exit", 0);
}

static Value delegates(Value unused)
{
    coroutine_yield(value_int(10));
    Value result = coroutine_yield_from(coroutine(counts, value_int(2)));
    coroutine_yield(value_int(20));
    return result;
}

static void yield_from_hands_out_every_yield_of_the_other(void **state)
{
    Coroutine *generator = coroutine(delegates, NONE);
    Value value;
    while (coroutine_next(generator, &value))
        say("%d", (int)value.integer);
    assert_said("10 1 2 20");
    assert_string_equal(value.text, "end");
    coroutine_release(generator);
}

static void a_suspended_generator_can_be_dropped(void **state)
{
    Coroutine *generator = coroutine(counts, value_int(2));
    Value value;
    coroutine_next(generator, &value);
    coroutine_release(generator); /* no warning: it was begun */
}

static Coroutine *self_driven;

static Value drives_itself(Value unused)
{
    Value value;
    assert_false(coroutine_next(self_driven, &value));
    say("%s", value.message);
    Value other;
    Coroutine *nested = coroutine(counts, value_int(1));
    coroutine_next(nested, &other);
    coroutine_release(nested);
    return NONE;
}

static void a_running_generator_cannot_be_driven(void **state)
{
    self_driven = coroutine(drives_itself, NONE);
    Value value;
    coroutine_next(self_driven, &value);
    assert_said("next() of a coroutine that something else drives");
    coroutine_release(self_driven);
}

static void yield_outside_a_generator_is_an_error(void **state)
{
    assert_is(coroutine_yield(NONE), RuntimeError);
}

static Value yields_in_task(Value unused)
{
    return coroutine_yield(NONE);
}

static Value drives_in_task(Value unused)
{
    Coroutine *generator = coroutine(counts, value_int(3));
    Value value;
    while (coroutine_next(generator, &value)) {
        say("%d", (int)value.integer);
        TRY(await_sleep(loop_seconds(1)));
    }
    coroutine_release(generator);
    return NONE;
}

static void a_task_may_drive_generators_but_is_none(void **state)
{
    assert_is(loop_run(coroutine(yields_in_task, NONE)), RuntimeError);
    assert_false(value_failed(loop_run(coroutine(drives_in_task, NONE))));
    assert_said("1 2 3");
    assert_int_equal(program_time(), loop_seconds(3));
}

static Value awaits_by_hand(Value unused)
{
    return await_sleep(0);
}

static void a_coroutine_driven_by_hand_cannot_wait_for_a_loop(void **state)
{
    Coroutine *object = coroutine(awaits_by_hand, NONE);
    Value value;
    assert_false(coroutine_next(object, &value));
    assert_is(value, RuntimeError);
    coroutine_release(object);
}

static void the_lines_of_a_generator_name_it(void **state)
{
    begin_trace();
    trace_source(trace, "x.py", "python", "");
    trace_source(trace, "x.c", "c", "");
    Coroutine *object = coroutine(inner, value_text("x"));
    Value value;
    coroutine_next(object, &value);
    coroutine_release(object);
    assert_in_trace("\"line\":5,\"also\":[\"s2\",");
    assert_in_trace("\"function\":\"inner\",\"coroutine\":\"k1\"}");
    trace_close(trace, "exit", 0);
}

/* ------------------------------------------------------------------------------------------------ greenlets
 */

static Coroutine *one, *two;

static Value first(Value unused)
{
    say("1");
    Value got = coroutine_switch(two, value_int(5));
    say("2:%d", (int)got.integer);
    coroutine_switch(two, NONE);
    say("never");
    return NONE;
}

static Value second(Value given)
{
    say("3");
    coroutine_switch(one, value_int(6));
    say("4");
    return value_text("over");
}

static void switch_passes_control_and_values_and_the_end_goes_to_the_maker(void **state)
{
    begin_trace();
    one = coroutine(first, NONE);
    two = coroutine(second, NONE);
    Value result = coroutine_switch(one, NONE);
    assert_said("1 3 2:6 4");
    assert_string_equal(result.text, "over");
    assert_is(coroutine_switch(two, NONE), RuntimeError); /* it has ended */
    coroutine_release(one);
    coroutine_release(two);
    assert_in_trace("\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"}");
    assert_in_trace("\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k2\",\"value\":\"5\"}");
    assert_in_trace("\"ev\":\"switch\",\"from\":\"k2\",\"to\":\"k0\",\"value\":\"'over'\",\"done\":true}");
    trace_close(trace, "exit", 0);
}

static Coroutine *main_program;

static Value goes_to_main(Value unused)
{
    say("there");
    Value got = coroutine_switch(main_program, value_int(1));
    say("again:%d", (int)got.integer);
    return value_int(2);
}

static void the_main_program_can_be_switched_to(void **state)
{
    main_program = coroutine_current();
    Coroutine *object = coroutine(goes_to_main, NONE);
    assert_int_equal(coroutine_switch(object, NONE).integer, 1);
    say("back");
    assert_int_equal(coroutine_switch(object, value_int(8)).integer, 2);
    assert_said("there back again:8");
    assert_int_equal(coroutine_switch(main_program, value_int(4)).integer,
                     4); /* to itself: nothing happens */
    coroutine_release(object);
}

static Value switches_in_task(Value unused)
{
    Coroutine *object = coroutine(speaks, value_text("greenlet"));
    Value result = coroutine_switch(object, NONE);
    coroutine_release(object);
    TRY(await_sleep(loop_seconds(1)));
    say("%s", result.text);
    return NONE;
}

static void a_task_may_switch_to_a_greenlet(void **state)
{
    assert_false(value_failed(loop_run(coroutine(switches_in_task, NONE))));
    assert_said("greenlet greenlet");
}

static void ways_of_driving_do_not_mix(void **state)
{
    Value value;
    Coroutine *generator = coroutine(counts, value_int(2));
    coroutine_next(generator, &value);
    assert_is(coroutine_switch(generator, NONE), RuntimeError);
    coroutine_release(generator);
    main_program = coroutine_current();
    Coroutine *greenlet = coroutine(goes_to_main, NONE);
    coroutine_switch(greenlet, NONE);
    assert_false(coroutine_next(greenlet, &value));
    assert_is(value, RuntimeError);
    coroutine_release(greenlet);
}

/* --------------------------------------------------------------------------------------- objects that are
 * gone
 */

static Coroutine *maker, *made;

static Value ends_without_its_maker(Value unused)
{
    coroutine_release(maker);
    coroutine_release(coroutine(ends_without_its_maker, NONE)); /* takes the maker's place in memory */
    say("end");
    return value_int(7);
}

static Value makes_and_switches(Value unused)
{
    made = coroutine(ends_without_its_maker, NONE);
    coroutine_switch(made, NONE);
    say("never");
    return NONE;
}

static void a_greenlet_whose_maker_is_gone_ends_in_the_main_program(void **state)
{
    maker = coroutine(makes_and_switches, NONE);
    assert_int_equal(coroutine_switch(maker, NONE).integer, 7);
    assert_said("end");
    coroutine_release(made);
}

static Value loses_a_greenlet(Value unused)
{
    maker = coroutine(makes_and_switches, NONE);
    say("%d", (int)coroutine_switch(maker, NONE).integer);
    coroutine_release(made);
    return await_sleep(loop_seconds(1));
}

static void in_a_task_it_ends_in_the_task(void **state)
{
    assert_false(value_failed(loop_run(coroutine(loses_a_greenlet, NONE))));
    assert_said("end 7");
    assert_int_equal(program_time(), loop_seconds(1));
}

static Value generates_after_losing_a_greenlet(Value unused)
{
    maker = coroutine(makes_and_switches, NONE);
    Value got = coroutine_switch(maker, NONE);
    coroutine_release(made);
    coroutine_yield(got);
    return value_text("end");
}

static Value drives_the_loser(Value unused)
{
    Value value;
    Coroutine *generator = coroutine(generates_after_losing_a_greenlet, NONE);
    while (coroutine_next(generator, &value))
        say("%d", (int)value.integer);
    coroutine_release(generator);
    return await_sleep(0);
}

static void in_a_generator_it_ends_in_the_generator(void **state)
{
    assert_false(value_failed(loop_run(coroutine(drives_the_loser, NONE))));
    assert_said("end 7");
}

static Coroutine *of_the_task;

static Value comes_back_early(Value unused)
{
    Value got = coroutine_switch(of_the_task, value_int(1));
    say("%s", got.text);
    return value_int(2);
}

static Value lets_a_greenlet_come_back(Value unused)
{
    of_the_task = coroutine_current();
    Coroutine *greenlet = coroutine(comes_back_early, NONE);
    say("%d", (int)coroutine_switch(greenlet, NONE).integer);
    TRY(await_sleep(loop_seconds(1)));
    say("%d", (int)coroutine_switch(greenlet, value_text("on")).integer);
    coroutine_release(greenlet);
    return NONE;
}

static void a_greenlet_may_switch_back_to_its_task_which_then_waits_as_ever(void **state)
{
    assert_false(value_failed(loop_run(coroutine(lets_a_greenlet_come_back, NONE))));
    assert_said("1 on 2");
}

static Value switches_to_a_sleeping_task(Value unused)
{
    Value got = coroutine_switch(of_the_task, NONE);
    say("%s", got.message);
    return NONE;
}

static Value sleeps_with_its_name_known(Value unused)
{
    of_the_task = coroutine_current();
    return await_sleep(loop_seconds(1));
}

static Value disturbs_a_sleeper(Value unused)
{
    Task *sleeper = task_create(coroutine(sleeps_with_its_name_known, NONE));
    TRY(await_sleep(0));
    Coroutine *greenlet = coroutine(switches_to_a_sleeping_task, NONE);
    coroutine_switch(greenlet, NONE);
    coroutine_release(greenlet);
    Value outcome = await_task(sleeper);
    task_release(sleeper);
    return outcome;
}

static void nobody_switches_to_a_task_that_sleeps(void **state)
{
    assert_false(value_failed(loop_run(coroutine(disturbs_a_sleeper, NONE))));
    assert_said("cannot switch to a coroutine that something else drives");
}

static Coroutine *switching_generator;

static Value releases_the_generator(Value unused)
{
    coroutine_release(switching_generator); /* a line on stderr; next() waits for it */
    return value_int(4);
}

static Value switches_and_yields(Value unused)
{
    Coroutine *greenlet = coroutine(releases_the_generator, NONE);
    Value got = coroutine_switch(greenlet, NONE);
    coroutine_release(greenlet);
    coroutine_yield(got);
    return NONE;
}

static void a_generator_that_somebody_waits_for_cannot_be_released(void **state)
{
    Value value;
    switching_generator = coroutine(switches_and_yields, NONE);
    assert_true(coroutine_next(switching_generator, &value));
    assert_int_equal(value.integer, 4);
    coroutine_release(switching_generator);
}

static Value uses_it_up(Value unused)
{
    Coroutine *object = coroutine_keep(coroutine(speaks, value_text("first")));
    await_coroutine(object);
    Coroutine *other = coroutine(speaks, value_text("second"));
    assert_ptr_not_equal(object, other);
    assert_string_equal(coroutine_name(object), "speaks");
    Value value;
    assert_is(coroutine_switch(object, NONE), RuntimeError);
    assert_false(coroutine_next(object, &value));
    assert_is(value, RuntimeError);
    assert_is(await_coroutine(coroutine_keep(object)), RuntimeError);
    Task *task = task_create(coroutine_keep(object));
    assert_is(await_task(task), RuntimeError);
    task_release(task);
    coroutine_release(object);
    await_coroutine(other);
    return NONE;
}

static void an_object_that_is_kept_is_known_to_be_used_up(void **state)
{
    assert_false(value_failed(loop_run(coroutine(uses_it_up, NONE))));
    assert_said("first second");
}

static Value keeps_what_a_task_runs(Value unused)
{
    Coroutine *object = coroutine_keep(coroutine(speaks, value_text("task")));
    Task *task = task_create(object);
    assert_is(await_coroutine(object), RuntimeError); /* and that reference is gone: the task has its own */
    Value outcome = await_task(task);
    task_release(task);
    return outcome;
}

static void a_task_keeps_its_coroutine_whoever_gives_a_reference_back(void **state)
{
    assert_false(value_failed(loop_run(coroutine(keeps_what_a_task_runs, NONE))));
    assert_said("task");
}

static void the_main_program_is_nobodys_to_release(void **state)
{
    coroutine_release(coroutine_keep(coroutine_current()));
    coroutine_release(coroutine_current());
    assert_non_null(coroutine_current());
    the_main_program_can_be_switched_to(state);
}

static Value deep(Value depth)
{
    return depth.integer ? await_coroutine(coroutine(deep, value_int(depth.integer - 1)))
                         : value_text("bottom");
}

static Value holds_a_number(Value number)
{
    double real = (double)number.integer * 0.5;
    long long whole = number.integer * 3;
    for (int k = 0; k < 5; k++) {
        TRY(await_sleep(0));
        real += 1;
        whole += 1;
    }
    assert_true(real == (double)number.integer * 0.5 + 5);
    assert_true(whole == number.integer * 3 + 5);
    return NONE;
}

static Value ten_thousand(Value unused)
{
    enum { COUNT = 10000 };
    static Task *tasks[COUNT];
    for (int64_t k = 0; k < COUNT; k++)
        tasks[k] = task_create(coroutine(holds_a_number, value_int(k)));
    for (int64_t k = 0; k < COUNT; k++) {
        TRY(await_task(tasks[k]));
        task_release(tasks[k]);
    }
    return await_coroutine(coroutine(deep, value_int(50)));
}

static void ten_thousand_coroutines_keep_their_own_registers_and_stacks(void **state)
{
    assert_string_equal(loop_run(coroutine(ten_thousand, NONE)).text, "bottom");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(making_an_object_runs_nothing),
        rule(an_object_never_awaited_is_warned_of_once_at_each_line),
        rule(the_underscore_that_c_needs_is_dropped),
        rule(await_is_a_plain_call_and_a_frame_in_the_trace),
        rule(next_runs_to_the_next_yield_and_then_gives_the_result),
        rule(yield_from_hands_out_every_yield_of_the_other),
        rule(a_suspended_generator_can_be_dropped),
        rule(a_running_generator_cannot_be_driven),
        rule(yield_outside_a_generator_is_an_error),
        rule(a_task_may_drive_generators_but_is_none),
        rule(a_coroutine_driven_by_hand_cannot_wait_for_a_loop),
        rule(the_lines_of_a_generator_name_it),
        rule(switch_passes_control_and_values_and_the_end_goes_to_the_maker),
        rule(the_main_program_can_be_switched_to),
        rule(a_task_may_switch_to_a_greenlet),
        rule(ways_of_driving_do_not_mix),
        rule(a_greenlet_whose_maker_is_gone_ends_in_the_main_program),
        rule(in_a_task_it_ends_in_the_task),
        rule(in_a_generator_it_ends_in_the_generator),
        rule(a_greenlet_may_switch_back_to_its_task_which_then_waits_as_ever),
        rule(nobody_switches_to_a_task_that_sleeps),
        rule(a_generator_that_somebody_waits_for_cannot_be_released),
        rule(an_object_that_is_kept_is_known_to_be_used_up),
        rule(a_task_keeps_its_coroutine_whoever_gives_a_reference_back),
        rule(the_main_program_is_nobodys_to_release),
        rule(ten_thousand_coroutines_keep_their_own_registers_and_stacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
