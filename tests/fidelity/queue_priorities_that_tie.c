/*
 * Equal priorities come out as heapq has them: neither first in first out nor the other way round. Numbers
 * of all kinds are compared with each other, exactly.
 */
#include "pair.h"

static Value main_(Value none)
{
    Queue *queue = priority_queue_new(0);
    const Value items[] = {value_int(1),
                           value_float(1),
                           value_bool(true),
                           value_int(0),
                           value_float(0),
                           value_int(1),
                           value_bool(false),
                           value_float(0.5),
                           value_int(1),
                           value_float(1),
                           value_bool(true),
                           value_int(9007199254740993),
                           value_float(9007199254740992.0)};
    for (size_t k = 0; k < sizeof items / sizeof *items; k++) {
        TRY(queue_put_nowait(queue, items[k]));
        if (k % 4 == 3)
            print("%s", repr(queue_get_nowait(queue)));
    }
    while (!queue_empty(queue))
        print("%s", repr(queue_get_nowait(queue)));
    queue_free(queue);
    return NONE;
}

PAIR
{
    return loop_run(coroutine(main_, NONE));
}
