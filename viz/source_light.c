/*
 * source_light.c — which line of a page is lit.
 *
 * It is the line of who runs; when nobody does, where the last one was stays faintly lit. Before anything has
 * run the lesson's first note says which.
 */
#include "source_parts.h"

#include <stdio.h>
#include <string.h>

#define LOOKED 512 /* events looked back at for who ran last */

uint32_t page_line(const Scene *scene, const Page *page, Id source, uint32_t line)
{
    if (page->tab == TAB_C && source != page->source)
        return history_c_line(scene->history, line);
    return source == page->source ? line : 0;
}

/* Does a function of this name begin in the line? In Python behind "def", in C at the left margin, where a
 * name that C needs for itself has an underscore behind it: main_. */
static bool begins_function(const char *line, size_t length, const char *name, Tab tab)
{
    char called[128];
    int wanted = snprintf(called, sizeof called, tab == TAB_C ? " %s" : "def %s", name);
    const char *at = wanted < (int)sizeof called ? strstr(line, called) : NULL;
    if (!at || at >= line + length)
        return false;
    const char *behind = at + wanted;
    behind += tab == TAB_C && *behind == '_';
    if (*behind != '(')
        return false;
    if (tab == TAB_C)
        return *line != ' ' && *line != '#' && *line != '/' && line[length - 1] != ';';
    const char *first = line + strspn(line, " ");
    return at == first || (at == first + 6 && memcmp(first, "async ", 6) == 0);
}

/* Where a coroutine begins that has not run a line yet, 0: this page does not have it. */
static uint32_t first_line_of(const Scene *scene, const Page *page, const Lane *lane)
{
    if (lane->defined && page->tab == TAB_PYTHON)
        return lane->defined;
    uint32_t number = 1;
    for (const char *line = page->text; lane->function && *line; number++) {
        size_t length = strcspn(line, "\n");
        if (begins_function(line, length, lane->function, page->tab))
            return number;
        line += length + (line[length] == '\n');
    }
    return page->tab == TAB_C ? history_c_line(scene->history, lane->defined) : 0;
}

/* The line of the innermost frame on this page. */
static uint32_t line_of_frames(const Scene *scene, const Page *page, const Frame *frames, size_t count)
{
    uint32_t line = 0;
    while (count-- > 0 && line == 0)
        if (frames[count].source != ID_NONE)
            line = page_line(scene, page, frames[count].source, frames[count].line);
    return line;
}

/* Has the main program run since any task of the program did? asyncio.run runs the loop again to tidy up: its
 * own tasks are helpers, and stand nowhere. */
static bool main_ran_last(const Scene *scene)
{
    const State *state = scene->state;
    uint32_t least = state->i > LOOKED ? state->i - LOOKED : 0;
    if (state->ended)
        return !state->stuck;
    for (uint32_t i = state->i; i > least; i--) {
        EventKind kind = history_kind(scene->history, i);
        if (kind == EV_LINE)
            return false;
        if (kind != EV_RUN && kind != EV_LOOP)
            continue;
        Event event = history_event(scene->history, i);
        const Lane *lane = kind == EV_RUN ? history_lane_of(scene->history, event.task) : NULL;
        if (kind == EV_LOOP && event.word == WORD_RETURN)
            return true;
        if (lane && !lane->helper)
            return false;
    }
    return false;
}

/* Where the last one was that ran: when all is over, the main program. */
static uint32_t last_line(const Scene *scene, const Page *page)
{
    const State *state = scene->state;
    Frame frames[FRAMES];
    uint32_t line = 0;
    if (main_ran_last(scene))
        line = line_of_frames(scene, page, frames, scene_chain(scene, ID_MAIN, frames, FRAMES));
    return line ? line : page_line(scene, page, state->source, state->line);
}

/* The line that is lit is the line of who runs: the innermost of its frames on this page, or, before its
 * first line, where its function begins. When nobody runs here, where the last one was stays faintly lit. */
static void light(const Scene *scene, Page *page)
{
    page->runner = scene_runner(scene);
    if (page->runner != ID_NONE)
        page->frame_count = scene_chain(scene, page->runner, page->frames, FRAMES);
    page->first = line_of_frames(scene, page, page->frames, page->frame_count);
    bool placed = false; /* a frame without a source is only a name */
    for (size_t k = 0; k < page->frame_count; k++)
        placed = placed || page->frames[k].source != ID_NONE;
    const Lane *lane = page->runner && !placed ? history_lane_of(scene->history, page->runner) : NULL;
    if (lane && !lane->helper)
        page->first = first_line_of(scene, page, lane);
    page->runs = page->first > 0;
    if (!page->runs)
        page->first = last_line(scene, page);
    page->last = page->first;
}

/* What the lesson's first note speaks of, while nothing has run. A line that never runs has none in C. */
static void light_first(const Scene *scene, Page *page)
{
    uint32_t first, last;
    about_first_lines(scene->lesson->about, &first, &last);
    for (uint32_t k = first; k > 0 && k <= last; k++) {
        uint32_t line = page_line(scene, page, ID('s', 1), k);
        page->first = page->first ? page->first : line;
        page->last = line > page->last ? line : page->last;
    }
}

void page_light(const Scene *scene, Page *page)
{
    light(scene, page);
    if (scene->state->i == 0 && scene->lesson->about)
        light_first(scene, page);
}
