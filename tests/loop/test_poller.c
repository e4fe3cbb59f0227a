/*
 * test_poller.c — waiting for descriptors and for time: the same rules whichever system call is behind it.
 */
#include "support.h"

#include <errno.h>
#include <unistd.h>

#include "memory.h"
#include "poller.h"
#include "scheduler.h"

enum { ROOM = 4 };

static Poller poller;
static PollerEvent events[ROOM];
static int ends[2];

static int open_pipe(void **state)
{
    assert_int_equal(poller_open(&poller), 0);
    assert_int_equal(pipe(ends), 0);
    return 0;
}

static int close_pipe(void **state)
{
    poller_close(&poller);
    poller_close(&poller); /* once is enough, twice is allowed */
    close(ends[0]);
    return ends[1] >= 0 ? close(ends[1]) : 0;
}

static void nothing_is_ready_until_something_is_written(void **state)
{
    assert_int_equal(poller_watch(&poller, ends[0], POLLER_READ), 0);
    assert_int_equal(poller.watched, 1);
    assert_int_equal(poller_wait(&poller, 0, events, ROOM), 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(poller_wait(&poller, LOOP_FOREVER, events, ROOM), 1);
    assert_int_equal(events[0].fd, ends[0]);
    assert_int_equal(events[0].ready, POLLER_READ);
}

static void what_is_not_watched_any_more_is_not_told(void **state)
{
    assert_int_equal(poller_watch(&poller, ends[1], POLLER_WRITE), 0);
    assert_int_equal(poller_watch(&poller, ends[0], POLLER_READ), 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(poller_wait(&poller, 0, events, ROOM), 2);
    assert_int_equal(poller_watch(&poller, ends[1], 0), 0);
    assert_int_equal(poller.watched, 1);
    assert_int_equal(poller_wait(&poller, 0, events, ROOM), 1);
    assert_int_equal(events[0].fd, ends[0]);
    assert_int_equal(poller_watch(&poller, ends[0], 0), 0);
    assert_int_equal(poller_watch(&poller, ends[0], 0), 0);
    assert_int_equal(poller.watched, 0);
    assert_int_equal(poller_wait(&poller, 0, events, ROOM), 0);
}

static void what_is_watched_for_can_change(void **state)
{
    assert_int_equal(poller_watch(&poller, ends[1], POLLER_READ), 0);
    assert_int_equal(poller_wait(&poller, 0, events, ROOM), 0);
    assert_int_equal(poller_watch(&poller, ends[1], POLLER_READ | POLLER_WRITE), 0);
    assert_int_equal(poller.watched, 1);
    assert_int_equal(poller_wait(&poller, 0, events, ROOM), 1);
    assert_int_equal(events[0].ready, POLLER_WRITE);
}

static void a_hang_up_wakes_the_reader(void **state)
{
    assert_int_equal(poller_watch(&poller, ends[0], POLLER_READ), 0);
    close(ends[1]);
    ends[1] = -1;
    assert_int_equal(poller_wait(&poller, LOOP_FOREVER, events, ROOM), 1);
    assert_true(events[0].ready & POLLER_READ);
}

static void a_wait_is_never_shorter_than_its_timeout(void **state)
{
    int64_t start = clock_monotonic();
    assert_int_equal(poller_wait(&poller, 1500000, events, ROOM), 0);
    assert_true(clock_monotonic() - start >= 1500000);
    assert_int_equal(poller_milliseconds(0), 0);
    assert_int_equal(poller_milliseconds(1), 1);
    assert_int_equal(poller_milliseconds(1000000), 1);
    assert_int_equal(poller_milliseconds(LOOP_FOREVER), -1);
    assert_int_equal(poller_milliseconds(INT64_MAX), INT32_MAX);
}

static void a_descriptor_that_is_none_and_a_lack_of_memory_are_errors(void **state)
{
    assert_int_equal(poller_watch(&poller, -1, POLLER_READ), EBADF);
    memory_fail_after(0);
    assert_int_equal(poller_watch(&poller, ends[0], POLLER_READ), ENOMEM);
    Poller other;
    memory_fail_after(0);
    assert_int_equal(poller_open(&other), ENOMEM);
    memory_fail_after(-1);
    assert_int_equal(poller_watch(&poller, ends[0], POLLER_READ), 0);
}

#define rule_of_pipe(name) cmocka_unit_test_setup_teardown(name, open_pipe, close_pipe)

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule_of_pipe(nothing_is_ready_until_something_is_written),
        rule_of_pipe(what_is_not_watched_any_more_is_not_told),
        rule_of_pipe(what_is_watched_for_can_change),
        rule_of_pipe(a_hang_up_wakes_the_reader),
        rule_of_pipe(a_wait_is_never_shorter_than_its_timeout),
        rule_of_pipe(a_descriptor_that_is_none_and_a_lack_of_memory_are_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
