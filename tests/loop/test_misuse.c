/*
 * test_misuse.c — what no program may do: it is told so, by an error or by the last line that the program
 * writes.
 */
#include "support.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "coroutine.h"
#include "loop_io.h"
#include "loop_sync.h"
#include "loop_wait.h"

static char words[4096]; /* what it said to stderr */
static int ending;       /* the signal that ended it; 0: it went on to the end */

static void run_apart(void (*program)(void))
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        dup2(ends[1], STDERR_FILENO);
        for (int number = 1; number < 32; number++)
            signal(number, SIG_DFL); /* cmocka's */
        program();
        _exit(0);
    }
    close(ends[1]);
    size_t length = 0;
    ssize_t count;
    while ((count = read(ends[0], words + length, sizeof words - 1 - length)) > 0)
        length += (size_t)count;
    words[length] = '\0';
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    ending = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/* Under ASan what was given back is poisoned, and ASan may speak first. */
static void assert_ends(void (*program)(void), const char *line)
{
    run_apart(program);
    if (strstr(words, "AddressSanitizer"))
        return;
    assert_string_equal(words, line);
    assert_int_equal(ending, SIGABRT);
}

static void assert_told(void (*program)(void), const char *line)
{
    run_apart(program);
    assert_string_equal(words, line);
    assert_int_equal(ending, 0);
}

static void assert_raised(Value outcome, const char *error)
{
    char text[200];
    value_repr(outcome, text, sizeof text);
    assert_string_equal(text, error);
}

static void nothing(void *unused)
{
}

static Value idle(Value unused)
{
    return unused;
}

#define GONE(function, object)                                                                             \
    "loop: " function "(): the " object " is gone: it was released, or was only borrowed; keep it for as " \
    "long as it is used\n"

/* ------------------------------------------------------------------------------------------------- gone */

static void release_a_future_twice(void)
{
    Future *future = loop_create_future(loop_new(NULL));
    future_release(future);
    future_release(future);
}

static void release_a_task_twice(void)
{
    Loop *loop = loop_new(NULL);
    Task *task = loop_create_task(loop, coroutine(idle, NONE), NULL);
    loop_run_until_complete(loop, task_future(task));
    task_release(task);
    task_release(task);
}

static void release_a_handle_twice(void)
{
    Loop *loop = loop_new(NULL);
    Handle *handle = handle_keep(loop_call_soon(loop, nothing, NULL));
    loop_close(loop);
    handle_release(handle);
    handle_release(handle);
}

static void cancel_a_handle_that_ran(void)
{
    Loop *loop = loop_new(NULL);
    Handle *handle = loop_call_soon(loop, nothing, NULL);
    loop_close(loop);
    handle_cancel(handle);
}

static void complete_what_is_gone(void)
{
    Future *future = loop_create_future(loop_new(NULL));
    future_release(future);
    future_set_result(future, NONE);
}

static void keep_what_is_gone(void)
{
    Future *future = loop_create_future(loop_new(NULL));
    future_release(future);
    future_keep(future);
}

/* The reference that it was made with is taken over by the first, the one that was kept by the second. */
static Value uses_one_thrice(Value unused)
{
    Coroutine *one = coroutine_keep(coroutine(idle, NONE));
    if (value_failed(await_coroutine(one)) || !value_is(await_coroutine(one), &RuntimeError))
        return NONE;
    task_create(one);
    return await_sleep(0);
}

static void make_a_task_of_what_is_gone(void)
{
    loop_run(coroutine(uses_one_thrice, NONE));
}

static void await_what_is_gone(void)
{
    Coroutine *one = coroutine(idle, NONE);
    coroutine_drop(one);
    await_coroutine(one);
}

static void drive_what_is_gone(void)
{
    Coroutine *one = coroutine(idle, NONE);
    coroutine_drop(one);
    coroutine_next(one, NULL);
}

static void switch_to_what_is_gone(void)
{
    Coroutine *one = coroutine(idle, NONE);
    coroutine_drop(one);
    coroutine_switch(one, NONE);
}

static void free_a_loop_twice(void)
{
    Loop *loop = loop_new(NULL);
    loop_free(loop);
    loop_free(loop);
}

static void free_a_lock_twice(void)
{
    Lock *lock = lock_new();
    lock_free(lock);
    lock_free(lock);
}

static void free_an_event_twice(void)
{
    Event *event = event_new();
    event_free(event);
    event_free(event);
}

static void free_a_condition_twice(void)
{
    Condition *condition = condition_new(NULL);
    condition_free(condition);
    condition_free(condition);
}

static void free_a_semaphore_twice(void)
{
    Semaphore *semaphore = semaphore_new(1);
    semaphore_free(semaphore);
    semaphore_free(semaphore);
}

static void free_a_barrier_twice(void)
{
    Barrier *barrier = barrier_new(1);
    barrier_free(barrier);
    barrier_free(barrier);
}

/* Others were made and freed meanwhile. */
static void free_a_queue_twice(void)
{
    Queue *queue = queue_new(0);
    queue_free(queue);
    for (int k = 0; k < 10; k++)
        queue_free(queue_new(k));
    queue_free(queue);
}

static Value waits_for_ever(Value queue)
{
    return await_queue_get(queue.pointer);
}

/* It is there, as somebody waits in it, and yet it is the program's no longer. */
static Value frees_twice_what_is_waited_for(Value unused)
{
    Queue *queue = queue_new(0);
    task_release(task_create(coroutine(waits_for_ever, value_pointer(queue, NULL))));
    TRY(await_sleep(0));
    queue_free(queue);
    queue_free(queue);
    return NONE;
}

static void free_a_queue_in_use_twice(void)
{
    loop_run(coroutine(frees_twice_what_is_waited_for, NONE));
}

static Value frees_an_iterator_twice(Value unused)
{
    Awaitable item = awaitable_future(loop_create_future(loop_running()));
    AsCompleted *iterator = as_completed(&item, 1, LOOP_FOREVER);
    as_completed_free(iterator);
    as_completed_free(iterator);
    return NONE;
}

static void free_an_iterator_twice(void)
{
    loop_run(coroutine(frees_an_iterator_twice, NONE));
}

static Value serves_nobody(StreamReader *reader, StreamWriter *writer, void *context)
{
    return NONE;
}

static Value releases_a_server_twice(Value unused)
{
    Server *server = NULL;
    TRY(await_start_server(serves_nobody, NULL, "127.0.0.1", 0, NULL, &server));
    server_release(server);
    server_release(server);
    return NONE;
}

static void release_a_server_twice(void)
{
    loop_run(coroutine(releases_a_server_twice, NONE));
}

static void what_is_gone_is_not_used(void **state)
{
    assert_ends(release_a_future_twice, GONE("future_release", "future"));
    assert_ends(release_a_task_twice, GONE("task_release", "task"));
    assert_ends(release_a_handle_twice, GONE("handle_release", "handle"));
    assert_ends(cancel_a_handle_that_ran, GONE("handle_cancel", "handle"));
    assert_ends(complete_what_is_gone, GONE("future_set_result", "future"));
    assert_ends(keep_what_is_gone, GONE("future_keep", "future"));
    assert_ends(make_a_task_of_what_is_gone, GONE("task_create", "coroutine"));
    assert_ends(await_what_is_gone, GONE("await_coroutine", "coroutine"));
    assert_ends(drive_what_is_gone, GONE("coroutine_next", "coroutine"));
    assert_ends(switch_to_what_is_gone, GONE("coroutine_switch", "coroutine"));
    assert_ends(free_a_loop_twice, GONE("loop_free", "loop"));
}

static void what_is_freed_is_not_freed_again(void **state)
{
    assert_ends(free_a_lock_twice, GONE("lock_free", "lock"));
    assert_ends(free_an_event_twice, GONE("event_free", "event"));
    assert_ends(free_a_condition_twice, GONE("condition_free", "condition"));
    assert_ends(free_a_semaphore_twice, GONE("semaphore_free", "semaphore"));
    assert_ends(free_a_barrier_twice, GONE("barrier_free", "barrier"));
    assert_ends(free_a_queue_twice, GONE("queue_free", "queue"));
    assert_ends(free_a_queue_in_use_twice, GONE("queue_free", "queue"));
    assert_ends(free_an_iterator_twice, GONE("as_completed_free", "iterator"));
    assert_ends(release_a_server_twice, GONE("server_release", "server"));
}

/* -------------------------------------------------------------------------------------- outside a task */

#define OUTSIDE(await) assert_raised((await), "RuntimeError('await outside a task')")

static void nothing_is_awaited_outside_a_task(void **state)
{
    Loop *loop = loop_new(NULL);
    Future *future = loop_create_future(loop);
    Task *task = loop_create_task(loop, coroutine(idle, NONE), NULL);
    Lock *lock = lock_new();
    Event *event = event_new();
    Condition *condition = condition_new(NULL);
    Semaphore *semaphore = semaphore_new(1);
    Barrier *barrier = barrier_new(2);
    Queue *queue = queue_new(1);
    Awaitable item = {.future = future};
    WaitResult waited;
    OUTSIDE(await_coroutine(coroutine(idle, NONE)));
    OUTSIDE(await_future(future));
    OUTSIDE(await_task(task));
    OUTSIDE(await_sleep(0));
    OUTSIDE(await_sleep(1));
    OUTSIDE(await_sleep_result(1, NONE));
    OUTSIDE(await_wait(&future, 1, 1, ALL_COMPLETED, &waited));
    OUTSIDE(await_wait_for(item, 1));
    OUTSIDE(await_shield(item));
    OUTSIDE(await_gather(&item, 1, false));
    OUTSIDE(await_lock_acquire(lock));
    OUTSIDE(await_event_wait(event));
    OUTSIDE(await_condition_acquire(condition));
    OUTSIDE(await_condition_wait(condition));
    OUTSIDE(await_semaphore_acquire(semaphore));
    OUTSIDE(await_barrier_wait(barrier));
    OUTSIDE(await_barrier_reset(barrier));
    OUTSIDE(await_queue_put(queue, NONE));
    OUTSIDE(await_queue_get(queue));
    OUTSIDE(await_queue_join(queue));
    OUTSIDE(await_shutdown_default_executor());
    lock_free(lock);
    event_free(event);
    condition_free(condition);
    semaphore_free(semaphore);
    barrier_free(barrier);
    queue_free(queue);
    task_release(task);
    future_release(future);
    loop_free(loop);
}

/* ------------------------------------------------------------------------------------------------ closed */

static Loop *closed;

static void call_on_a_closed_loop(void)
{
    closed = loop_new(NULL);
    loop_close(closed);
    if (loop_call_soon(closed, nothing, NULL) || loop_call_later(closed, 1, nothing, NULL))
        abort();
}

static void call_on_a_freed_loop(void)
{
    closed = loop_new(NULL);
    loop_free(closed);
    if (loop_call_at(closed, 1, nothing, NULL))
        abort();
}

static void task_on_a_closed_loop(void)
{
    closed = loop_new(NULL);
    loop_close(closed);
    Coroutine *kept = coroutine_keep(coroutine(idle, NONE));
    if (loop_create_task(closed, kept, NULL))
        abort();
}

static void task_without_a_loop(void)
{
    Coroutine *kept = coroutine_keep(coroutine(idle, NONE));
    if (task_create(kept))
        abort();
}

static Value close_it(Value unused)
{
    loop_close(loop_running());
    return await_sleep(1);
}

static void close_while_it_runs(void)
{
    if (value_failed(loop_run(coroutine(close_it, NONE))))
        abort();
}

static void a_closed_loop_takes_nothing_and_says_so(void **state)
{
    assert_told(call_on_a_closed_loop, "RuntimeError: Event loop is closed: loop_call_soon()\n"
                                       "RuntimeError: Event loop is closed: loop_call_at()\n");
    assert_told(call_on_a_freed_loop, "RuntimeError: Event loop is closed: loop_call_at()\n");
    assert_told(task_on_a_closed_loop, "RuntimeError: Event loop is closed: loop_create_task()\n");
    assert_told(task_without_a_loop, "RuntimeError: no running event loop: task_create()\n");
    assert_told(close_while_it_runs, "RuntimeError: Cannot close a running event loop: loop_close()\n");
}

static void a_closed_loop_does_not_run(void **state)
{
    Loop *loop = loop_new(NULL);
    Future *future = loop_create_future(loop);
    loop_close(loop);
    assert_raised(loop_run_forever(loop), "RuntimeError('Event loop is closed')");
    assert_raised(loop_run_until_complete(loop, future), "RuntimeError('Event loop is closed')");
    loop_free(loop);
    assert_false(value_failed(future_set_result(future, NONE))); /* it is the program's, and valid */
    future_release(future);
}

static void progress_beyond_all(void)
{
    trace_progress("sun", 11, 10); /* without a trace all of it is nothing */
    Trace *trace = trace_open_memory(NULL);
    trace_progress("sun", 11, 10);
    trace_progress("sun", -1, 10);
    trace_progress("sun", 0, -1);
    trace_progress("sun", 0, 0);
    trace_progress("sun", 10, 10);
    if (trace_events(trace) != 2)
        abort();
    trace_close(trace, "exit", 0);
}

static void a_progress_lies_between_nothing_and_all(void **state)
{
    assert_told(progress_beyond_all, "RuntimeError: a progress of 11 out of 10: trace_progress()\n"
                                     "RuntimeError: a progress of -1 out of 10: trace_progress()\n"
                                     "RuntimeError: a progress of 0 out of -1: trace_progress()\n");
}

static void close_when_full(void *context)
{
    Trace **trace = context;
    if (trace_close(*trace, NULL, 0) != EBUSY)
        abort();
}

static void close_from_where_the_limit_is_told(void)
{
    Trace *trace;
    trace =
        trace_open_memory(&(TraceOptions){.limit = 1000, .full = close_when_full, .full_context = &trace});
    for (int k = 0; k < 40; k++)
        trace_progress("sun", k, 40);
    if (trace_close(trace, NULL, 0))
        abort();
}

static void a_trace_stays_open_while_a_line_is_written(void **state)
{
    assert_told(close_from_where_the_limit_is_told,
                "RuntimeError: the trace is being written: trace_close()\n");
}

/* ------------------------------------------------------------------------------------------------ threads */

static Loop *others;
static Future *others_future;

static void *call_from_here(void *unused)
{
    loop_call_soon(others, nothing, NULL);
    return NULL;
}

static void *complete_from_here(void *unused)
{
    future_set_result(others_future, NONE);
    return NULL;
}

static void *release_from_here(void *unused)
{
    future_release(others_future);
    return NULL;
}

static void in_another_thread(void *(*function)(void *))
{
    pthread_t thread;
    others = loop_new(NULL);
    others_future = loop_create_future(others);
    if (pthread_create(&thread, NULL, function, NULL) == 0)
        pthread_join(thread, NULL);
}

static void call_from_another_thread(void)
{
    in_another_thread(call_from_here);
}

static void complete_from_another_thread(void)
{
    in_another_thread(complete_from_here);
}

static void release_from_another_thread(void)
{
    in_another_thread(release_from_here);
}

#define ELSEWHERE(function) \
    "loop: " function "(): the loop belongs to another thread; loop_call_soon_threadsafe() reaches it\n"

static void another_threads_loop_is_not_touched(void **state)
{
    assert_ends(call_from_another_thread, ELSEWHERE("loop_call_soon"));
    assert_ends(complete_from_another_thread, ELSEWHERE("future_set_result"));
    assert_ends(release_from_another_thread, ELSEWHERE("future_release"));
}

static void *run_from_here(void *loop)
{
    static Value outcome;
    outcome = loop_run_forever(loop);
    return &outcome;
}

static void another_threads_loop_does_not_run(void **state)
{
    Loop *loop = loop_new(NULL);
    pthread_t thread;
    void *outcome;
    assert_int_equal(pthread_create(&thread, NULL, run_from_here, loop), 0);
    pthread_join(thread, &outcome);
    assert_raised(*(Value *)outcome, "RuntimeError('This event loop belongs to another thread')");
    loop_free(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(what_is_gone_is_not_used),
        rule(what_is_freed_is_not_freed_again),
        rule(nothing_is_awaited_outside_a_task),
        rule(a_closed_loop_takes_nothing_and_says_so),
        rule(a_closed_loop_does_not_run),
        rule(a_trace_stays_open_while_a_line_is_written),
        rule(a_progress_lies_between_nothing_and_all),
        rule(another_threads_loop_is_not_touched),
        rule(another_threads_loop_does_not_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
