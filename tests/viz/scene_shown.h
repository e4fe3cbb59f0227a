/*
 * scene_shown.h — a trace shown, and questions about the picture.
 */
#ifndef TESTS_SCENE_SHOWN_H
#define TESTS_SCENE_SHOWN_H

#include "viz/scene_check.h"

typedef struct Shown {
    Opened opened;
    DrawList list;
    View view;
    State state;
    Scene scene;
} Shown;

static inline void show(Shown *shown)
{
    shown->scene = draw_parts(&shown->list, &shown->opened, &shown->view, &shown->state);
}

static inline void start(Shown *shown, const char *trace, uint32_t i)
{
    *shown = (Shown){.opened = open_trace(trace), .list = {.measure = fake_measure()}};
    shown->view = view_of(1920, 1080, LANG_EN);
    shown->view.i = i;
    show(shown);
}

/* The same from a trace that a test makes up: its events, without the header. */
static inline void start_with(Shown *shown, const char *about, const char *events)
{
    static char trace[1 << 20];
    int n = snprintf(trace, sizeof trace,
                     "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\"%s%s}\n%s",
                     *about ? "," : "", about, events);
    *shown = (Shown){.opened = open_bytes(trace, (size_t)n), .list = {.measure = fake_measure()}};
    shown->view = view_of(1920, 1080, LANG_EN);
    shown->view.i = history_count(shown->opened.history);
    show(shown);
}

static inline void stop(Shown *shown)
{
    state_clear(&shown->state);
    draw_free(&shown->list);
    close_trace(&shown->opened);
}

static inline bool says_in(const Shown *shown, Rect part, const char *text)
{
    for (size_t k = 0; k < shown->list.count; k++) {
        const Draw *item = &shown->list.items[k];
        if (item->op == DRAW_TEXT && rect_has(part, item->r.x, item->r.y + item->r.h / 2) &&
            strstr(draw_string(&shown->list, item), text))
            return true;
    }
    return false;
}

static inline size_t rings(const Shown *shown)
{
    size_t count = 0;
    for (size_t k = 0; k < shown->list.count; k++)
        count += shown->list.items[k].op == DRAW_FRAME && shown->list.items[k].color == COLOR_FOCUS;
    return count;
}

static inline const Hot *hot_of(const Shown *shown, Action action, int64_t argument)
{
    for (size_t k = 0; k < shown->list.hot_count; k++)
        if (shown->list.hots[k].action == action && shown->list.hots[k].argument == argument)
            return &shown->list.hots[k];
    return NULL;
}

static inline int group_x(const Shown *shown, uint64_t key)
{
    for (size_t k = 0; k < shown->list.count; k++)
        if (shown->list.items[k].op == DRAW_GROUP && shown->list.items[k].key == key)
            return shown->list.items[k].r.x;
    return -1;
}

#endif
