/*
 * test_turn.c — tasks that only give each other turns, without a trace: they enter one another directly
 * (step.h), and nobody can tell.
 */
#include "support.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "task.h"

enum { MANY = 100000000 };

static Value takes_turns(Value count)
{
    for (int64_t k = 0; k < count.integer; k++)
        TRY(await_sleep(0));
    return NONE;
}

static void start(int count, int64_t turns)
{
    for (int k = 0; k < count; k++)
        task_release(task_create(coroutine(takes_turns, value_int(turns))));
}

static Value counts_iterations(Value unused)
{
    start(3, 20);
    uint64_t before = loop_running()->iterations;
    TRY(takes_turns(value_int(10)));
    say("%d", (int)(loop_running()->iterations - before));
    return NONE;
}

static void a_turn_is_an_iteration_however_many_take_one(void **state)
{
    loop_run(coroutine(counts_iterations, NONE));
    assert_said("10");
}

static Value says_its_name(Value unused)
{
    for (int k = 0; k < 3; k++) {
        TRY(await_sleep(0));
        say("%s", task_name(task_current()));
        assert_ptr_equal(task_current()->coroutine, coroutine_current());
    }
    return NONE;
}

static Value names_three(Value unused)
{
    for (char name[] = "a"; name[0] <= 'c'; name[0]++)
        task_release(task_create_named(coroutine(says_its_name, NONE), name));
    return takes_turns(value_int(10));
}

static void the_current_task_is_the_one_whose_turn_it_is(void **state)
{
    loop_run(coroutine(names_three, NONE));
    assert_said("a b c a b c a b c");
}

static void call(void *word)
{
    say("%s", (const char *)word);
}

static Value calls_among_turns(Value unused)
{
    start(2, 10);
    for (int k = 0; k < 3; k++) {
        say("turn");
        loop_call_soon(loop_running(), call, "call");
        TRY(await_sleep(0));
    }
    return NONE;
}

static void a_call_has_its_turn_among_theirs(void **state)
{
    loop_run(coroutine(calls_among_turns, NONE));
    assert_said("turn call turn call turn call");
}

static Value yields_numbers(Value unused)
{
    for (int k = 0; k < 3; k++)
        coroutine_yield(value_int(k));
    return NONE;
}

static Value goes_aside(Value home)
{
    while (coroutine_current() != home.pointer)
        coroutine_switch(home.pointer, value_int(7));
    return NONE;
}

static Value drives_others(Value unused)
{
    Coroutine *generator = coroutine(yields_numbers, NONE);
    Coroutine *aside = coroutine(goes_aside, value_pointer(coroutine_current(), NULL));
    Value number;
    while (coroutine_next(generator, &number)) {
        TRY(await_sleep(0));
        Value answer = coroutine_switch(aside, NONE);
        TRY(await_sleep(0));
        say("%d:%d", (int)number.integer, (int)answer.integer);
    }
    coroutine_release(generator);
    coroutine_release(aside);
    return NONE;
}

static Value two_drive_others(Value unused)
{
    start(1, 20);
    task_release(task_create(coroutine(drives_others, NONE)));
    TRY(drives_others(NONE));
    return takes_turns(value_int(10));
}

static void generators_and_switches_between_turns_disturb_nobody(void **state)
{
    assert_false(value_failed(loop_run(coroutine(two_drive_others, NONE))));
    assert_said("0:7 0:7 1:7 1:7 2:7 2:7");
}

static int ends[2];

static void reads(void *unused)
{
    char byte;
    assert_int_equal(read(ends[0], &byte, 1), 1);
    say("read");
}

static Value writes_among_turns(Value unused)
{
    Loop *loop = loop_running();
    start(2, 10);
    assert_false(value_failed(loop_add_reader(loop, ends[0], reads, NULL)));
    for (int k = 0; k < 3; k++) {
        assert_int_equal(write(ends[1], "x", 1), 1);
        say("wrote");
        TRY(await_sleep(0));
        TRY(await_sleep(0));
    }
    loop_remove_reader(loop, ends[0]);
    return NONE;
}

static void a_descriptor_that_is_ready_is_seen_in_the_next_iteration(void **state)
{
    assert_int_equal(pipe(ends), 0);
    loop_run(coroutine(writes_among_turns, NONE));
    close(ends[0]);
    close(ends[1]);
    assert_said("wrote read wrote read wrote read");
}

static Value interrupts_itself(Value unused)
{
    start(2, MANY);
    raise(SIGINT);
    return takes_turns(value_int(MANY));
}

static void an_interrupt_reaches_those_who_only_take_turns(void **state)
{
    assert_is(loop_run(coroutine(interrupts_itself, NONE)), KeyboardInterrupt);
}

static bool called;

static void set_called(void *unused)
{
    called = true;
}

static void *calls_from_a_thread(void *loop)
{
    usleep(10000);
    loop_call_soon_threadsafe(loop, set_called, NULL);
    return NULL;
}

static Value waits_in_turns(Value unused)
{
    pthread_t other;
    start(2, 1000);
    called = false;
    assert_int_equal(pthread_create(&other, NULL, calls_from_a_thread, loop_running()), 0);
    for (int k = 0; k < MANY && !called; k++)
        TRY(await_sleep(0));
    pthread_join(other, NULL);
    say(called ? "called" : "not called");
    return NONE;
}

static void a_call_from_a_thread_comes_while_tasks_take_turns(void **state)
{
    loop_run(coroutine(waits_in_turns, NONE));
    assert_said("called");
}

static Value exits(Value unused)
{
    TRY(takes_turns(value_int(2)));
    return value_exception(&SystemExit, "1");
}

static Value turns_until_the_end(Value unused)
{
    start(2, MANY);
    task_release(task_create(coroutine(exits, NONE)));
    return takes_turns(value_int(MANY));
}

static void a_task_that_exits_breaks_their_batch_off(void **state)
{
    assert_is(loop_run(coroutine(turns_until_the_end, NONE)), SystemExit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(a_turn_is_an_iteration_however_many_take_one),
        rule(the_current_task_is_the_one_whose_turn_it_is),
        rule(a_call_has_its_turn_among_theirs),
        rule(generators_and_switches_between_turns_disturb_nobody),
        rule(a_descriptor_that_is_ready_is_seen_in_the_next_iteration),
        rule(an_interrupt_reaches_those_who_only_take_turns),
        rule(a_call_from_a_thread_comes_while_tasks_take_turns),
        rule(a_task_that_exits_breaks_their_batch_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
