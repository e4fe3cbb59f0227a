/*
 * Tasks as Python prints them. libloop knows how; here the text gets a place to live.
 */
#include "lesson.h"

#include <stdio.h>
#include <stdlib.h>

const char *task_repr(Task *task)
{
    size_t size = value_repr(value_task(task), NULL, 0) + 1;
    char *buffer = malloc(size);
    if (!buffer)
        return "<Task>";
    value_repr(value_task(task), buffer, size);
    const char *text = text_format("%s", buffer);
    free(buffer);
    return text;
}

const char *task_set_repr(const FutureSet *set)
{
    if (set->count == 0)
        return "set()";
    const char *text = "{";
    for (size_t k = 0; k < set->count; k++)
        text = text_format("%s%s%s", text, k ? ", " : "", task_repr(future_task(set->items[k])));
    return text_format("%s}", text);
}
