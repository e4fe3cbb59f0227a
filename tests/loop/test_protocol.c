/*
 * test_protocol.c — `async with` and `async for`: what runs when, and what a failure skips.
 */
#include "support.h"

/* Counts down, a turn before each number. */
static Value countdown(void *self)
{
    int64_t *left = self;
    TRY(await_sleep(0));
    if (*left < 0)
        return value_exception(&ValueError, "boom");
    return *left == 0 ? value_exception(&StopAsyncIteration, NULL) : value_int((*left)--);
}

static Value sums(Value from)
{
    int64_t sum = 0, left = from.integer;
    AsyncIterator numbers = {countdown, &left};
    ASYNC_FOR(number, numbers)
    {
        if (number.integer == 4)
            continue;
        if (number.integer == 2)
            break;
        sum += number.integer;
    }
    say("left:%d", (int)left);
    return value_int(sum);
}

static void the_statement_runs_once_for_each_item(void **state)
{
    assert_int_equal(run_traced(sums, value_int(1)).integer, 1);
    assert_said("left:0");
}

static void nothing_to_come_is_no_failure(void **state)
{
    assert_int_equal(run_traced(sums, value_int(0)).integer, 0);
}

static void break_and_continue_are_those_of_a_loop(void **state)
{
    assert_int_equal(run_traced(sums, value_int(5)).integer, 5 + 3);
    assert_said("left:1");
}

static AsyncIterator asked(int64_t *left)
{
    say("asked");
    return (AsyncIterator){countdown, left};
}

static Value asks(Value from)
{
    int64_t left = from.integer;
    ASYNC_FOR(number, asked(&left))
    say("%d", (int)number.integer);
    return NONE;
}

static void the_iterator_is_asked_for_once(void **state)
{
    run_traced(asks, value_int(3));
    assert_said("asked 3 2 1");
}

static void a_failure_leaves_the_function(void **state)
{
    assert_is(run_traced(sums, value_int(-1)), ValueError);
    assert_said("");
}

static Value outer(Value unused)
{
    int64_t count = 0, one = 3;
    AsyncIterator rows = {countdown, &one};
    ASYNC_FOR(row, rows)
    {
        int64_t other = row.integer;
        AsyncIterator cells = {countdown, &other};
        ASYNC_FOR(cell, cells)
        count++;
    }
    return value_int(count);
}

static void one_stands_in_another(void **state)
{
    assert_int_equal(run_traced(outer, NONE).integer, 3 + 2 + 1);
}

static Value not_an_iterator(Value unused)
{
    AsyncIterator nothing = {NULL, NULL};
    ASYNC_FOR(item, nothing)
    say("never");
    return NONE;
}

static void without_next_it_is_a_type_error(void **state)
{
    assert_is(run_traced(not_an_iterator, NONE), TypeError);
    assert_said("");
}

/* A context that tells what is asked of it; its fate is in self: what entering gives. */
static Value enter(void *self)
{
    const Value *fate = self;
    say("enter");
    TRY(await_sleep(0));
    return *fate;
}

static Value swallow(void *self, Value outcome)
{
    say("leave:%s", value_failed(outcome) ? outcome.exception->name : "well");
    TRY(await_sleep(0));
    return value_is(outcome, &ValueError) ? NONE : outcome;
}

static Value body(Value entered, void *argument)
{
    say("block:%d", (int)entered.integer);
    return argument ? *(Value *)argument : value_text("done");
}

static void what_cannot_be_entered_and_left_is_a_type_error(void **state)
{
    Value seven = value_int(7);
    assert_is(await_with((AsyncContext){NULL, swallow, NULL}, body, NULL), TypeError);
    assert_is(await_with((AsyncContext){enter, NULL, &seven}, body, NULL), TypeError);
    assert_said("");
}

static Value with(Value argument)
{
    Value *parts = argument.pointer; /* what entering gives, what the block gives */
    return await_with((AsyncContext){enter, swallow, &parts[0]}, body, &parts[1]);
}

static Value run_with(Value entering, Value block)
{
    Value parts[] = {entering, block};
    return run_traced(with, value_pointer(parts, NULL));
}

static void leaving_gets_what_the_block_gave(void **state)
{
    assert_int_equal(run_with(value_int(7), value_int(3)).integer, 3);
    assert_said("enter block:7 leave:well");
}

static void leaving_may_swallow_a_failure(void **state)
{
    assert_false(value_failed(run_with(value_int(7), value_exception(&ValueError, "boom"))));
    assert_said("enter block:7 leave:ValueError");
}

static void what_leaving_does_not_swallow_comes_out(void **state)
{
    assert_is(run_with(value_int(7), value_exception(&TypeError, "boom")), TypeError);
    assert_said("enter block:7 leave:TypeError");
}

static void who_cannot_enter_does_not_leave(void **state)
{
    assert_is(run_with(value_exception(&ValueError, "closed"), NONE), ValueError);
    assert_said("enter");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rule(the_statement_runs_once_for_each_item),   rule(nothing_to_come_is_no_failure),
        rule(break_and_continue_are_those_of_a_loop),  rule(the_iterator_is_asked_for_once),
        rule(a_failure_leaves_the_function),           rule(one_stands_in_another),
        rule(without_next_it_is_a_type_error),         rule(what_cannot_be_entered_and_left_is_a_type_error),
        rule(leaving_gets_what_the_block_gave),        rule(leaving_may_swallow_a_failure),
        rule(what_leaving_does_not_swallow_comes_out), rule(who_cannot_enter_does_not_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
