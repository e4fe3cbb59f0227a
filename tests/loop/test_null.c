/*
 * test_null.c — NULL wherever a pointer is asked for: what is made when memory has run out is NULL, and a
 * program may pass it on and ask at the end. Each function has a defined result for it.
 */
#include "support.h"

#include <string.h>

static Value nothing(Value unused)
{
    return unused;
}

static void on_done(Future *future, void *context)
{
}

static void on_call(void *context)
{
}

static void a_value_made_of_nothing_is_none(void **state)
{
    assert_int_equal(value_text(NULL).kind, VALUE_NONE);
    assert_int_equal(value_future(NULL).kind, VALUE_NONE);
    assert_int_equal(value_task(NULL).kind, VALUE_NONE);
    assert_is(value_exception(NULL, "x"), TypeError);
    assert_int_equal(value_repr(value_text(NULL), NULL, 0), strlen("None"));
    char text[40];
    value_repr(value_pointer(NULL, NULL), text, sizeof text);
    assert_string_equal(text, "<pointer>");
    value_repr(value_exception(&ValueError, NULL), text, sizeof text);
    assert_string_equal(text, "ValueError()");
}

static Value uses_no_coroutine(Value unused)
{
    Value value;
    assert_null(coroutine_new("nothing", NULL, NONE));
    assert_null(coroutine_keep(NULL));
    coroutine_release(NULL);
    assert_string_equal(coroutine_name(NULL), "");
    assert_is(await_coroutine(NULL), MemoryError);
    assert_false(coroutine_next(NULL, &value));
    assert_is(value, MemoryError);
    assert_false(coroutine_next(NULL, NULL));
    assert_is(coroutine_yield_from(NULL), MemoryError);
    assert_is(coroutine_switch(NULL, NONE), MemoryError);
    Coroutine *nameless = coroutine_new(NULL, nothing, value_text("x"));
    assert_string_equal(coroutine_name(nameless), "<unnamed>");
    return await_coroutine(nameless);
}

static void no_coroutine_is_a_memory_error(void **state)
{
    assert_string_equal(run_traced(uses_no_coroutine, NONE).text, "x");
    assert_is(loop_run(NULL), MemoryError);
}

static Value uses_no_future(Value unused)
{
    assert_null(loop_create_future(NULL));
    assert_null(future_keep(NULL));
    future_release(NULL);
    assert_false(future_done(NULL));
    assert_false(future_cancelled(NULL));
    assert_is(future_set_result(NULL, NONE), MemoryError);
    assert_is(future_set_exception(NULL, value_exception(&ValueError, NULL)), MemoryError);
    assert_null(future_set_result_later(NULL, 0, NONE));
    assert_false(future_cancel(NULL, NULL));
    assert_is(future_result(NULL), MemoryError);
    assert_is(future_exception(NULL), MemoryError);
    assert_false(future_add_done_callback(NULL, on_done, NULL));
    assert_int_equal(future_remove_done_callback(NULL, on_done, NULL), 0);
    assert_is(await_future(NULL), MemoryError);
    Future *future = loop_create_future(loop_running());
    assert_false(future_add_done_callback(future, NULL, NULL));
    assert_true(future_add_done_callback_named(future, NULL, on_done, NULL));
    assert_true(future_cancel(future, NULL));
    assert_is(await_future(future), CancelledError);
    future_release(future);
    return await_sleep(0);
}

static void no_future_is_a_memory_error_and_never_done(void **state)
{
    assert_false(value_failed(run_traced(uses_no_future, NONE)));
    assert_traced("<unnamed>");
}

static Value uses_no_task(Value unused)
{
    assert_null(task_create(NULL));
    assert_null(task_create_named(NULL, "x"));
    assert_null(task_create_named(NULL, NULL));
    assert_null(loop_create_task(loop_running(), NULL, NULL));
    assert_null(loop_create_task(NULL, coroutine(nothing, NONE), NULL));
    assert_null(task_future(NULL));
    assert_null(future_task(NULL));
    task_release(NULL);
    assert_string_equal(task_name(NULL), "");
    assert_string_equal(task_function(NULL), "");
    task_set_name(NULL, "x");
    assert_false(task_cancel(NULL, NULL));
    assert_int_equal(task_cancelling(NULL), 0);
    assert_int_equal(task_uncancel(NULL), 0);
    return await_task(NULL);
}

static void no_task_is_a_memory_error_where_it_is_awaited(void **state)
{
    assert_is(run_traced(uses_no_task, NONE), MemoryError);
}

static Value names_nothing(Value unused)
{
    Task *first = task_create_named(coroutine(nothing, NONE), NULL);
    Task *second = loop_create_task(loop_running(), coroutine(nothing, NONE), NULL);
    assert_string_equal(task_name(first), "Task-2");
    assert_string_equal(task_name(second), "Task-3");
    task_set_name(second, NULL);
    assert_string_equal(task_name(second), "Task-3");
    TRY(await_task(first));
    TRY(await_task(second));
    task_release(first);
    task_release(second);
    return NONE;
}

static void a_task_without_a_name_is_numbered(void **state)
{
    assert_false(value_failed(run_traced(names_nothing, NONE)));
    assert_not_traced("task_name");
}

static Value waits_for_nothing(Value unused)
{
    Future *none = NULL;
    WaitResult result;
    assert_is(await_wait(&none, 1, LOOP_FOREVER, ALL_COMPLETED, &result), MemoryError);
    assert_is(await_wait(NULL, 1, LOOP_FOREVER, ALL_COMPLETED, &result), MemoryError);
    assert_is(await_wait(NULL, 0, LOOP_FOREVER, ALL_COMPLETED, &result), ValueError);
    wait_result_release(&result);
    wait_result_release(NULL);
    Future *future = loop_create_future(loop_running());
    TRY(await_wait(&future, 1, loop_seconds(1), ALL_COMPLETED, NULL));
    future_release(future);
    return NONE;
}

static void a_wait_for_nothing_fails_and_its_result_need_not_be_wanted(void **state)
{
    assert_false(value_failed(run_traced(waits_for_nothing, NONE)));
    assert_int_equal(program_time(), loop_seconds(1));
}

static void no_loop_and_no_handle_do_nothing(void **state)
{
    assert_null(loop_call_soon(NULL, on_call, NULL));
    assert_null(loop_call_later(NULL, 1, on_call, NULL));
    assert_null(loop_call_at(NULL, 1, on_call, NULL));
    handle_cancel(NULL);
    assert_false(handle_cancelled(NULL));
    assert_null(handle_keep(NULL));
    handle_release(NULL);
    assert_is(loop_run_until_complete(NULL, NULL), MemoryError);
    assert_is(loop_run_forever(NULL), RuntimeError);
    loop_stop(NULL);
    loop_close(NULL);
    loop_free(NULL);
    loop_set_exception_handler(NULL, NULL, NULL);
    assert_int_equal(loop_time(NULL), program_time());
    Loop *loop = loop_new(NULL);
    assert_null(loop_call_soon_named(loop, "x", NULL, NULL));
    assert_null(loop_call_at_named(loop, 1, "x", NULL, NULL));
    assert_non_null(loop_call_soon_named(loop, NULL, on_call, NULL));
    assert_is(loop_run_until_complete(loop, NULL), MemoryError);
    loop_free(loop);
}

static void no_options_are_the_first_ones(void **state)
{
    loop_set_defaults(NULL);
    assert_true(program_time() > 0); /* the real clock's */
}

static void a_trace_of_nothing_is_whole(void **state)
{
    size_t length = 1;
    assert_string_equal(trace_text(NULL, &length), "");
    assert_int_equal(length, 0);
    assert_null(trace_error(NULL));
    assert_int_equal(trace_events(NULL), 0);
    assert_int_equal(trace_close(NULL, NULL, 0), 0);
    Trace *trace = trace_open_memory(NULL);
    assert_int_equal(trace_source(trace, NULL, NULL, NULL), 1);
    trace_define(trace, NULL, 1);
    trace_output(1, NULL, 0);
    trace_mark(NULL);
    trace_note(NULL);
    trace_enter(NULL);
    LINE(1);
    trace_leave();
    assert_int_equal(trace_events(trace), 4);
    assert_int_equal(trace_close(trace, NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(a_value_made_of_nothing_is_none),
        rule(no_coroutine_is_a_memory_error),
        rule(no_future_is_a_memory_error_and_never_done),
        rule(no_task_is_a_memory_error_where_it_is_awaited),
        rule(a_task_without_a_name_is_numbered),
        rule(a_wait_for_nothing_fails_and_its_result_need_not_be_wanted),
        rule(no_loop_and_no_handle_do_nothing),
        rule(no_options_are_the_first_ones),
        rule(a_trace_of_nothing_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
