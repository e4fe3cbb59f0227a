/*
 * Back-pressure: the queue has two places, so a producer that is too fast has to wait for the consumer.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

static Queue *queue; // of the module here: it is freed when the run is over

static Value produce(Value none)
{
    for (int n = 0; LINE(4), n < knob("items"); n++) {
        LINE(5);  TRY(await_queue_put(queue, value_int(n)));
        LINE(6);  print("放进 %d | 排着 %d", n, (int)queue_size(queue));
    }
    return NONE;
}

static Value consume(Value none)
{
    while (LINE(9), true) {
        LINE(10); Value n = await_queue_get(queue);
                  TRY(n);
        LINE(11); TRY(await_sleep(knob_seconds("seconds")));
        LINE(12); print("处理完 %d", (int)n.integer);
        LINE(13); TRY(queue_task_done(queue));
    }
}

static Value main_(Value none)
{
    LINE(16); queue = queue_new((int64_t)knob("places"));
    LINE(17); Task *worker = task_create(coroutine(consume, NONE));
    LINE(18); Value outcome = await_coroutine(coroutine(produce, NONE));
              if (value_failed(outcome)) goto end;
    LINE(19); outcome = await_queue_join(queue);
              if (value_failed(outcome)) goto end;
    LINE(20); task_cancel(worker, NULL);
end:
    task_release(worker);
    return outcome;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  // async def produce(queue):
    LINE(8);  // async def consume(queue):
    LINE(15); // async def main():
    LINE(22); Value outcome = loop_run(coroutine(main_, NONE));
              queue_free(queue);
    return outcome;
}
