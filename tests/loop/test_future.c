/*
 * test_future.c — futures: results, callbacks, cancelling, and what nobody looked at.
 */
#include "support.h"

#include <string.h>

static void note(Future *future, void *context)
{
    say("%s", (const char *)context);
}

static Loop *loop;

static int with_loop(void **state)
{
    fresh(state);
    loop = loop_new(NULL);
    log_reports(loop);
    return 0;
}

static int without_loop(void **state)
{
    loop_free(loop);
    return 0;
}

/* Runs what is queued now: one iteration. */
static void turn(void)
{
    loop_stop(loop);
    assert_false(value_failed(loop_run_forever(loop)));
}

static void a_new_future_is_pending_and_queues_nothing(void **state)
{
    Future *future = loop_create_future(loop);
    assert_false(future_done(future));
    assert_false(future_cancelled(future));
    assert_is(future_result(future), InvalidStateError);
    assert_is(future_exception(future), InvalidStateError);
    assert_is(loop_run_forever(loop), StuckError);
    future_release(future);
}

static void callbacks_run_in_the_order_of_registration_and_only_from_the_loop(void **state)
{
    Future *future = loop_create_future(loop);
    future_add_done_callback(future, note, "a");
    future_add_done_callback(future, note, "b");
    future_add_done_callback(future, note, "c");
    assert_false(value_failed(future_set_result(future, value_int(1))));
    assert_said("");
    turn();
    assert_said("a b c");
    future_release(future);
}

static void a_callback_added_to_a_done_future_is_queued_at_once(void **state)
{
    Future *future = loop_create_future(loop);
    future_set_result(future, NONE);
    future_add_done_callback(future, note, "late");
    assert_said("");
    turn();
    assert_said("late");
    future_release(future);
}

static void a_future_is_completed_only_once(void **state)
{
    Future *future = loop_create_future(loop);
    assert_false(value_failed(future_set_result(future, value_int(1))));
    assert_is(future_set_result(future, value_int(2)), InvalidStateError);
    assert_is(future_set_exception(future, value_exception(&ValueError, NULL)), InvalidStateError);
    assert_int_equal(future_result(future).integer, 1);
    future_release(future);
}

static void set_exception_takes_exceptions_only_and_set_result_none(void **state)
{
    Future *future = loop_create_future(loop);
    assert_is(future_set_exception(future, value_int(1)), TypeError);
    assert_is(future_set_result(future, value_exception(&ValueError, NULL)), TypeError);
    assert_false(future_done(future));
    future_release(future);
}

static void cancel_of_a_pending_future_schedules_its_callbacks(void **state)
{
    Future *future = loop_create_future(loop);
    future_add_done_callback(future, note, "cancelled");
    assert_true(future_cancel(future, "why"));
    assert_false(future_cancel(future, "again"));
    assert_true(future_cancelled(future));
    Value result = future_result(future);
    assert_is(result, CancelledError);
    assert_string_equal(result.message, "why");
    turn();
    assert_said("cancelled");
    future_release(future);
}

static void cancel_of_a_done_future_is_refused(void **state)
{
    Future *future = loop_create_future(loop);
    future_set_result(future, NONE);
    assert_false(future_cancel(future, NULL));
    assert_false(future_cancelled(future));
    future_release(future);
}

static void remove_done_callback_removes_all_equal_entries_and_counts_them(void **state)
{
    static char a[] = "a", b[] = "b";
    Future *future = loop_create_future(loop);
    future_add_done_callback(future, note, a);
    future_add_done_callback(future, note, b);
    future_add_done_callback(future, note, a);
    assert_int_equal(future_remove_done_callback(future, note, a), 2);
    assert_int_equal(future_remove_done_callback(future, note, a), 0);
    static char c[] = "c";
    future_add_done_callback(future, note, c);
    future_set_result(future, NONE);
    turn();
    assert_said("b c");
    future_release(future);
}

static void remove_done_callback_never_touches_what_is_queued(void **state)
{
    static char a[] = "a";
    Future *future = loop_create_future(loop);
    future_add_done_callback(future, note, a);
    future_set_result(future, NONE);
    assert_int_equal(future_remove_done_callback(future, note, a), 0);
    turn();
    assert_said("a");
    future_release(future);
}

static void an_exception_that_nobody_looked_at_is_reported_at_the_last_release(void **state)
{
    Future *future = loop_create_future(loop);
    future_set_exception(future, value_exception(&ValueError, "lost"));
    assert_said("");
    future_release(future);
    assert_said("report:Future exception was never retrieved");
}

static void looking_at_the_exception_is_enough(void **state)
{
    Future *first = loop_create_future(loop);
    future_set_exception(first, value_exception(&ValueError, "seen"));
    assert_is(future_exception(first), ValueError);
    future_release(first);
    Future *second = loop_create_future(loop);
    future_set_exception(second, value_exception(&ValueError, "seen"));
    assert_is(future_result(second), ValueError);
    future_release(second);
    assert_said("");
}

static void cancel_clears_the_mark_of_an_exception_never_retrieved(void **state)
{
    Future *future = loop_create_future(loop);
    future_set_exception(future, value_exception(&ValueError, NULL));
    assert_false(future_cancel(future, NULL));
    future_release(future);
    assert_said("");
}

static void what_nobody_looked_at_is_reported_at_the_latest_when_the_loop_closes(void **state)
{
    Future *future = loop_create_future(loop);
    future_set_exception(future, value_exception(&ValueError, NULL));
    loop_close(loop);
    assert_said("report:Future exception was never retrieved");
    future_release(future);
    assert_said("report:Future exception was never retrieved");
}

static void a_future_outlives_its_loop(void **state)
{
    Future *future = loop_create_future(loop);
    loop_free(loop);
    assert_false(future_done(future));
    future_add_done_callback(future, note, "never");
    assert_false(value_failed(future_set_result(future, value_int(3))));
    assert_int_equal(future_result(future).integer, 3);
    future_release(future);
    loop = loop_new(NULL);
    assert_said("");
}

static void set_result_later_completes_it_at_its_time(void **state)
{
    Future *future = loop_create_future(loop);
    assert_non_null(future_set_result_later(future, loop_seconds(2), value_text("ok")));
    assert_string_equal(loop_run_until_complete(loop, future).text, "ok");
    assert_int_equal(loop_time(loop), loop_seconds(2));
    future_release(future);
}

static void set_result_later_on_a_done_future_is_an_error_in_a_callback(void **state)
{
    Future *future = loop_create_future(loop);
    future_set_result_later(future, 5, value_int(1));
    future_set_result(future, value_int(2));
    loop_run_forever(loop);
    assert_said("report:Exception in callback Future.set_result(1)");
    future_release(future);
}

static Value await_done(Value future)
{
    Value result = await_future(future.future);
    say("%d", (int)result.integer);
    return NONE;
}

static Value other(Value unused)
{
    say("other");
    return NONE;
}

static void awaiting_a_done_future_does_not_suspend(void **state)
{
    Future *future = loop_create_future(loop);
    future_set_result(future, value_int(7));
    Task *first = loop_create_task(loop, coroutine(await_done, value_future(future)), NULL);
    Task *second = loop_create_task(loop, coroutine(other, NONE), NULL);
    loop_run_until_complete(loop, task_future(second));
    assert_said("7 other");
    task_release(first);
    task_release(second);
    future_release(future);
}

int main(void)
{
#define on_a_loop(name) cmocka_unit_test_setup_teardown(name, with_loop, without_loop)
    const struct CMUnitTest tests[] = {
        on_a_loop(a_new_future_is_pending_and_queues_nothing),
        on_a_loop(callbacks_run_in_the_order_of_registration_and_only_from_the_loop),
        on_a_loop(a_callback_added_to_a_done_future_is_queued_at_once),
        on_a_loop(a_future_is_completed_only_once),
        on_a_loop(set_exception_takes_exceptions_only_and_set_result_none),
        on_a_loop(cancel_of_a_pending_future_schedules_its_callbacks),
        on_a_loop(cancel_of_a_done_future_is_refused),
        on_a_loop(remove_done_callback_removes_all_equal_entries_and_counts_them),
        on_a_loop(remove_done_callback_never_touches_what_is_queued),
        on_a_loop(an_exception_that_nobody_looked_at_is_reported_at_the_last_release),
        on_a_loop(looking_at_the_exception_is_enough),
        on_a_loop(cancel_clears_the_mark_of_an_exception_never_retrieved),
        on_a_loop(what_nobody_looked_at_is_reported_at_the_latest_when_the_loop_closes),
        on_a_loop(a_future_outlives_its_loop),
        on_a_loop(set_result_later_completes_it_at_its_time),
        on_a_loop(set_result_later_on_a_done_future_is_an_error_in_a_callback),
        on_a_loop(awaiting_a_done_future_does_not_suspend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
