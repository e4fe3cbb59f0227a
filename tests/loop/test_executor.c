/*
 * test_executor.c — jobs in threads: where they run, what becomes of their results, cancels and texts, and
 * how a loop ends around them.
 */
#include "support.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "memory.h"
#include "poller.h"

static sem_t go, begun;

static int fresh_gates(void **state)
{
    sem_init(&go, 0, 0);
    sem_init(&begun, 0, 0);
    return fresh(state);
}

#define job_rule(name) cmocka_unit_test_setup(name, fresh_gates)

static Value double_it(void *number)
{
    return value_int(2 * *(int *)number);
}

/* Runs until it is told to end. */
static Value wait_for_go(void *unused)
{
    sem_post(&begun);
    while (sem_wait(&go) < 0)
        continue;
    return value_text("gone");
}

/* ---------------------------------------------------------------------------------------------- results */

static Value await_double(Value unused)
{
    int number = 21;
    return await_to_thread(double_it, &number);
}

static void the_result_of_a_job_is_what_the_await_gives(void **state)
{
    Value result = run_traced(await_double, NONE);
    assert_int_equal(result.integer, 42);
    assert_traced("\"of\":\"wrap_future\"");
    assert_traced("\"by\":\"thread\",\"what\":\"call\",\"callback\":\"_chain_future._set_state\"");
    assert_traced(
        "\"what\":\"callback\",\"future\":\"f1\",\"callback\":\"_chain_future._call_check_cancel\"");
}

/* The same handles in the same iterations as CPython 3.11.7 runs for `await asyncio.to_thread(f)`. */
static void a_job_takes_the_iterations_that_it_takes_in_cpython(void **state)
{
    run_traced(await_double, NONE);
    /* 1 main begins; 2 _set_state, _read_from_self; 3 _call_check_cancel, main ends; 4 stop.
       5, 6 shutdown_asyncgens; 7 shutdown_default_executor; 8 Future.set_result, _read_from_self; 9, 10 */
    assert_int_equal(iterations(), 10);
    assert_int_equal(handles_run(), 13);
    assert_traced("\"of\":\"BaseEventLoop.shutdown_default_executor\"");
}

static Value raise_error(void *unused)
{
    return value_exception(&ValueError, text_format("bad %s", "luck"));
}

static Value await_failure(Value unused)
{
    return await_to_thread(raise_error, NULL);
}

static void the_exception_of_a_job_is_what_the_await_gives(void **state)
{
    Value result = loop_run(coroutine(await_failure, NONE));
    assert_is(result, ValueError);
    assert_string_equal(result.message, "bad luck"); /* although its thread has ended */
}

static Value name_thread(void *answer)
{
    *(pthread_t *)answer = pthread_self();
    assert_null(loop_running());
    assert_null(task_current());
    assert_is(await_sleep(0), RuntimeError);
    return NONE;
}

static Value run_two_in_turn(Value unused)
{
    pthread_t first, second;
    TRY(await_to_thread(name_thread, &first));
    TRY(await_to_thread(name_thread, &second));
    assert_false(pthread_equal(first, pthread_self()));
    assert_true(pthread_equal(first, second));
    return NONE;
}

static void a_thread_that_is_idle_gets_the_next_job(void **state)
{
    assert_false(value_failed(loop_run(coroutine(run_two_in_turn, NONE))));
}

static Value meet(void *barrier)
{
    pthread_barrier_wait(barrier);
    return NONE;
}

static Value run_many_at_once(Value unused)
{
    enum { JOBS = 4 };
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, NULL, JOBS);
    Awaitable jobs[JOBS];
    for (int k = 0; k < JOBS; k++)
        jobs[k] = awaitable(loop_run_in_executor(loop_running(), meet, &barrier));
    Value outcome = await_gather(jobs, JOBS, false);
    for (int k = 0; k < JOBS; k++)
        future_release(jobs[k].future);
    pthread_barrier_destroy(&barrier);
    return outcome;
}

static void jobs_run_at_the_same_time(void **state)
{
    assert_false(value_failed(loop_run(coroutine(run_many_at_once, NONE))));
}

/* ---------------------------------------------------------------------------------------------- cancels */

static Value cancel_a_queued_one(Value unused)
{
    static int number = 1;
    Loop *loop = loop_running();
    assert_false(value_failed(loop_set_default_executor(loop, 1)));
    Future *running = loop_run_in_executor(loop, wait_for_go, NULL);
    Future *queued = loop_run_in_executor(loop, double_it, &number);
    sem_wait(&begun);
    assert_true(future_cancel(queued, NULL));
    assert_is(await_future(queued), CancelledError);
    TRY(await_sleep(0)); /* the job is told by a callback */
    sem_post(&go);
    Value result = await_future(running);
    assert_string_equal(value_data(result), "gone");
    future_release(running);
    future_release(queued);
    return NONE;
}

static void a_job_that_is_cancelled_before_it_begins_never_runs(void **state)
{
    assert_false(value_failed(run_traced(cancel_a_queued_one, NONE)));
    assert_traced("\"by\":\"soon\",\"what\":\"call\",\"callback\":\"_chain_future._set_state\"");
}

static atomic_bool ended;

static Value wait_and_tell(void *unused)
{
    wait_for_go(NULL);
    atomic_store(&ended, true);
    return value_exception(&ValueError, "nobody sees it");
}

static Value cancel_a_running_one(Value unused)
{
    Future *running = loop_run_in_executor(loop_running(), wait_and_tell, NULL);
    log_reports(loop_running());
    sem_wait(&begun);
    assert_true(future_cancel(running, NULL));
    assert_is(await_future(running), CancelledError);
    assert_false(atomic_load(&ended));
    sem_post(&go);
    future_release(running);
    return NONE;
}

static void a_job_that_runs_goes_on_and_the_run_waits_for_it(void **state)
{
    atomic_store(&ended, false);
    assert_false(value_failed(loop_run(coroutine(cancel_a_running_one, NONE))));
    assert_true(atomic_load(&ended));
    assert_said("");
}

static Value be_cancelled_in_to_thread(Value unused)
{
    return await_to_thread(wait_and_tell, NULL);
}

static Value cancel_a_task_in_to_thread(Value unused)
{
    Task *task = task_create(coroutine(be_cancelled_in_to_thread, NONE));
    TRY(await_sleep(0));
    sem_wait(&begun);
    task_cancel(task, NULL);
    assert_is(await_task(task), CancelledError);
    task_release(task);
    sem_post(&go);
    return NONE;
}

static void a_task_is_cancelled_though_its_job_is_not(void **state)
{
    atomic_store(&ended, false);
    assert_false(value_failed(loop_run(coroutine(cancel_a_task_in_to_thread, NONE))));
    assert_true(atomic_load(&ended));
}

/* ------------------------------------------------------------------------------------------------- clock */

static Value let_go_later(Value unused)
{
    TRY(await_sleep(1000000)); /* 1 ms, which pass */
    sem_post(&go);
    return NONE;
}

static Value wait_beside_a_timer(Value unused)
{
    Task *other = task_create(coroutine(let_go_later, NONE));
    Value result = await_to_thread(wait_for_go, NULL);
    assert_int_equal(loop_time(loop_running()), 1000000);
    task_release(other);
    return result;
}

/* If virtual time stood still until the job has ended, both would wait for ever. */
static void timers_fire_while_a_job_runs(void **state)
{
    assert_string_equal(value_data(loop_run(coroutine(wait_beside_a_timer, NONE))), "gone");
}

static Value sleep_long(Value unused)
{
    return await_sleep(loop_seconds(3600));
}

static Value wait_beside_a_long_sleep(Value unused)
{
    Task *other = task_create(coroutine(sleep_long, NONE));
    int number = 1;
    for (int k = 0; k < 20; k++)
        TRY(await_to_thread(double_it, &number));
    assert_int_equal(loop_time(loop_running()), 0);
    Value outcome = await_task(other);
    assert_int_equal(loop_time(loop_running()), loop_seconds(3600));
    task_release(other);
    return outcome;
}

static void jobs_take_no_virtual_time_and_then_it_jumps(void **state)
{
    assert_false(value_failed(loop_run(coroutine(wait_beside_a_long_sleep, NONE))));
}

/* -------------------------------------------------------------------------------------------------- naps */

static Value sleep_for(void *nanoseconds)
{
    blocking_sleep(*(int64_t *)nanoseconds);
    return value_int(*(int64_t *)nanoseconds / loop_seconds(1));
}

static Value tick(Value unused)
{
    for (int k = 0; k < 2; k++) {
        TRY(await_sleep(loop_seconds(400)));
        say("tick %d", (int)(loop_time(loop_running()) / loop_seconds(1)));
    }
    return NONE;
}

static Value sleep_beside_a_clock(Value unused)
{
    int64_t delay = loop_seconds(500);
    Task *clock = task_create(coroutine(tick, NONE));
    TRY(await_to_thread(sleep_for, &delay));
    say("job %d", (int)(loop_time(loop_running()) / loop_seconds(1)));
    TRY(await_task(clock));
    task_release(clock);
    return NONE;
}

static void a_job_that_sleeps_takes_virtual_time_and_no_other(void **state)
{
    int64_t start = clock_monotonic();
    assert_false(value_failed(loop_run(coroutine(sleep_beside_a_clock, NONE))));
    assert_string_equal(said(), "tick 400 job 500 tick 800");
    assert_true(clock_monotonic() - start < loop_seconds(100));
}

static Value shut_down(Value unused)
{
    return await_shutdown_default_executor();
}

/* More jobs than threads: those that wait for a thread do not keep time from moving. */
static Value sleep_in_two_threads(Value unused)
{
    enum { JOBS = 4 };
    int64_t delays[JOBS] = {loop_seconds(300), loop_seconds(200), loop_seconds(100), loop_seconds(50)};
    Future *jobs[JOBS];
    TRY(loop_set_default_executor(loop_running(), 2));
    for (int k = 0; k < JOBS; k++)
        jobs[k] = loop_run_in_executor(loop_running(), sleep_for, &delays[k]);
    for (int k = 0; k < JOBS; k++) {
        TRY(await_future(jobs[k]));
        say("%d", (int)(loop_time(loop_running()) / loop_seconds(1)));
        future_release(jobs[k]);
    }
    return NONE;
}

static void jobs_that_sleep_wake_in_the_order_of_their_times(void **state)
{
    assert_false(value_failed(loop_run(coroutine(sleep_in_two_threads, NONE))));
    assert_string_equal(said(), "300 300 300 350");
}

static Value sleep_twice(void *unused)
{
    blocking_sleep(loop_seconds(1000));
    blocking_sleep(loop_seconds(1000));
    return value_text("slept");
}

static Value leave_a_sleeper(Value unused)
{
    future_release(loop_run_in_executor(loop_running(), sleep_twice, NULL));
    return NONE;
}

static void the_end_waits_for_a_job_that_sleeps(void **state)
{
    int64_t start = clock_monotonic();
    run_traced(leave_a_sleeper, NONE);
    assert_traced("\"ts\":2000000000000,");
    assert_true(clock_monotonic() - start < loop_seconds(100));
}

/* The loop's thread stands still in the join: nobody moves its time, and still all wake. */
static Value cancel_the_shutdown_of_a_sleeper(Value unused)
{
    future_release(loop_run_in_executor(loop_running(), sleep_twice, NULL));
    Task *task = task_create(coroutine(shut_down, NONE));
    TRY(await_sleep(0));
    task_cancel(task, NULL);
    Value outcome = await_task(task);
    task_release(task);
    say("%s", outcome.exception->name);
    return NONE;
}

static void nobody_sleeps_on_when_the_loop_stands_still(void **state)
{
    int64_t start = clock_monotonic();
    assert_false(value_failed(loop_run(coroutine(cancel_the_shutdown_of_a_sleeper, NONE))));
    assert_string_equal(said(), "CancelledError");
    assert_true(clock_monotonic() - start < loop_seconds(100));
}

/* ------------------------------------------------------------------------------------------------ endings */

static void let_it_go(void *unused)
{
    sem_post(&go);
}

/* The thread that joined the others told the loop while its task had been cancelled already. */
static Value cancel_the_shutdown(Value unused)
{
    Loop *loop = loop_running();
    Future *job = loop_run_in_executor(loop, wait_for_go, NULL);
    Task *task = task_create(coroutine(shut_down, NONE));
    TRY(await_sleep(0));
    loop_call_soon(loop, let_it_go, NULL); /* in its batch before the task, which then blocks the loop */
    task_cancel(task, NULL);
    Value outcome = await_task(task);
    say("%s", outcome.exception->name);
    for (int k = 0; k < 4; k++) /* what was given back is taken anew, and has to stay whole */
        TRY(await_sleep(loop_seconds(0.001)));
    say("%s", await_future(job).text);
    task_release(task);
    future_release(job);
    return NONE;
}

static void a_shutdown_that_is_cancelled_waits_and_leaves_nothing_behind(void **state)
{
    assert_false(value_failed(loop_run(coroutine(cancel_the_shutdown, NONE))));
    assert_said("CancelledError gone");
}

static Value refuse_after_shutdown(Value unused)
{
    int number = 1;
    TRY(await_to_thread(double_it, &number));
    TRY(await_shutdown_default_executor());
    Value refused = await_to_thread(double_it, &number);
    assert_is(refused, RuntimeError);
    assert_string_equal(refused.message, "Executor shutdown has been called");
    assert_null(loop_run_in_executor(loop_running(), double_it, &number));
    return await_shutdown_default_executor();
}

static void after_the_shutdown_no_job_is_taken(void **state)
{
    assert_false(value_failed(loop_run(coroutine(refuse_after_shutdown, NONE))));
}

static void a_loop_that_closes_leaves_its_jobs_running(void **state)
{
    atomic_store(&ended, false);
    Loop *loop = loop_new(NULL);
    assert_false(value_failed(loop_set_default_executor(loop, 1)));
    Future *running = loop_run_in_executor(loop, wait_and_tell, NULL);
    Future *queued = loop_run_in_executor(loop, wait_and_tell, NULL);
    sem_wait(&begun);
    loop_free(loop);
    future_release(running);
    future_release(queued);
    sem_post(&go);
    sem_wait(&begun); /* what was queued is done too, as with shutdown(wait=False) */
    sem_post(&go);
    while (!atomic_load(&ended))
        usleep(100);
}

static void what_cannot_be_is_refused(void **state)
{
    int number = 1;
    assert_is(await_to_thread(double_it, &number), RuntimeError);
    assert_is(await_shutdown_default_executor(), RuntimeError);
    Loop *loop = NULL;
    assert_null(loop_run_in_executor(loop, double_it, &number));
    assert_is(loop_set_default_executor(loop, 1), RuntimeError);
    loop = loop_new(NULL);
    assert_null(loop_run_in_executor_named(loop, "nothing", NULL, NULL));
    assert_is(loop_set_default_executor(loop, 0), ValueError);
    assert_false(value_failed(loop_set_default_executor(loop, 1)));
    assert_is(loop_set_default_executor(loop, 1), RuntimeError);
    loop_close(loop);
    assert_null(loop_run_in_executor(loop, double_it, &number));
    loop_free(loop);
}

/* ------------------------------------------------------------------------------------------- out of memory
 */

static Value two_jobs(Value unused)
{
    int number = 4;
    Value first = await_to_thread(double_it, &number);
    TRY(first);
    Future *second = loop_run_in_executor(loop_running(), double_it, &number);
    if (!second)
        return value_exception(&MemoryError, NULL);
    Value outcome = await_future(second);
    future_release(second);
    return outcome;
}

static void *run_with_failure(void *nth)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    memory_fail_after(*(long *)nth);
    Coroutine *main_coroutine = coroutine(two_jobs, NONE);
    Value result = main_coroutine ? loop_run(main_coroutine) : value_exception(&MemoryError, NULL);
    bool failed = memory_has_failed();
    memory_fail_after(-1);
    assert_true(value_is(result, &MemoryError) || result.integer == 8);
    assert_int_equal(loop_run(coroutine(two_jobs, NONE)).integer, 8);
    return failed ? nth : NULL;
}

static void any_allocation_may_fail(void **state)
{
    assert_true(fail_each_allocation(run_with_failure) > 12); /* so many there are at least */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        job_rule(the_result_of_a_job_is_what_the_await_gives),
        job_rule(a_job_takes_the_iterations_that_it_takes_in_cpython),
        job_rule(the_exception_of_a_job_is_what_the_await_gives),
        job_rule(a_thread_that_is_idle_gets_the_next_job),
        job_rule(jobs_run_at_the_same_time),
        job_rule(a_job_that_is_cancelled_before_it_begins_never_runs),
        job_rule(a_job_that_runs_goes_on_and_the_run_waits_for_it),
        job_rule(a_task_is_cancelled_though_its_job_is_not),
        job_rule(timers_fire_while_a_job_runs),
        job_rule(jobs_take_no_virtual_time_and_then_it_jumps),
        job_rule(a_job_that_sleeps_takes_virtual_time_and_no_other),
        job_rule(jobs_that_sleep_wake_in_the_order_of_their_times),
        job_rule(the_end_waits_for_a_job_that_sleeps),
        job_rule(nobody_sleeps_on_when_the_loop_stands_still),
        job_rule(a_shutdown_that_is_cancelled_waits_and_leaves_nothing_behind),
        job_rule(after_the_shutdown_no_job_is_taken),
        job_rule(a_loop_that_closes_leaves_its_jobs_running),
        job_rule(what_cannot_be_is_refused),
        job_rule(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
