/*
 * test_semaphore.c — Semaphore: hand-over, fairness, bounds.
 */
#include "support.h"

#include <string.h>

static Semaphore *semaphore;

static int with_semaphore(void **state)
{
    semaphore = semaphore_new(1);
    return fresh(state);
}

static int without_semaphore(void **state)
{
    semaphore_free(semaphore);
    return 0;
}

#define semaphore_rule(name) cmocka_unit_test_setup_teardown(name, with_semaphore, without_semaphore)

static Value taker(Value name)
{
    Value outcome = await_semaphore_acquire(semaphore);
    say("%s:%s", name.text, value_failed(outcome) ? outcome.exception->name : "has");
    return outcome;
}

static Task *start(const char *name)
{
    return task_create(coroutine(taker, value_text(name)));
}

static Value takes_all(Value unused)
{
    semaphore_free(semaphore);
    semaphore = semaphore_new(2);
    assert_false(semaphore_locked(semaphore));
    Value got = await_semaphore_acquire(semaphore);
    assert_true(got.kind == VALUE_BOOL && got.boolean);
    assert_false(semaphore_locked(semaphore));
    TRY(await_semaphore_acquire(semaphore));
    assert_true(semaphore_locked(semaphore));
    TRY(semaphore_release(semaphore));
    assert_false(semaphore_locked(semaphore));
    TRY(semaphore_release(semaphore));
    return semaphore_release(semaphore); /* more than there were: it is not bounded */
}

static void as_many_as_its_value_take_it_without_a_turn_for_others(void **state)
{
    assert_false(value_failed(run_traced(takes_all, NONE)));
    assert_not_traced("Semaphore.acquire");
}

static Value hands_over(Value unused)
{
    TRY(await_semaphore_acquire(semaphore));
    Task *tasks[] = {start("a"), start("b")};
    TRY(await_sleep(0));
    TRY(semaphore_release(semaphore));
    say("locked:%d", semaphore_locked(semaphore)); /* it is a's already */
    Task *late = start("late");
    TRY(await_sleep(0));
    TRY(semaphore_release(semaphore));
    TRY(semaphore_release(semaphore));
    TRY(await_task(late));
    for (int k = 0; k < 2; k++)
        task_release(tasks[k]);
    task_release(late);
    return NONE;
}

static void a_release_hands_over_and_the_number_stays_0(void **state)
{
    assert_false(value_failed(run_traced(hands_over, NONE)));
    assert_said("locked:1 a:has b:has late:has");
}

static Value newcomer(Value unused)
{
    TRY(await_semaphore_acquire(semaphore));
    Task *first = start("first");
    TRY(await_sleep(0));
    TRY(semaphore_release(semaphore));
    TRY(semaphore_release(semaphore));             /* nobody else waits: there is one for a newcomer … */
    say("locked:%d", semaphore_locked(semaphore)); /* … but the first was not cancelled and stands there */
    TRY(await_semaphore_acquire(semaphore));
    say("main:has");
    task_release(first);
    return NONE;
}

static void a_newcomer_waits_while_anybody_stands_there_although_the_number_is_not_0(void **state)
{
    assert_false(value_failed(run_traced(newcomer, NONE)));
    assert_said("locked:1 first:has main:has");
}

static Value cancels_the_chosen(Value unused)
{
    TRY(await_semaphore_acquire(semaphore));
    Task *first = start("first"), *second = start("second");
    TRY(await_sleep(0));
    TRY(semaphore_release(semaphore));
    task_cancel(first, NULL);
    assert_is(await_task(first), CancelledError);
    TRY(await_task(second));
    task_release(first);
    task_release(second);
    TRY(semaphore_release(semaphore));
    assert_false(semaphore_locked(semaphore));
    return NONE;
}

static void who_is_cancelled_after_the_hand_over_hands_it_on(void **state)
{
    assert_false(value_failed(run_traced(cancels_the_chosen, NONE)));
    assert_said("first:CancelledError second:has");
}

static Value cancels_the_only_one(Value unused)
{
    TRY(await_semaphore_acquire(semaphore));
    Task *first = start("first");
    TRY(await_sleep(0));
    TRY(semaphore_release(semaphore));
    task_cancel(first, NULL);
    assert_is(await_task(first), CancelledError);
    say("locked:%d", semaphore_locked(semaphore));
    task_release(first);
    return NONE;
}

static void what_nobody_takes_goes_back_into_the_number(void **state)
{
    assert_false(value_failed(run_traced(cancels_the_only_one, NONE)));
    assert_said("first:CancelledError locked:0");
}

static Value cancels_a_waiter(Value unused)
{
    TRY(await_semaphore_acquire(semaphore));
    Task *first = start("first"), *second = start("second");
    TRY(await_sleep(0));
    task_cancel(first, NULL);
    TRY(semaphore_release(semaphore)); /* the first still stands there, and is passed over */
    assert_is(await_task(first), CancelledError);
    TRY(await_task(second));
    TRY(semaphore_release(semaphore));
    TRY(await_semaphore_acquire(semaphore));
    say("locked:%d", semaphore_locked(semaphore));
    task_release(first);
    task_release(second);
    return NONE;
}

static void who_is_cancelled_before_a_release_neither_gets_nor_gives(void **state)
{
    assert_false(value_failed(run_traced(cancels_a_waiter, NONE)));
    assert_said("first:CancelledError second:has locked:1");
}

/* Two released while one waits, who is woken: the second reaches, through it, who came meanwhile. */
static Value wakes_more(Value unused)
{
    TRY(await_semaphore_acquire(semaphore));
    Task *first = start("first");
    TRY(await_sleep(0));
    TRY(semaphore_release(semaphore));
    TRY(semaphore_release(semaphore));
    Task *second = start("second");
    for (int k = 0; k < 3; k++)
        TRY(await_sleep(0));
    task_release(first);
    task_release(second);
    return NONE;
}

static void who_is_woken_wakes_the_next_while_there_is_more(void **state)
{
    assert_false(value_failed(run_traced(wakes_more, NONE)));
    assert_said("first:has second:has");
}

static Value too_many(Value unused)
{
    semaphore_free(semaphore);
    semaphore = bounded_semaphore_new(1);
    TRY(await_semaphore_acquire(semaphore));
    Task *task = start("a");
    TRY(await_sleep(0));
    TRY(semaphore_release(semaphore));
    TRY(await_task(task));
    task_release(task);
    TRY(semaphore_release(semaphore));
    return semaphore_release(semaphore);
}

static void a_bounded_one_cannot_be_released_too_often(void **state)
{
    Value error = run_traced(too_many, NONE);
    assert_is(error, ValueError);
    assert_string_equal(error.message, "BoundedSemaphore released too many times");
    assert_traced("\"of\":\"Semaphore.acquire\"");
}

static Value block(Value entered, void *argument)
{
    assert_true(semaphore_locked(semaphore));
    return value_exception(&ValueError, "boom");
}

static Value with_block(Value unused)
{
    return await_with(semaphore_context(semaphore), block, NULL);
}

static void async_with_gives_it_back_also_after_a_failure(void **state)
{
    assert_is(run_traced(with_block, NONE), ValueError);
    assert_false(semaphore_locked(semaphore));
}

static Value frees_it(Value unused)
{
    TRY(await_semaphore_acquire(semaphore));
    Task *task = start("a");
    TRY(await_sleep(0));
    semaphore_free(semaphore);
    semaphore = NULL;
    task_release(task);
    return NONE;
}

static void a_freed_semaphore_wakes_nobody(void **state)
{
    assert_false(value_failed(run_traced(frees_it, NONE)));
    assert_said("a:CancelledError");
}

static void no_semaphore_is_a_memory_error(void **state)
{
    assert_null(semaphore_new(-1));
    assert_null(bounded_semaphore_new(-1));
    assert_is(await_semaphore_acquire(semaphore), RuntimeError);
    assert_is(await_semaphore_acquire(NULL), MemoryError);
    assert_is(semaphore_release(NULL), MemoryError);
    assert_is(semaphore_exit(NULL, NONE), MemoryError);
    assert_false(semaphore_locked(NULL));
    semaphore_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        semaphore_rule(as_many_as_its_value_take_it_without_a_turn_for_others),
        semaphore_rule(a_release_hands_over_and_the_number_stays_0),
        semaphore_rule(a_newcomer_waits_while_anybody_stands_there_although_the_number_is_not_0),
        semaphore_rule(who_is_cancelled_after_the_hand_over_hands_it_on),
        semaphore_rule(what_nobody_takes_goes_back_into_the_number),
        semaphore_rule(who_is_cancelled_before_a_release_neither_gets_nor_gives),
        semaphore_rule(who_is_woken_wakes_the_next_while_there_is_more),
        semaphore_rule(a_bounded_one_cannot_be_released_too_often),
        semaphore_rule(async_with_gives_it_back_also_after_a_failure),
        semaphore_rule(a_freed_semaphore_wakes_nobody),
        semaphore_rule(no_semaphore_is_a_memory_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
