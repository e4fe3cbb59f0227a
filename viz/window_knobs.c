/*
 * window_knobs.c — a knob is turned: the program runs again with the new value, and the others as they were.
 */
#include "window.h"

#include <stdlib.h>
#include <string.h>

static bool is_of(const char *assignment, const char *name)
{
    size_t length = strlen(name);
    return strncmp(assignment, name, length) == 0 && assignment[length] == '=';
}

/* The value that a run was started with; NULL: its default. */
static const char *value_in(const Opening *opening, const char *name)
{
    for (size_t k = opening->set_count; k-- > 0;)
        if (is_of(opening->sets[k], name))
            return opening->sets[k] + strlen(name) + 1;
    return NULL;
}

void app_turn(App *app, int64_t argument)
{
    const Lesson *lesson = app->document ? document_lesson(app->document, app->view.language) : NULL;
    int64_t knob = argument >> 32;
    int way = (int32_t)(uint32_t)argument;
    size_t number = knob < 0 ? app->view.knob - 1 : (size_t)knob; /* none is marked: too large */
    if (!lesson || !lesson->runs_again || number >= about_knobs(lesson->about)->count)
        return;
    /* A run that is under way already has the newest values: two quick turns are two. */
    Opening opening = *document_opening(app->again.document ? app->again.document : app->document);
    const Knob *shown = &about_knobs(lesson->about)->items[number];
    const char *now = value_in(&opening, shown->name);
    Knob turned = knob_at(shown, now ? now : shown->usual);
    char value[sizeof turned.shown], assignment[256];
    if (!knob_turned(&turned, way, value, sizeof value))
        return;
    snprintf(assignment, sizeof assignment, "%s=%s", turned.name, value);

    const char **sets = calloc(opening.set_count + 1, sizeof *sets);
    size_t count = 0;
    if (!sets)
        return;
    for (size_t k = 0; k < opening.set_count; k++)
        if (!is_of(opening.sets[k], turned.name))
            sets[count++] = opening.sets[k];
    sets[count++] = assignment;
    opening.sets = sets;
    opening.set_count = count;
    app_run_again(app, &opening, NULL);
    free(sets);
}
