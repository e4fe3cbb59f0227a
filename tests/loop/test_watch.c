/*
 * test_watch.c — add_reader and add_writer: what is called, in which order, and how often.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "memory.h"
#include "scheduler.h"

static int ends[2];

static int open_pair(void **state)
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    return fresh(state);
}

static int close_pair(void **state)
{
    close(ends[0]);
    close(ends[1]);
    return 0;
}

#define pair_rule(name) cmocka_unit_test_setup_teardown(name, open_pair, close_pair)

static void read_some(void *future)
{
    char bytes[16];
    ssize_t length = read(ends[0], bytes, sizeof bytes);
    say("read:%d", (int)length);
    if (future && !future_done(future))
        future_set_result(future, NONE);
}

static void say_writable(void *unused)
{
    say("writable");
    loop_remove_writer(loop_running(), ends[0]);
}

static Value read_once(Value unused)
{
    Loop *loop = loop_running();
    Future *future = loop_create_future(loop);
    TRY(loop_add_reader(loop, ends[0], read_some, future));
    assert_int_equal(write(ends[1], "x", 1), 1);
    Value outcome = await_future(future);
    assert_true(loop_remove_reader(loop, ends[0]));
    assert_false(loop_remove_reader(loop, ends[0]));
    future_release(future);
    return outcome;
}

static void a_reader_is_called_when_there_is_something_to_read(void **state)
{
    assert_false(value_failed(run_traced(read_once, NONE)));
    assert_said("read:1");
    assert_traced("\"by\":\"io\",\"what\":\"call\",\"callback\":\"read_some\"");
    assert_traced("\"ev\":\"selected\",\"n\":1");
}

static Value read_and_write(Value unused)
{
    Loop *loop = loop_running();
    TRY(loop_add_writer(loop, ends[0], say_writable, NULL));
    TRY(loop_add_reader(loop, ends[0], read_some, NULL));
    assert_int_equal(write(ends[1], "xy", 2), 2);
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    loop_remove_reader(loop, ends[0]);
    return NONE;
}

static void of_one_descriptor_the_reader_comes_before_the_writer(void **state)
{
    assert_false(value_failed(run_traced(read_and_write, NONE)));
    assert_said("read:2 writable");
    assert_traced("\"ev\":\"selected\",\"n\":1");
}

static void do_nothing(void *unused)
{
    say("again");
}

static Value leave_it_unread(Value unused)
{
    Loop *loop = loop_running();
    TRY(loop_add_reader(loop, ends[0], do_nothing, NULL));
    assert_int_equal(write(ends[1], "x", 1), 1);
    for (int k = 0; k < 4; k++)
        TRY(await_sleep(0));
    loop_remove_reader(loop, ends[0]);
    return NONE;
}

static void the_same_handle_is_queued_each_time(void **state)
{
    assert_false(value_failed(run_traced(leave_it_unread, NONE)));
    assert_said("again again again");
    const char *handle = strstr(traced(), "\"by\":\"io\"");
    assert_non_null(handle);
    char text[64];
    const char *start = handle;
    while (*start != '{')
        start--;
    const char *id = strstr(start, "\"handle\":\"h");
    snprintf(text, sizeof text, "\"ready\",%.*s,\"by\":\"io\"", (int)(strchr(id + 10, '"') + 1 - id), id);
    assert_int_equal(traced_times(text), 4);   /* the last time it was removed before its turn */
    assert_traced("\"ev\":\"handle_cancel\""); /* it was known */
}

static Value replace_the_reader(Value unused)
{
    Loop *loop = loop_running();
    TRY(loop_add_reader(loop, ends[0], do_nothing, NULL));
    TRY(loop_add_reader(loop, ends[0], read_some, NULL));
    assert_int_equal(write(ends[1], "x", 1), 1);
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    loop_remove_reader(loop, ends[0]);
    return NONE;
}

static void of_two_readers_the_newer_one_stays(void **state)
{
    assert_false(value_failed(run_traced(replace_the_reader, NONE)));
    assert_said("read:1");
    assert_int_equal(traced_times("handle_cancel"), 1); /* the older one was never queued: it has no number */
}

static void remove_the_other(void *unused)
{
    say("writer");
    loop_remove_reader(loop_running(), ends[1]);
    loop_remove_writer(loop_running(), ends[0]);
}

static Value remove_what_is_queued(Value unused)
{
    Loop *loop = loop_running();
    TRY(loop_add_writer(loop, ends[0], remove_the_other, NULL));
    TRY(loop_add_reader(loop, ends[1], do_nothing, NULL));
    assert_int_equal(write(ends[0], "x", 1), 1);
    TRY(await_sleep(0));
    return await_sleep(0);
}

static void a_reader_that_is_removed_in_its_iteration_is_skipped(void **state)
{
    assert_false(value_failed(run_traced(remove_what_is_queued, NONE)));
    assert_said("writer");
    assert_traced("\"skipped\":true");
}

/* ------------------------------------------------------------------------------------------------- clock */

static Value sleep_beside_a_reader(Value unused)
{
    Loop *loop = loop_running();
    TRY(loop_add_reader(loop, ends[0], do_nothing, NULL));
    int64_t start = clock_monotonic();
    TRY(await_sleep(2000000));
    assert_true(clock_monotonic() - start >= 2000000);
    assert_int_equal(loop_time(loop), 2000000);
    loop_remove_reader(loop, ends[0]);
    start = clock_monotonic();
    return await_sleep(loop_seconds(3600));
}

static void virtual_time_does_not_run_ahead_of_what_is_watched(void **state)
{
    assert_false(value_failed(loop_run(coroutine(sleep_beside_a_reader, NONE))));
}

static Value wait_for_ever(Value unused)
{
    Loop *loop = loop_running();
    Future *future = loop_create_future(loop);
    TRY(loop_add_reader(loop, ends[0], read_some, future));
    Value outcome = await_future(future);
    loop_remove_reader(loop, ends[0]);
    future_release(future);
    return outcome;
}

static Value write_from_a_thread(void *unused)
{
    assert_int_equal(write(ends[1], "x", 1), 1);
    return NONE;
}

static Value wait_for_a_writer(Value unused)
{
    Future *job = loop_run_in_executor(loop_running(), write_from_a_thread, NULL);
    Value outcome = wait_for_ever(NONE);
    TRY(await_future(job));
    future_release(job);
    return outcome;
}

static void who_waits_for_a_descriptor_is_not_stuck(void **state)
{
    assert_false(value_failed(loop_run(coroutine(wait_for_a_writer, NONE))));
    assert_said("read:1");
}

/* -------------------------------------------------------------------------------------------------- many */

enum { MANY = 150 };

static int many[MANY][2];
static int found;

static void count(void *unused)
{
    found++;
}

static Value watch_many(Value unused)
{
    Loop *loop = loop_running();
    found = 0;
    for (int k = 0; k < MANY; k++) {
        assert_int_equal(pipe(many[k]), 0);
        TRY(loop_add_reader(loop, many[k][0], count, NULL));
        assert_int_equal(write(many[k][1], "x", 1), 1);
    }
    TRY(await_sleep(0));
    TRY(await_sleep(0));
    assert_int_equal(found, MANY);
    for (int k = 0; k < MANY; k++) {
        assert_true(loop_remove_reader(loop, many[k][0]));
        close(many[k][0]);
        close(many[k][1]);
    }
    return NONE;
}

static void one_select_tells_all_that_is_ready(void **state)
{
    assert_false(value_failed(run_traced(watch_many, NONE)));
    assert_traced("\"ev\":\"selected\",\"n\":150");
}

/* ------------------------------------------------------------------------------------------------- errors */

static void what_cannot_be_watched_is_an_error(void **state)
{
    Loop *loop = loop_new(NULL);
    assert_is(loop_add_reader(loop, -1, do_nothing, NULL), OSError);
    assert_is(loop_add_reader_named(loop, ends[0], "nothing", NULL, NULL), TypeError);
    int closed = dup(ends[0]);
    close(closed);
    assert_is(loop_add_reader(loop, closed, do_nothing, NULL), OSError);
    assert_false(loop_remove_reader(loop, 100000));
    assert_false(loop_remove_writer(loop, -1));
    memory_fail_after(0);
    assert_is(loop_add_writer(loop, 1000, do_nothing, NULL), MemoryError);
    memory_fail_after(-1);
    loop_close(loop);
    assert_is(loop_add_reader(loop, ends[0], do_nothing, NULL), RuntimeError);
    assert_false(loop_remove_reader(loop, ends[0]));
    loop_free(loop);
    loop = NULL;
    assert_is(loop_add_writer(loop, ends[0], do_nothing, NULL), RuntimeError);
    assert_false(loop_remove_writer(loop, ends[0]));
}

static void a_descriptor_that_was_closed_can_be_removed(void **state)
{
    Loop *loop = loop_new(NULL);
    int copy = dup(ends[0]);
    assert_false(value_failed(loop_add_reader(loop, copy, do_nothing, NULL)));
    close(copy);
    assert_true(loop_remove_reader(loop, copy));
    assert_int_equal(dup(ends[0]), copy);
    assert_false(value_failed(loop_add_reader(loop, copy, do_nothing, NULL)));
    loop_free(loop);
    close(copy);
}

static void stop_it(void *loop)
{
    loop_stop(loop);
}

/* The run ends in the middle of a batch, and the reader still stands in the queue when select tells it again.
 */
static void interrupt(void *unused)
{
    callback_failed(value_exception(&KeyboardInterrupt, NULL));
}

static void what_stands_in_the_queue_can_be_queued_again(void **state)
{
    Loop *loop = loop_new(NULL);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_false(value_failed(loop_add_reader(loop, ends[0], do_nothing, NULL)));
    for (int k = 0; k < 100; k++) {
        assert_non_null(loop_call_soon(loop, interrupt, NULL));
        assert_is(loop_run_forever(loop), KeyboardInterrupt);
    }
    loop_call_soon(loop, stop_it, loop);
    assert_false(value_failed(loop_run_forever(loop)));
    loop_free(loop);
}

enum { COPIES = 31 };

static void interrupt_if_first(void *position)
{
    if (position == ends)
        callback_failed(value_exception(&KeyboardInterrupt, NULL));
}

static void count_timer(void *timers)
{
    ++*(int *)timers;
}

/* What a broken run left stands there, what is ready stands there again, and timers come on top. */
static void a_run_that_was_broken_off_leaves_room_for_all_that_comes_again(void **state)
{
    Loop *loop = loop_new(&(LoopOptions){.clock = CLOCK_REAL});
    int copies[COPIES], timers = 0;
    assert_int_equal(write(ends[1], "x", 1), 1);
    for (int k = 0; k < COPIES; k++) {
        copies[k] = dup(ends[0]);
        assert_false(value_failed(
            loop_add_reader(loop, copies[k], interrupt_if_first, k ? (void *)&ends[1] : (void *)ends)));
    }
    for (int run = 1; run <= 3; run++) {
        loop_call_later(loop, 0, count_timer, &timers);
        loop_call_later(loop, 0, count_timer, &timers);
        assert_is(loop_run_forever(loop), KeyboardInterrupt);
        assert_int_equal(timers, 2 * (run - 1)); /* they are among what is left */
    }
    for (int k = 0; k < COPIES; k++) {
        loop_remove_reader(loop, copies[k]);
        close(copies[k]);
    }
    loop_free(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        pair_rule(a_reader_is_called_when_there_is_something_to_read),
        pair_rule(of_one_descriptor_the_reader_comes_before_the_writer),
        pair_rule(the_same_handle_is_queued_each_time),
        pair_rule(of_two_readers_the_newer_one_stays),
        pair_rule(a_reader_that_is_removed_in_its_iteration_is_skipped),
        pair_rule(virtual_time_does_not_run_ahead_of_what_is_watched),
        pair_rule(who_waits_for_a_descriptor_is_not_stuck),
        pair_rule(one_select_tells_all_that_is_ready),
        pair_rule(what_cannot_be_watched_is_an_error),
        pair_rule(a_descriptor_that_was_closed_can_be_removed),
        pair_rule(what_stands_in_the_queue_can_be_queued_again),
        pair_rule(a_run_that_was_broken_off_leaves_room_for_all_that_comes_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
