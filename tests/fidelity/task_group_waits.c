/*
 * The block of a group ends when all its tasks have, also those that its tasks make. The parent runs two
 * iterations after the last one's end; an empty group takes none at all.
 */
#include "pair.h"

static TaskGroup *group;

static Value child(Value name)
{
    print("%s", name.text);
    TRY(await_sleep(loop_seconds(1)));
    if (name.text[0] == 'f')
        task_release(task_group_create_task(group, coroutine(child, value_text("second"))));
    print("%s ends", name.text);
    return NONE;
}

static void say(void *text)
{
    print("%s", (char *)text);
}

static Value main_(Value none)
{
    loop_call_soon(loop_running(), say, "a turn");
    TRY(await_task_group_exit(task_group_enter(), NONE));
    print("empty");
    group = task_group_enter();
    Task *task = task_group_create_task(group, coroutine(child, value_text("first")));
    print("body %s", truth(future_done(task_future(task))));
    TRY(await_task_group_exit(group, NONE));
    print("main %s", truth(future_done(task_future(task))));
    task_release(task);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
