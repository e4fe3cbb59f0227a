/*
 * as_completed gives results in the order in which they end, those that end together in the order of their
 * callbacks; the tasks are made when the first is asked for. A failure is the outcome of its turn only.
 */
#include "pair.h"

static Value child(Value argument)
{
    static const char *const names[] = {"slow", "broken", "quick", "last"};
    static const int delays[] = {2, 1, 1, 3};
    int64_t k = argument.integer;
    TRY(await_sleep(loop_seconds(delays[k])));
    return k == 1 ? value_exception(&ValueError, names[k]) : value_text(names[k]);
}

static Value main_(Value none)
{
    Awaitable children[4];
    for (int k = 0; k < 4; k++)
        children[k] = awaitable(coroutine(child, value_int(k)));
    AsCompleted *iterator = as_completed(children, 4, LOOP_FOREVER);
    while (as_completed_left(iterator)) {
        Value earliest = await_next_completed(iterator);
        print("%s", value_failed(earliest) ? repr(earliest) : earliest.text);
    }
    as_completed_free(iterator);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
