/*
 * A cancelled task that waits in its clean-up is cancelled only by a second cancel, which cuts the clean-
 * up short. The first one is over once it was thrown.
 */
#include "pair.h"

static Value child(Value name)
{
    Value slept = await_sleep(loop_seconds(10));
    print("%s cleans up", name.text);
    TRY(await_sleep(loop_seconds(2)));
    print("%s is clean", name.text);
    return slept;
}

static Value main_(Value none)
{
    Task *patient = task_create(coroutine(child, value_text("patient")));
    Task *hurried = task_create(coroutine(child, value_text("hurried")));
    await_sleep(loop_seconds(1));
    task_cancel(patient, NULL);
    task_cancel(hurried, "first");
    await_sleep(loop_seconds(1));
    task_cancel(hurried, "second");
    await_wait((Future *[]){task_future(patient), task_future(hurried)}, 2, LOOP_FOREVER, ALL_COMPLETED,
               NULL);
    Value error = future_result(task_future(hurried));
    if (value_is(error, &CancelledError))
        print("%s %s", truth(future_cancelled(task_future(patient))), repr(error));
    task_release(patient);
    task_release(hurried);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
