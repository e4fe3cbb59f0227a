/*
 * Each wait adds two iterations to the way of a wake-up: the completion callback, and the waiter's wake-
 * up. Two tasks that wait for the same ones are told in the order of the futures first, of the waits
 * second.
 */
#include "pair.h"

static Future *children[2], *reversed[2], *first;

static Value waits(Value name)
{
    Future **tasks = name.text[0] == 'f' ? children : name.text[0] == 's' ? reversed : &first;
    TRY(await_wait(tasks, tasks == &first ? 1 : 2, LOOP_FOREVER, ALL_COMPLETED, NULL));
    print("%s", name.text);
    return NONE;
}

static Value child(Value delay)
{
    TRY(await_sleep(loop_seconds((double)delay.integer)));
    print("child %s", repr(delay));
    return NONE;
}

static Value main_(Value none)
{
    for (int k = 0; k < 2; k++)
        children[k] = reversed[1 - k] = task_future(task_create(coroutine(child, value_int(1))));
    first = task_future(task_create(coroutine(waits, value_text("first"))));
    Future *second = task_future(task_create(coroutine(waits, value_text("second"))));
    Future *third = task_future(task_create(coroutine(waits, value_text("third"))));
    await_wait((Future *[]){third, second}, 2, LOOP_FOREVER, ALL_COMPLETED, NULL);
    print("main");
    Future *const all[] = {children[0], children[1], first, second, third};
    for (int k = 0; k < 5; k++)
        future_release(all[k]);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
