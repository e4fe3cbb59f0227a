/*
 * picture_check.h — what can be asked of any display list, and text goldens of it.
 *
 * A golden is tests/data/scenes/NAME.txt. With LOOPGLASS_GOLDEN=write in the environment it is written anew;
 * look at the difference before you keep it.
 */
#ifndef TESTS_PICTURE_CHECK_H
#define TESTS_PICTURE_CHECK_H

#include "viz/scene_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int window_sizes[][2] = {{1024, 768}, {1280, 720}, {1920, 1080}, {3840, 2160}};

enum { WINDOW_SIZES = sizeof window_sizes / sizeof *window_sizes };

static inline bool rect_inside(Rect r, Rect frame)
{
    return r.x >= frame.x && r.y >= frame.y && r.x + r.w <= frame.x + frame.w &&
           r.y + r.h <= frame.y + frame.h;
}

/** Do they share more than `slack` pixels across and down? */
static inline bool rect_meet(Rect a, Rect b, int slack)
{
    int w = (a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w) - (a.x > b.x ? a.x : b.x);
    int h = (a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h) - (a.y > b.y ? a.y : b.y);
    return w > slack && h > slack;
}

static inline Rect rect_upright(Rect r)
{
    return rect(r.w < 0 ? r.x + r.w : r.x, r.h < 0 ? r.y + r.h : r.y, r.w < 0 ? -r.w : r.w,
                r.h < 0 ? -r.h : r.h);
}

/** Whatever can be seen is inside r: it is itself, or the clip around it is. Clips and groups are balanced.
 */
static inline void assert_inside(const DrawList *list, Rect r)
{
    int clips = 0, groups = 0;
    assert_false(list->failed);
    for (size_t k = 0; k < list->count; k++) {
        const Draw *item = &list->items[k];
        switch (item->op) {
        case DRAW_CLIP:
            if (clips++ == 0)
                assert_true(item->r.w <= 0 || item->r.h <= 0 || rect_inside(item->r, r));
            break;
        case DRAW_UNCLIP:
            assert_true(clips-- > 0);
            break;
        case DRAW_GROUP:
            groups++;
            break;
        case DRAW_UNGROUP:
            assert_true(groups-- > 0);
            break;
        default:
            if (clips == 0 && !rect_inside(rect_upright(item->r), r)) {
                char *dump = draw_dump(list);
                fail_msg("item %zu (op %d, %d,%d %dx%d \"%s\") leaves %d,%d %dx%d\n%s", k, item->op,
                         item->r.x, item->r.y, item->r.w, item->r.h,
                         item->op == DRAW_TEXT ? draw_string(list, item) : "", r.x, r.y, r.w, r.h, dump);
            }
        }
    }
    assert_int_equal(clips, 0);
    assert_int_equal(groups, 0);
    for (size_t k = 0; k < list->hot_count; k++)
        assert_true(list->hots[k].r.w <= 0 || list->hots[k].r.h <= 0 || rect_inside(list->hots[k].r, r));
}

/** No text stands on another, among those that no clip cuts. */
static inline void assert_texts_apart(const DrawList *list)
{
    int clips = 0;
    Rect texts[512];
    size_t where[512], count = 0;
    for (size_t k = 0; k < list->count; k++) {
        const Draw *item = &list->items[k];
        clips += (item->op == DRAW_CLIP) - (item->op == DRAW_UNCLIP);
        if (item->op != DRAW_TEXT || clips > 0 || count == 512)
            continue;
        for (size_t other = 0; other < count; other++)
            if (rect_meet(texts[other], item->r, 0))
                fail_msg("\"%s\" stands on \"%s\"", draw_string(list, item),
                         draw_string(list, &list->items[where[other]]));
        where[count] = k;
        texts[count++] = item->r;
    }
}

static inline const Hot *hot_of(const DrawList *list, int action)
{
    for (size_t k = 0; k < list->hot_count; k++)
        if (list->hots[k].action == action)
            return &list->hots[k];
    return NULL;
}

static inline bool says(const DrawList *list, const char *text)
{
    for (size_t k = 0; k < list->count; k++)
        if (list->items[k].op == DRAW_TEXT && strcmp(draw_string(list, &list->items[k]), text) == 0)
            return true;
    return false;
}

static inline void each_trace(void (*rule)(const Opened *opened))
{
    DIR *folder = opendir(TESTS_DIR "/data/traces");
    assert_non_null(folder);
    int traces = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[256];
        snprintf(name, sizeof name, "%s", entry->d_name);
        char *end = strstr(name, ".jsonl");
        if (!end || end[6])
            continue;
        *end = 0;
        Opened opened = open_trace(name);
        assert_true(history_count(opened.history) > 0);
        rule(&opened);
        close_trace(&opened);
        traces++;
    }
    closedir(folder);
    assert_true(traces > 10);
}

static inline void assert_golden(const DrawList *list, const char *name)
{
    char path[512];
    size_t size = 0;
    char *dump = draw_dump(list);
    const char *wanted = getenv("LOOPGLASS_GOLDEN");
    snprintf(path, sizeof path, "%s/data/scenes/%s.txt", TESTS_DIR, name);
    assert_non_null(dump);
    if (wanted && strcmp(wanted, "write") == 0) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(dump, file);
        fclose(file);
    }
    char *golden = read_all(path, &size);
    if (!golden || strcmp(golden, dump) != 0) {
        size_t line = 1, at = 0;
        for (; golden && golden[at] && golden[at] == dump[at]; at++)
            line += golden[at] == '\n';
        fail_msg("the picture differs from %s in line %zu", path, line);
    }
    free(golden);
    free(dump);
}

#endif
