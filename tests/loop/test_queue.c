/*
 * test_queue.c — Queue, PriorityQueue, LifoQueue: order, hints, and what a cancel passes on.
 */
#include "support.h"

#include <math.h>
#include <string.h>

static Queue *queue;

static int with_queue(void **state)
{
    queue = queue_new(0);
    return fresh(state);
}

static int without_queue(void **state)
{
    queue_free(queue);
    return 0;
}

#define queue_rule(name) cmocka_unit_test_setup_teardown(name, with_queue, without_queue)

static void use(Queue *other)
{
    queue_free(queue);
    queue = other;
}

static void say_value(const char *who, Value value)
{
    char text[200];
    value_repr(value, text, sizeof text);
    say("%s:%s", who, text);
}

static Value getter(Value name)
{
    Value item = await_queue_get(queue);
    say_value(name.text, item);
    return item;
}

static Value putter(Value name)
{
    Value outcome = await_queue_put(queue, name);
    say("%s:%s", name.text, value_failed(outcome) ? outcome.exception->name : "in");
    return outcome;
}

static Task *start(CoroutineFunction function, const char *name)
{
    return task_create(coroutine_new("user", function, value_text(name)));
}

static Value turns(int count)
{
    for (int k = 0; k < count; k++)
        TRY(await_sleep(0));
    return NONE;
}

static void put_all(const Value *items, size_t count)
{
    for (size_t k = 0; k < count; k++)
        assert_false(value_failed(queue_put_nowait(queue, items[k])));
}

static void get_all(void)
{
    while (!queue_empty(queue))
        say_value("", queue_get_nowait(queue));
}

static const Value shuffled[] = {
    {VALUE_INT, {.integer = 3}, NULL}, {VALUE_INT, {.integer = 1}, NULL}, {VALUE_INT, {.integer = 2}, NULL}};

static void a_queue_gives_first_what_was_put_first(void **state)
{
    put_all(shuffled, 3);
    assert_int_equal(queue_size(queue), 3);
    get_all();
    assert_said(":3 :1 :2");
}

static void a_ring_that_grows_keeps_its_order(void **state)
{
    int64_t put = 0, got = 0;
    for (int round = 0; round < 5; round++) {
        for (int k = 0; k < 7; k++, put++)
            put_all(&(Value){VALUE_INT, {.integer = put}, NULL}, 1);
        for (int k = 0; k < 3; k++)
            assert_int_equal(queue_get_nowait(queue).integer, got++);
    }
    while (!queue_empty(queue))
        assert_int_equal(queue_get_nowait(queue).integer, got++);
    assert_int_equal(got, put);
}

static void a_lifo_queue_gives_first_what_was_put_last(void **state)
{
    use(lifo_queue_new(0));
    put_all(shuffled, 3);
    get_all();
    assert_said(":2 :1 :3");
}

static void a_priority_queue_gives_the_least_first(void **state)
{
    use(priority_queue_new(0));
    put_all(shuffled, 3);
    get_all();
    assert_said(":1 :2 :3");
}

/* What CPython's heapq does with them: neither first in nor last in. */
static void equal_priorities_come_as_from_heapq(void **state)
{
    use(priority_queue_new(0));
    const Value ties[] = {value_int(1),   value_float(1), value_bool(true), value_int(0),
                          value_float(0), value_int(1),   value_bool(false)};
    put_all(ties, 7);
    get_all();
    assert_said(":0 :False :0.0 :1 :True :1 :1.0");
}

static void lists_are_compared_item_by_item(void **state)
{
    use(priority_queue_new(0));
    const Value pairs[] = {
        value_list((Value[]){value_int(2), value_text("a")}, 2),
        value_list((Value[]){value_int(1), value_text("z")}, 2),
        value_list((Value[]){value_int(1), value_text("b")}, 2),
        value_list((Value[]){value_int(1)}, 1),
    };
    put_all(pairs, 4);
    get_all();
    assert_said(":[1] :[1, 'b'] :[1, 'z'] :[2, 'a']");
}

static void ints_and_floats_are_compared_exactly(void **state)
{
    use(priority_queue_new(0));
    const Value near[] = {value_int(9007199254740993),
                          value_float(9007199254740992.0),
                          value_float(1e300),
                          value_int(INT64_MAX),
                          value_float(-INFINITY),
                          value_float(-0.5),
                          value_int(-1),
                          value_int(INT64_MIN)};
    put_all(near, 8);
    get_all();
    assert_said(":-inf :-9223372036854775808 :-1 :-0.5 :9007199254740992.0 :9007199254740993 "
                ":9223372036854775807 :1e+300");
}

/* As in Python the one that cannot be compared is in, although it was refused. */
static void what_cannot_be_compared_is_a_type_error(void **state)
{
    use(priority_queue_new(0));
    put_all(shuffled, 1);
    Value error = queue_put_nowait(queue, value_text("x"));
    assert_is(error, TypeError);
    assert_string_equal(error.message, "'<' not supported between instances of 'str' and 'int'");
    assert_int_equal(queue_size(queue), 2);
    assert_false(value_failed(queue_task_done(queue)));
    assert_is(queue_task_done(queue), ValueError); /* it was not counted */
}

static void an_exception_is_no_item(void **state)
{
    assert_is(queue_put_nowait(queue, value_exception(&ValueError, "x")), TypeError);
    assert_true(queue_empty(queue));
}

static void a_full_queue_refuses_and_an_empty_one_has_nothing(void **state)
{
    use(queue_new(2));
    assert_is(queue_get_nowait(queue), QueueEmpty);
    assert_int_equal(queue_maxsize(queue), 2);
    put_all(shuffled, 2);
    assert_true(queue_full(queue));
    assert_is(queue_put_nowait(queue, NONE), QueueFull);
    queue_get_nowait(queue);
    assert_false(queue_full(queue));
}

static Value without_waiting(Value unused)
{
    TRY(await_queue_put(queue, value_int(1)));
    return await_queue_get(queue);
}

static void what_is_there_is_got_without_a_turn_for_others(void **state)
{
    assert_int_equal(run_traced(without_waiting, NONE).integer, 1);
    assert_int_equal(traced_times("\"what\":\"step\",\"task\":\"t1\""), 1);
    assert_not_traced("Queue.get");
}

static Value two_get(Value unused)
{
    Task *tasks[] = {start(getter, "a"), start(getter, "b")};
    TRY(await_sleep(0));
    TRY(queue_put_nowait(queue, value_int(1)));
    TRY(queue_put_nowait(queue, value_int(2)));
    say("size:%d", (int)queue_size(queue)); /* they are woken, and have got nothing yet */
    TRY(turns(2));
    task_release(tasks[0]);
    task_release(tasks[1]);
    return NONE;
}

static void getters_are_served_in_the_order_in_which_they_came(void **state)
{
    assert_false(value_failed(run_traced(two_get, NONE)));
    assert_said("size:2 a:1 b:2");
    assert_int_equal(traced_times("\"of\":\"Queue.get\""), 2);
}

/* The item of the woken one is taken by who never waited: it waits again, behind the other. */
static Value steals(Value unused)
{
    Task *tasks[] = {start(getter, "a"), start(getter, "b")};
    TRY(await_sleep(0));
    TRY(queue_put_nowait(queue, value_int(1)));
    say_value("main", queue_get_nowait(queue));
    TRY(turns(2));
    TRY(queue_put_nowait(queue, value_int(2)));
    TRY(queue_put_nowait(queue, value_int(3)));
    TRY(turns(2));
    task_release(tasks[0]);
    task_release(tasks[1]);
    return NONE;
}

static void who_finds_its_item_stolen_waits_again_at_the_end(void **state)
{
    assert_false(value_failed(run_traced(steals, NONE)));
    assert_said("main:1 b:2 a:3");
    assert_int_equal(traced_times("\"of\":\"Queue.get\""), 3);
}

static Value cancels_the_woken(Value unused)
{
    Task *tasks[] = {start(getter, "a"), start(getter, "b")};
    TRY(await_sleep(0));
    TRY(queue_put_nowait(queue, value_int(1)));
    task_cancel(tasks[0], NULL);
    assert_is(await_task(tasks[0]), CancelledError);
    TRY(turns(1));
    say("b done:%d", future_done(task_future(tasks[1])));
    task_release(tasks[0]);
    task_release(tasks[1]);
    return NONE;
}

static void a_getter_cancelled_after_it_was_woken_wakes_the_next(void **state)
{
    assert_false(value_failed(run_traced(cancels_the_woken, NONE)));
    assert_said("a:CancelledError() b:1 b done:1");
}

/* The woken one is cancelled, and its item is gone: there is nothing to wake another for. */
static Value cancels_and_steals(Value unused)
{
    Task *tasks[] = {start(getter, "a"), start(getter, "b")};
    TRY(await_sleep(0));
    TRY(queue_put_nowait(queue, value_int(1)));
    task_cancel(tasks[0], NULL);
    queue_get_nowait(queue);
    assert_is(await_task(tasks[0]), CancelledError);
    TRY(turns(1));
    say("b done:%d", future_done(task_future(tasks[1])));
    task_release(tasks[0]);
    task_release(tasks[1]);
    return NONE;
}

static void a_cancelled_getter_wakes_nobody_for_an_empty_queue(void **state)
{
    assert_false(value_failed(run_traced(cancels_and_steals, NONE)));
    assert_said("a:CancelledError() b done:0 b:CancelledError()");
    assert_int_equal(traced_times("\"of\":\"Queue.get\""), 2); /* b was not woken for nothing */
}

/* The cancelled one runs before the one that was woken instead: the item is still there, and yet it has no
   hint to pass on. */
static Value cancels_a_waiter(Value unused)
{
    Task *tasks[] = {start(getter, "a"), start(getter, "b"), start(getter, "c")};
    TRY(await_sleep(0));
    task_cancel(tasks[0], NULL);
    TRY(queue_put_nowait(queue, value_int(1)));
    TRY(turns(3));
    for (int k = 0; k < 3; k++)
        task_release(tasks[k]);
    return NONE;
}

static void a_put_passes_over_a_cancelled_getter_who_then_wakes_nobody(void **state)
{
    assert_false(value_failed(run_traced(cancels_a_waiter, NONE)));
    assert_said("a:CancelledError() b:1 c:CancelledError()");
    assert_int_equal(traced_times("\"of\":\"Queue.get\""), 3);
}

/* What the first was woken for is gone before it runs. */
static Value steals_the_place(Value cancel)
{
    use(queue_new(1));
    TRY(queue_put_nowait(queue, value_text("x")));
    Task *tasks[] = {start(putter, "a"), start(putter, "b")};
    TRY(await_sleep(0));
    queue_get_nowait(queue);
    TRY(queue_put_nowait(queue, value_text("y")));
    if (cancel.boolean)
        task_cancel(tasks[0], NULL);
    TRY(turns(2));
    say_value("main", queue_get_nowait(queue));
    TRY(turns(2));
    say_value("main", queue_get_nowait(queue));
    TRY(turns(2));
    task_release(tasks[0]);
    task_release(tasks[1]);
    return NONE;
}

static void who_finds_its_place_stolen_waits_again_at_the_end(void **state)
{
    assert_false(value_failed(run_traced(steals_the_place, value_bool(false))));
    assert_said("main:'y' b:in main:'b' a:in");
    assert_int_equal(traced_times("\"of\":\"Queue.put\""), 3);
}

static void a_cancelled_putter_wakes_nobody_for_a_full_queue(void **state)
{
    Value outcome = run_traced(steals_the_place, value_bool(true));
    assert_false(value_failed(outcome));
    assert_said("a:CancelledError main:'y' b:in main:'b'");
    assert_int_equal(traced_times("\"of\":\"Queue.put\""), 2);
}

static Value putters_wait(Value cancel)
{
    use(queue_new(1));
    TRY(queue_put_nowait(queue, value_text("x")));
    Task *tasks[] = {start(putter, "a"), start(putter, "b")};
    TRY(await_sleep(0));
    say_value("main", queue_get_nowait(queue));
    if (cancel.boolean)
        task_cancel(tasks[0], NULL);
    TRY(turns(2));
    say("size:%d", (int)queue_size(queue));
    say_value("main", queue_get_nowait(queue));
    TRY(turns(2));
    task_release(tasks[0]);
    task_release(tasks[1]);
    return NONE;
}

static void putters_wait_for_room_in_the_order_in_which_they_came(void **state)
{
    assert_false(value_failed(run_traced(putters_wait, value_bool(false))));
    assert_said("main:'x' a:in size:1 main:'a' b:in");
    assert_int_equal(traced_times("\"of\":\"Queue.put\""), 2);
}

static void a_putter_cancelled_after_it_was_woken_wakes_the_next(void **state)
{
    assert_false(value_failed(run_traced(putters_wait, value_bool(true))));
    assert_said("main:'x' a:CancelledError b:in size:1 main:'b'");
}

static Value worker(Value turns_each)
{
    for (;;) {
        TRY(await_queue_get(queue));
        TRY(turns((int)turns_each.integer));
        say("did");
        TRY(queue_task_done(queue));
    }
}

static Value joins(Value unused)
{
    TRY(await_queue_join(queue)); /* nothing was ever put */
    put_all(shuffled, 3);
    Task *task = task_create(coroutine(worker, value_int(2)));
    TRY(await_queue_join(queue));
    say("joined");
    task_cancel(task, NULL);
    task_release(task);
    return NONE;
}

static void a_join_waits_until_all_is_done(void **state)
{
    assert_false(value_failed(run_traced(joins, NONE)));
    assert_said("did did did joined");
    assert_int_equal(traced_times("\"of\":\"Event.wait\""), 1);
    assert_traced("[\"Queue.join\",\"");
}

static void what_was_not_put_cannot_be_done(void **state)
{
    put_all(shuffled, 1);
    assert_false(value_failed(queue_task_done(queue)));
    Value error = queue_task_done(queue);
    assert_is(error, ValueError);
    assert_string_equal(error.message, "task_done() called too many times");
}

static Value waits_in_all(Value unused)
{
    Task *tasks[2];
    use(priority_queue_new(0));
    tasks[0] = start(getter, "a");
    TRY(await_sleep(0));
    use(lifo_queue_new(1));
    put_all(shuffled, 1);
    tasks[1] = start(putter, "b");
    TRY(await_sleep(0));
    task_release(tasks[0]);
    task_release(tasks[1]);
    return NONE;
}

static void a_freed_queue_wakes_nobody(void **state)
{
    assert_false(value_failed(run_traced(waits_in_all, NONE)));
    assert_said("a:CancelledError() b:CancelledError");
    assert_traced("\"of\":\"Queue.get\"");
    assert_traced("\"of\":\"Queue.put\"");
}

static void no_queue_is_a_memory_error(void **state)
{
    assert_is(await_queue_get(queue), RuntimeError);
    assert_is(await_queue_put(queue, NONE), RuntimeError);
    assert_is(await_queue_join(queue), RuntimeError);
    assert_is(await_queue_get(NULL), MemoryError);
    assert_is(await_queue_put(NULL, NONE), MemoryError);
    assert_is(await_queue_join(NULL), MemoryError);
    assert_is(queue_put_nowait(NULL, NONE), MemoryError);
    assert_is(queue_get_nowait(NULL), MemoryError);
    assert_is(queue_task_done(NULL), MemoryError);
    assert_int_equal(queue_size(NULL), 0);
    assert_int_equal(queue_maxsize(NULL), 0);
    assert_false(queue_full(NULL));
    assert_true(queue_empty(NULL));
    queue_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        queue_rule(a_queue_gives_first_what_was_put_first),
        queue_rule(a_ring_that_grows_keeps_its_order),
        queue_rule(a_lifo_queue_gives_first_what_was_put_last),
        queue_rule(a_priority_queue_gives_the_least_first),
        queue_rule(equal_priorities_come_as_from_heapq),
        queue_rule(lists_are_compared_item_by_item),
        queue_rule(ints_and_floats_are_compared_exactly),
        queue_rule(what_cannot_be_compared_is_a_type_error),
        queue_rule(an_exception_is_no_item),
        queue_rule(a_full_queue_refuses_and_an_empty_one_has_nothing),
        queue_rule(what_is_there_is_got_without_a_turn_for_others),
        queue_rule(getters_are_served_in_the_order_in_which_they_came),
        queue_rule(who_finds_its_item_stolen_waits_again_at_the_end),
        queue_rule(a_getter_cancelled_after_it_was_woken_wakes_the_next),
        queue_rule(a_cancelled_getter_wakes_nobody_for_an_empty_queue),
        queue_rule(a_put_passes_over_a_cancelled_getter_who_then_wakes_nobody),
        queue_rule(who_finds_its_place_stolen_waits_again_at_the_end),
        queue_rule(a_cancelled_putter_wakes_nobody_for_a_full_queue),
        queue_rule(putters_wait_for_room_in_the_order_in_which_they_came),
        queue_rule(a_putter_cancelled_after_it_was_woken_wakes_the_next),
        queue_rule(a_join_waits_until_all_is_done),
        queue_rule(what_was_not_put_cannot_be_done),
        queue_rule(a_freed_queue_wakes_nobody),
        queue_rule(no_queue_is_a_memory_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
