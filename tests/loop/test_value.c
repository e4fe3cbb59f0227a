/*
 * test_value.c — values read as Python's repr() prints them.
 */
#include "support.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const ExceptionType MyError = {.name = "MyError"};

static const char *repr(Value value)
{
    static char text[256];
    size_t length = value_repr(value, text, sizeof text);
    assert_int_equal(length, strlen(text));
    return text;
}

static void simple_values_read_as_in_python(void **state)
{
    assert_string_equal(repr(NONE), "None");
    assert_string_equal(repr(value_bool(true)), "True");
    assert_string_equal(repr(value_bool(false)), "False");
    assert_string_equal(repr(value_int(-42)), "-42");
    assert_string_equal(repr(value_pointer(NULL, NULL)), "<pointer>");
    assert_string_equal(repr(value_pointer(NULL, "[1, 2]")), "[1, 2]");
}

static void floats_have_the_fewest_digits_that_read_back(void **state)
{
    assert_string_equal(repr(value_float(0)), "0.0");
    assert_string_equal(repr(value_float(1)), "1.0");
    assert_string_equal(repr(value_float(0.1)), "0.1");
    assert_string_equal(repr(value_float(1.0 / 3)), "0.3333333333333333");
    assert_string_equal(repr(value_float(-2.5)), "-2.5");
    assert_string_equal(repr(value_float(100)), "100.0");
    assert_string_equal(repr(value_float(123456789.125)), "123456789.125");
    assert_string_equal(repr(value_float(1e15)), "1000000000000000.0");
    assert_string_equal(repr(value_float(1e16)), "1e+16");
    assert_string_equal(repr(value_float(0.0001)), "0.0001");
    assert_string_equal(repr(value_float(0.00001)), "1e-05");
    assert_string_equal(repr(value_float(1.5e300)), "1.5e+300");
    assert_string_equal(repr(value_float(NAN)), "nan");
    assert_string_equal(repr(value_float(-INFINITY)), "-inf");
}

static void texts_are_quoted_as_in_python(void **state)
{
    assert_string_equal(repr(value_text("plain")), "'plain'");
    assert_string_equal(repr(value_text("it's")), "\"it's\"");
    assert_string_equal(repr(value_text("it's \"both\"")), "'it\\'s \"both\"'");
    assert_string_equal(repr(value_text("a\nb\tc\\d\x01")), "'a\\nb\\tc\\\\d\\x01'");
    assert_string_equal(repr(value_text("返回值")), "'返回值'");
}

static void bytes_read_as_in_python_and_hold_anything(void **state)
{
    Value bytes = value_bytes("a\0'\xe4\n", 5);
    assert_string_equal(repr(bytes), "b\"a\\x00'\\xe4\\n\"");
    assert_int_equal(value_size(bytes), 5);
    assert_memory_equal(value_data(bytes), "a\0'\xe4\n", 6);
    assert_string_equal(repr(value_bytes(NULL, 0)), "b''");
    assert_int_equal(value_size(value_text("text")), 4);
    assert_string_equal(value_data(value_text("text")), "text");
    assert_int_equal(value_size(NONE), 0);
    assert_string_equal(value_data(value_int(1)), "");
}

static void errors_of_the_system_are_those_that_python_raises(void **state)
{
    Value refused = value_os_error(ECONNREFUSED, "Connect call failed");
    assert_true(value_is(refused, &ConnectionRefusedError));
    assert_string_equal(refused.message, "[Errno 111] Connect call failed");
    assert_true(value_is(value_os_error(EMFILE, NULL), &OSError));
    assert_string_equal(value_os_error(EMFILE, NULL).message, "[Errno 24] Too many open files");
    assert_true(value_is_os_error(refused));
    assert_true(value_is_os_error(value_os_error(EMFILE, NULL)));
    assert_true(value_is_os_error(value_os_error(ETIMEDOUT, NULL)));
    assert_false(value_is_os_error(value_exception(&ValueError, NULL)));
    assert_false(value_is_os_error(NONE));
}

static void exceptions_read_as_calls(void **state)
{
    assert_string_equal(repr(value_exception(&ValueError, "no")), "ValueError('no')");
    assert_string_equal(repr(value_exception(&MyError, NULL)), "MyError()");
    assert_true(value_is(value_exception(&MyError, NULL), &MyError));
    assert_false(value_is(value_exception(&MyError, NULL), &ValueError));
    assert_false(value_is(NONE, &MyError));
    assert_false(value_failed(value_text("x")));
}

static void a_repr_is_cut_between_characters(void **state)
{
    char text[8];
    assert_int_equal(value_repr(value_text("返回值"), text, sizeof text), 11);
    assert_string_equal(text, "'返回");
    char small[7];
    value_repr(value_text("返回值"), small, sizeof small);
    assert_string_equal(small, "'返");
    assert_int_equal(value_repr(value_text("x"), NULL, 0), 3);
}

static Value named(Value unused)
{
    return value_text("返回值");
}

static void a_task_reads_as_in_python(void **state)
{
    trace_source(NULL, "lesson.py", "python", "");
    trace_define(NULL, "named", 3);
    Loop *loop = loop_new(NULL);
    Task *task = loop_create_task(loop, coroutine(named, NONE), "n1");
    assert_string_equal(repr(value_task(task)),
                        "<Task pending name='n1' coro=<named() running at lesson.py:3>>");
    loop_run_until_complete(loop, task_future(task));
    assert_string_equal(
        repr(value_task(task)),
        "<Task finished name='n1' coro=<named() done, defined at lesson.py:3> result='返回值'>");
    task_release(task);
    Future *future = loop_create_future(loop);
    assert_string_equal(repr(value_future(future)), "<Future pending>");
    future_cancel(future, NULL);
    assert_string_equal(repr(value_future(future)), "<Future cancelled>");
    future_release(future);
    loop_free(loop);
}

static void formatted_texts_live_on(void **state)
{
    const char *texts[300];
    for (int k = 0; k < 300; k++)
        texts[k] = text_format("%d:%s", k, "some text that fills the blocks");
    for (int k = 0; k < 300; k++) {
        int number = -1;
        assert_int_equal(sscanf(texts[k], "%d:some", &number), 1);
        assert_int_equal(number, k);
    }
}

static void the_version_that_was_linked_is_the_one_compiled_against(void **state)
{
    assert_string_equal(loop_version(), LOOP_VERSION);
}

static void a_list_is_copied_and_reads_as_in_python(void **state)
{
    Value inner[] = {value_text("x")};
    Value items[] = {value_int(1), value_list(inner, 1), NONE};
    Value list = value_list(items, 3);
    items[0] = NONE;
    assert_int_equal(value_count(list), 3);
    assert_int_equal(value_item(list, 0).integer, 1);
    assert_int_equal(value_item(list, 3).kind, VALUE_NONE);
    assert_int_equal(value_count(value_int(3)), 0);
    char text[64];
    value_repr(list, text, sizeof text);
    assert_string_equal(text, "[1, ['x'], None]");
    value_repr(value_list(NULL, 5), text, sizeof text);
    assert_string_equal(text, "[]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(the_version_that_was_linked_is_the_one_compiled_against),
        rule(simple_values_read_as_in_python),
        rule(floats_have_the_fewest_digits_that_read_back),
        rule(texts_are_quoted_as_in_python),
        rule(bytes_read_as_in_python_and_hold_anything),
        rule(errors_of_the_system_are_those_that_python_raises),
        rule(exceptions_read_as_calls),
        rule(a_repr_is_cut_between_characters),
        rule(a_task_reads_as_in_python),
        rule(formatted_texts_live_on),
        rule(a_list_is_copied_and_reads_as_in_python),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
