/*
 * check_exhibit.c — the rules of what a program shows of its own: a progress lies between nothing and all,
 * and a picture's bytes can be read. What is in them is the program's affair: a file that is no picture is a
 * placeholder in the window, and no fault of the trace.
 */
#include "check_rules.h"
#include "picture.h"

#include <inttypes.h>
#include <string.h>

void rules_progress(Rules *rules, const Event *event)
{
    if (event->text == NULL)
        rules_break(rules, "progress", "it has no name");
    if (event->n < 0 || event->n > event->total)
        rules_break(rules, "progress", "%" PRId64 " of %" PRId64 " cannot be", event->n, event->total);
}

void rules_picture(Rules *rules, const Event *event)
{
    if (event->text == NULL)
        rules_break(rules, "picture", "it has no name");
    if (event->text2 == NULL || picture_bytes(event->text2, strlen(event->text2)) == SIZE_MAX)
        rules_break(rules, "picture", "its data is no base64");
}
