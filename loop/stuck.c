/*
 * stuck.c — the sentence of a StuckError: each waiting task by name, and what it waits on.
 */
#include "stuck.h"

#include "task.h"

#include <stdio.h>

enum { MOST_NAMED = 8 };

typedef struct Sentence {
    char text[768];
    size_t length;
} Sentence;

static void LOOP_PRINTF(2, 3) add(Sentence *sentence, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t room = sizeof sentence->text - sentence->length;
    int length = vsnprintf(sentence->text + sentence->length, room, format, arguments);
    va_end(arguments);
    if (length > 0)
        sentence->length += (size_t)length < room ? (size_t)length : room - 1;
}

/* A plain future has no name but its number in the trace. */
static void add_waiting(Sentence *sentence, const Task *task)
{
    const Task *other = future_task(task->waiter);
    add(sentence, "%s (%s) waits on ", task_name(task), task_function(task));
    if (other)
        add(sentence, "%s (%s)", task_name(other), task_function(other));
    else if (task->waiter->number)
        add(sentence, "future f%u", (unsigned)task->waiter->number);
    else
        add(sentence, "a future");
}

const char *stuck_message(const Loop *loop)
{
    Sentence sentence = {.length = 0};
    size_t waiting = 0;
    add(&sentence, "nothing can ever wake the loop");
    for (const Task *task = loop->first_task; task; task = task->next) {
        if (!task->waiter)
            continue;
        if (waiting < MOST_NAMED) {
            add(&sentence, waiting ? ", " : ": ");
            add_waiting(&sentence, task);
        }
        waiting++;
    }
    if (waiting > MOST_NAMED)
        add(&sentence, " and %zu more tasks wait", waiting - MOST_NAMED);
    const char *text = text_format("%s", sentence.text);
    return text ? text : "nothing can ever wake the loop";
}
