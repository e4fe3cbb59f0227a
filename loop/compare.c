/*
 * compare.c — Python's `<` between values.
 *
 * An int and a float are compared as the exact numbers that they are: to convert one of them would make
 * 2**53 + 1 equal to 2.0**53.
 */
#include "compare.h"

#include "task.h"
#include "value.h"

#include <math.h>
#include <string.h>

static bool is_whole(Value value)
{
    return value.kind == VALUE_INT || value.kind == VALUE_BOOL;
}

static bool is_number(Value value)
{
    return is_whole(value) || value.kind == VALUE_FLOAT;
}

static int64_t whole(Value value)
{
    return value.kind == VALUE_BOOL ? value.boolean : value.integer;
}

/* -1, 0, 1, as the integer is less, equal, greater; the real number is one. */
static int compare_exactly(int64_t integer, double real)
{
    if (real >= 0x1p63)
        return -1;
    if (real < -0x1p63)
        return 1;
    int64_t floor_of = (int64_t)floor(real);
    if (integer != floor_of)
        return integer < floor_of ? -1 : 1;
    return (double)floor_of < real ? -1 : 0;
}

/* -1, 0, 1; 2 when one of them is not a number (nan): then it is neither less nor equal */
static int compare_numbers(Value one, Value other)
{
    if (is_whole(one) && is_whole(other))
        return (whole(one) > whole(other)) - (whole(one) < whole(other));
    if ((!is_whole(one) && isnan(one.real)) || (!is_whole(other) && isnan(other.real)))
        return 2;
    if (is_whole(one))
        return compare_exactly(whole(one), other.real);
    if (is_whole(other))
        return -compare_exactly(whole(other), one.real);
    return (one.real > other.real) - (one.real < other.real);
}

static bool is_equal(Value one, Value other);

/* Where two lists differ first: at the end of the shorter one, if not before. */
static size_t first_difference(Value one, Value other)
{
    size_t k = 0;
    while (k < value_count(one) && k < value_count(other) &&
           is_equal(value_item(one, k), value_item(other, k)))
        k++;
    return k;
}

static bool is_equal(Value one, Value other)
{
    if (is_number(one) && is_number(other))
        return compare_numbers(one, other) == 0;
    if (one.kind != other.kind)
        return false;
    switch (one.kind) {
    case VALUE_NONE:
        return true;
    case VALUE_TEXT:
        return strcmp(one.text, other.text) == 0;
    case VALUE_LIST:
        return value_count(one) == value_count(other) && first_difference(one, other) == value_count(one);
    case VALUE_FUTURE:
        return one.future == other.future;
    case VALUE_EXCEPTION: /* objects, equal to themselves only */
        return one.exception == other.exception && one.message == other.message;
    default:
        return one.pointer == other.pointer;
    }
}

static const char *type_name(Value value)
{
    switch (value.kind) {
    case VALUE_NONE:
        return "NoneType";
    case VALUE_BOOL:
        return "bool";
    case VALUE_INT:
        return "int";
    case VALUE_FLOAT:
        return "float";
    case VALUE_TEXT:
        return "str";
    case VALUE_LIST:
        return "list";
    case VALUE_FUTURE:
        return future_task(value.future) ? "_asyncio.Task" : "_asyncio.Future";
    case VALUE_EXCEPTION:
        return value.exception->name;
    default:
        return "object";
    }
}

Value value_less(Value one, Value other)
{
    if (is_number(one) && is_number(other))
        return value_bool(compare_numbers(one, other) == -1);
    if (one.kind == VALUE_TEXT && other.kind == VALUE_TEXT)
        return value_bool(strcmp(one.text, other.text) < 0); /* UTF-8 has the order of its code points */
    if (one.kind == VALUE_LIST && other.kind == VALUE_LIST) {
        size_t k = first_difference(one, other);
        if (k == value_count(one) || k == value_count(other))
            return value_bool(value_count(one) < value_count(other));
        return value_less(value_item(one, k), value_item(other, k));
    }
    return value_exception(&TypeError, text_format("'<' not supported between instances of '%s' and '%s'",
                                                   type_name(one), type_name(other)));
}
