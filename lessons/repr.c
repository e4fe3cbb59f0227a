/*
 * Tasks as Python prints them. libloop knows how; here the text gets a place to live.
 */
#include "lesson.h"

#include <stdlib.h>

static const char *repr(Value value)
{
    size_t size = value_repr(value, NULL, 0) + 1;
    char *buffer = malloc(size);
    if (!buffer)
        return "…";
    value_repr(value, buffer, size);
    const char *text = text_format("%s", buffer);
    free(buffer);
    return text;
}

const char *task_repr(Task *task)
{
    return repr(value_task(task));
}

const char *task_set_repr(const FutureSet *set)
{
    if (set->count == 0)
        return "set()";
    const char *text = "{";
    for (size_t k = 0; k < set->count; k++)
        text = text_format("%s%s%s", text, k ? ", " : "", repr(value_future(set->items[k])));
    return text_format("%s}", text);
}
