/*
 * test_compare.c — Python's `<`, of all kinds of values.
 */
#include "support.h"

#include <math.h>

#include "compare.h"

static void assert_less(Value one, Value other)
{
    Value less = value_less(one, other), greater = value_less(other, one);
    assert_true(less.kind == VALUE_BOOL && less.boolean);
    assert_true(greater.kind == VALUE_BOOL && !greater.boolean);
}

static void assert_neither(Value one, Value other)
{
    assert_false(value_less(one, other).boolean);
    assert_false(value_less(other, one).boolean);
    assert_false(value_failed(value_less(one, other)));
}

#define list_of(...) value_list((Value[]){__VA_ARGS__}, sizeof((Value[]){__VA_ARGS__}) / sizeof(Value))

static void ints_and_floats_are_the_numbers_that_they_are(void **state)
{
    const int64_t big = INT64_C(1) << 53;
    assert_less(value_int(1), value_int(2));
    assert_less(value_bool(false), value_int(1));
    assert_neither(value_bool(true), value_float(1));
    assert_less(value_float(0.5), value_int(1));
    assert_less(value_int(-1), value_float(-0.5));
    assert_less(value_float((double)big), value_int(big + 1));
    assert_neither(value_float((double)big), value_int(big));
    assert_less(value_int(INT64_MAX), value_float(0x1p63));
    assert_neither(value_int(INT64_MIN), value_float(-0x1p63));
    assert_less(value_float(-0x1.0000000000001p63), value_int(INT64_MIN));
    assert_less(value_int(INT64_MAX), value_float(INFINITY));
    assert_less(value_float(-INFINITY), value_int(INT64_MIN));
}

static void a_nan_is_neither_less_nor_greater(void **state)
{
    assert_neither(value_float(NAN), value_float(1));
    assert_neither(value_float(NAN), value_int(1));
    assert_neither(value_float(NAN), value_float(NAN));
}

static void texts_are_compared_by_code_points(void **state)
{
    assert_less(value_text("Zoe"), value_text("abe"));
    assert_less(value_text("z"), value_text("é"));
    assert_less(value_text("\xef\xbf\xbd"), value_text("\xf0\x90\x80\x80")); /* U+FFFD, U+10000 */
    assert_less(value_text(""), value_text("a"));
}

static void lists_are_compared_by_the_first_items_that_differ(void **state)
{
    assert_less(list_of(value_int(1), value_text("b")), list_of(value_int(2), value_text("a")));
    assert_less(list_of(value_int(1), value_text("a")), list_of(value_float(1), value_text("b")));
    assert_less(list_of(value_int(1)), list_of(value_int(1), NONE));
    assert_neither(list_of(NONE, value_int(1)), list_of(NONE, value_int(1)));
    assert_less(list_of(list_of(value_int(1)), value_int(1)), list_of(list_of(value_int(1)), value_int(2)));
}

static void assert_refused(Value one, Value other, const char *message)
{
    Value error = value_less(one, other);
    assert_is(error, TypeError);
    assert_string_equal(error.message, message);
}

static void what_has_no_order_is_a_type_error(void **state)
{
    assert_refused(NONE, NONE, "'<' not supported between instances of 'NoneType' and 'NoneType'");
    assert_refused(value_text("1"), value_int(1), "'<' not supported between instances of 'str' and 'int'");
    assert_refused(list_of(value_int(1), NONE), list_of(value_int(1), value_bool(true)),
                   "'<' not supported between instances of 'NoneType' and 'bool'");
    assert_refused(list_of(NONE), value_float(1),
                   "'<' not supported between instances of 'list' and 'float'");
    assert_refused(value_pointer(&state, NULL), value_pointer(&state, NULL),
                   "'<' not supported between instances of 'object' and 'object'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(ints_and_floats_are_the_numbers_that_they_are),
        rule(a_nan_is_neither_less_nor_greater),
        rule(texts_are_compared_by_code_points),
        rule(lists_are_compared_by_the_first_items_that_differ),
        rule(what_has_no_order_is_a_type_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
