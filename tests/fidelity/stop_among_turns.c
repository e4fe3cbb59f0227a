/*
 * Tasks that only give each other turns are stopped all the same: after the iteration in which one of them
 * says so, and the next run begins where they stand. What is called soon has its turn among theirs.
 */
#include "pair.h"

static Loop *loop;

static void say(void *text)
{
    print("called by %s", (char *)text);
}

static Value turns(Value name)
{
    for (int k = 0; k < 5; k++) {
        print("%s %d", name.text, k);
        if (k == 1)
            loop_call_soon(loop, say, (void *)name.text);
        if (k == 2 && name.text[0] == 'b')
            loop_stop(loop);
        TRY(await_sleep(0));
    }
    return NONE;
}

PAIR
{
    loop = loop_new(NULL);
    Task *tasks[3];
    const char *names[] = {"a", "b", "c"};
    for (int k = 0; k < 3; k++)
        tasks[k] = loop_create_task(loop, coroutine(turns, value_text(names[k])), NULL);
    loop_run_forever(loop);
    print("stopped");
    loop_stop(loop);
    loop_run_forever(loop);
    print("stopped");
    for (int k = 0; k < 3; k++) {
        loop_run_until_complete(loop, task_future(tasks[k]));
        print("%s is done", names[k]);
        task_release(tasks[k]);
    }
    loop_free(loop);
    return NONE;
}
