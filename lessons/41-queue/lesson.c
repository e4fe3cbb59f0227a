/*
 * Queue: producers and consumers know only the queue. It makes the consumers wait while there is nothing, and
 * the producers while there is no room.
 */
#include "lesson.h"

// One line of C for a line of Python.
// clang-format off

enum { ITEMS = 4, MOST = 4 };
static Queue *queue;

static Value producer(Value name)
{
    LINE(6);  for (int k = 0; k < ITEMS; k++) {
                  const char *item = text_format("%s%d", name.text, k + 1);
    LINE(7);      TRY(await_queue_put(queue, value_text(item)));
    LINE(8);      print("放进 %s", item);
    LINE(6);  }
    return NONE;
}

static Value consumer(Value none)
{
    LINE(11); for (;;) {
    LINE(12);     Value item = await_queue_get(queue);
                  TRY(item);
    LINE(13);     TRY(await_sleep(loop_seconds(1)));
    LINE(14);     print("处理完 %s", item.text);
    LINE(15);     TRY(queue_task_done(queue));
    LINE(11); }
}

static Value main_(Value none)
{
              static const char *const names[] = {"A", "B", "C"};
              size_t consuming = (size_t)knob("consumers"), producing = (size_t)knob("producers");
              Task *consumers[MOST];
              Awaitable producers[MOST];
    LINE(18); for (size_t k = 0; k < consuming; k++) consumers[k] = task_create(coroutine(consumer, NONE));
    LINE(19); for (size_t k = 0; k < producing; k++) producers[k] = awaitable(coroutine(producer, value_text(names[k])));
    LINE(20); Value outcome = await_gather(producers, producing, false);
              if (value_failed(outcome)) goto end;
    LINE(21); outcome = await_queue_join(queue);
              if (value_failed(outcome)) goto end;
    LINE(22); print("全部处理完");
    LINE(23); for (size_t k = 0; k < consuming; k++) {
    LINE(24);     task_cancel(consumers[k], NULL);
    LINE(23); }
end:
    for (size_t k = 0; k < consuming; k++) task_release(consumers[k]);
    TRY(outcome);
    return NONE;
}

LESSON
{
    LINE(1);  // import asyncio
    LINE(3);  queue = queue_new((int)knob("maxsize"));
    LINE(5);  // async def producer(name):
    LINE(10); // async def consumer():
    LINE(17); // async def main():
    LINE(26); Value outcome = loop_run(coroutine(main_, NONE));
    queue_free(queue);
    return outcome;
}
