/*
 * test_signal.c — signal handlers of a loop, and SIGINT while loop_run() runs.
 */
#include "support.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memory.h"

static bool has_default_action(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_DFL;
}

static void say_signal(void *future)
{
    say("signal");
    if (future && !future_done(future))
        future_set_result(future, NONE);
}

/* ---------------------------------------------------------------------------------------- add_signal_handler
 */

static Value wait_for_usr1(Value unused)
{
    Loop *loop = loop_running();
    Future *future = loop_create_future(loop);
    TRY(loop_add_signal_handler(loop, SIGUSR1, say_signal, future));
    raise(SIGUSR1);
    say("raised");
    Value outcome = await_future(future);
    assert_true(loop_remove_signal_handler(loop, SIGUSR1));
    assert_false(loop_remove_signal_handler(loop, SIGUSR1));
    future_release(future);
    return outcome;
}

/* As in CPython: the self-pipe's reader queues the handle, and writes to the pipe once more. */
static void a_signal_is_handled_in_the_loops_turn(void **state)
{
    assert_false(value_failed(run_traced(wait_for_usr1, NONE)));
    assert_said("raised signal");
    assert_true(has_default_action(SIGUSR1));
    assert_traced("\"by\":\"soon\",\"what\":\"call\",\"callback\":\"say_signal\"");
    assert_int_equal(
        traced_times(
            "\"by\":\"io\",\"what\":\"call\",\"callback\":\"BaseSelectorEventLoop._read_from_self\""),
        2);
}

static Value kill_from_a_thread(void *unused)
{
    kill(getpid(), SIGUSR1);
    return NONE;
}

static Value wait_for_a_kill(Value unused)
{
    Loop *loop = loop_running();
    Future *future = loop_create_future(loop);
    TRY(loop_add_signal_handler(loop, SIGUSR1, say_signal, future));
    Future *job = loop_run_in_executor(loop, kill_from_a_thread, NULL);
    TRY(await_future(job));
    Value outcome = await_future(future);
    future_release(job);
    future_release(future);
    return outcome; /* its action comes back when the loop closes */
}

static void a_signal_wakes_a_loop_that_waits(void **state)
{
    assert_false(value_failed(loop_run(coroutine(wait_for_a_kill, NONE))));
    assert_said("signal");
    assert_true(has_default_action(SIGUSR1));
}

static void say_new(void *unused)
{
    say("new");
}

static Value replace_a_handler(Value unused)
{
    Loop *loop = loop_running();
    TRY(loop_add_signal_handler(loop, SIGUSR1, say_signal, NULL));
    TRY(loop_add_signal_handler(loop, SIGUSR1, say_new, NULL));
    raise(SIGUSR1);
    raise(SIGUSR1);
    for (int k = 0; k < 4; k++)
        TRY(await_sleep(0));
    return NONE;
}

static void the_newest_handler_counts_and_signals_merge(void **state)
{
    assert_false(value_failed(loop_run(coroutine(replace_a_handler, NONE))));
    assert_said("new");
}

static void *add_in_another_thread(void *unused)
{
    Loop *loop = loop_new(NULL);
    assert_is(loop_add_signal_handler(loop, SIGUSR1, say_signal, NULL), RuntimeError);
    loop_free(loop);
    return NULL;
}

static void what_cannot_be_handled_is_an_error(void **state)
{
    Loop *loop = loop_new(NULL), *other = loop_new(NULL);
    memory_fail_after(0);
    assert_is(loop_add_signal_handler(loop, SIGUSR2, say_signal, NULL), MemoryError);
    memory_fail_after(-1);
    assert_true(has_default_action(SIGUSR2));
    assert_is(loop_add_signal_handler(loop, 0, say_signal, NULL), ValueError);
    assert_is(loop_add_signal_handler(loop, 65, say_signal, NULL), ValueError);
    assert_is(loop_add_signal_handler(loop, SIGKILL, say_signal, NULL), RuntimeError);
    assert_is(loop_add_signal_handler_named(loop, SIGUSR1, "nothing", NULL, NULL), TypeError);
    assert_false(value_failed(loop_add_signal_handler(loop, SIGUSR1, say_signal, NULL)));
    assert_is(loop_add_signal_handler(other, SIGUSR1, say_signal, NULL), RuntimeError);
    assert_false(loop_remove_signal_handler(other, SIGUSR1));
    assert_false(loop_remove_signal_handler(loop, 99));
    loop_free(loop);
    assert_true(has_default_action(SIGUSR1));
    loop_close(other);
    assert_is(loop_add_signal_handler(other, SIGUSR1, say_signal, NULL), RuntimeError);
    loop_free(other);
    loop = NULL;
    assert_is(loop_add_signal_handler(loop, SIGUSR1, say_signal, NULL), RuntimeError);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, add_in_another_thread, NULL), 0);
    pthread_join(thread, NULL);
}

/* ------------------------------------------------------------------------------------------------ SIGINT */

static Value tidy_up(Value unused)
{
    raise(SIGINT);
    Value outcome = await_sleep(loop_seconds(10));
    say(value_is(outcome, &CancelledError) ? "cancelled" : "not cancelled");
    return outcome;
}

static void the_first_sigint_cancels_main_and_ends_in_keyboard_interrupt(void **state)
{
    assert_is(run_traced(tidy_up, NONE), KeyboardInterrupt);
    assert_said("cancelled");
    assert_true(has_default_action(SIGINT));
    assert_traced("\"ev\":\"cancel\",\"task\":\"t1\"");
    assert_traced("Runner._on_sigint.<lambda>");
    assert_traced("shutdown_default_executor"); /* the run ended in order */
}

static Value ignore_it(Value unused)
{
    raise(SIGINT);
    assert_is(await_sleep(loop_seconds(10)), CancelledError);
    task_uncancel(task_current());
    return value_text("done all the same");
}

static void main_may_go_on_after_it(void **state)
{
    assert_string_equal(value_data(loop_run(coroutine(ignore_it, NONE))), "done all the same");
}

static Value ignore_all(Value unused)
{
    for (int k = 0; k < 3; k++) {
        if (k < 2)
            raise(SIGINT);
        Value outcome = await_sleep(loop_seconds(10));
        say(value_is(outcome, &CancelledError) ? "cancelled" : "slept");
    }
    return NONE;
}

static void the_second_one_ends_the_run_at_once(void **state)
{
    assert_is(loop_run(coroutine(ignore_all, NONE)), KeyboardInterrupt);
    assert_said("cancelled cancelled slept"); /* by the second one, by the shutdown's cancel */
    assert_true(has_default_action(SIGINT));
}

static Value interrupt_from_a_thread(void *unused)
{
    kill(getpid(), SIGINT);
    return NONE;
}

static Value wait_for_ctrl_c(Value unused)
{
    Loop *loop = loop_running();
    Future *never = loop_create_future(loop);
    loop_hold(loop);
    Future *job = loop_run_in_executor(loop, interrupt_from_a_thread, NULL);
    Value outcome = await_future(never);
    loop_let_go(loop);
    future_release(job);
    future_release(never);
    return outcome;
}

static void a_loop_that_waits_is_woken_by_it(void **state)
{
    assert_is(loop_run(coroutine(wait_for_ctrl_c, NONE)), KeyboardInterrupt);
}

static Value handle_it_myself(Value unused)
{
    Loop *loop = loop_running();
    Future *future = loop_create_future(loop);
    TRY(loop_add_signal_handler(loop, SIGINT, say_signal, future));
    raise(SIGINT);
    Value outcome = await_future(future);
    future_release(future);
    return outcome;
}

static void a_handler_of_the_loops_own_comes_first(void **state)
{
    assert_false(value_failed(loop_run(coroutine(handle_it_myself, NONE))));
    assert_said("signal");
    assert_true(has_default_action(SIGINT));
}

static bool passed_on;

static void on_sigint(int number)
{
    passed_on = loop_keyboard_interrupt();
}

static void a_program_with_a_handler_of_its_own_can_pass_it_on(void **state)
{
    signal(SIGINT, on_sigint);
    assert_is(loop_run(coroutine(tidy_up, NONE)), KeyboardInterrupt);
    assert_true(passed_on);
    raise(SIGINT);
    assert_false(passed_on); /* no loop runs */
    signal(SIGINT, SIG_DFL);
}

static Value never_come_back(Value unused)
{
    while (raise(SIGINT) == 0)
        continue;
    return NONE;
}

static void a_program_that_never_comes_back_is_killed_by_the_third(void **state)
{
    pid_t child = fork();
    if (child == 0) {
        loop_run(coroutine(never_come_back, NONE));
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

static void *run_elsewhere(void *unused)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    assert_false(loop_keyboard_interrupt());
    return NULL;
}

static void only_the_main_thread_takes_it(void **state)
{
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, run_elsewhere, NULL), 0);
    pthread_join(thread, NULL);
    assert_false(loop_keyboard_interrupt());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(a_signal_is_handled_in_the_loops_turn),
        rule(a_signal_wakes_a_loop_that_waits),
        rule(the_newest_handler_counts_and_signals_merge),
        rule(what_cannot_be_handled_is_an_error),
        rule(the_first_sigint_cancels_main_and_ends_in_keyboard_interrupt),
        rule(main_may_go_on_after_it),
        rule(the_second_one_ends_the_run_at_once),
        rule(a_loop_that_waits_is_woken_by_it),
        rule(a_handler_of_the_loops_own_comes_first),
        rule(a_program_with_a_handler_of_its_own_can_pass_it_on),
        rule(a_program_that_never_comes_back_is_killed_by_the_third),
        rule(only_the_main_thread_takes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
