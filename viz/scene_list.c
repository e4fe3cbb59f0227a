/*
 * scene_list.c — the first screen: all lessons, in groups.
 *
 * A group is a panel with a row for each lesson: number, title, one line about it, its variants as chips. The
 * panels flow down two or three columns; as few as make everything fit, else as many as there is room for,
 * and then the columns scroll together, with the marked lesson in sight. Reading order is down a column.
 */
#include "list_parts.h"

#include <stdio.h>
#include <string.h>

enum {
    BAR = 62, /* units: as high as a lesson's header */
    BAR_COMPACT = 52,
    FOOT = 46,
    FOOT_COMPACT = 38,
    HERO = 104,
    HERO_COMPACT = 62,
};

/* ----------------------------------------------------------------------------------------- frame ---- */

/** The mark: a ring that is not quite closed, with the arrow of a loop. */
static void mark(DrawList *list, const Scene *scene, Rect r)
{
    int line = scene_px(scene, 4), head = r.w * 42 / 100;
    draw_frame(list, r, r.w / 2, line, COLOR_TEXT, 255);
    draw_fill(list, rect(r.x + r.w / 2, r.y - 1, r.w / 2 + 1, r.h / 2 + 1 - head / 3), 0, COLOR_PANEL, 255);
    draw_triangle(list,
                  rect(r.x + r.w - head / 2 - line / 2, r.y + r.h / 2 - head * 2 / 3, head, head * 2 / 3), 3,
                  COLOR_TEXT, 255);
    draw_fill(list, rect(r.x + r.w / 2 - line, r.y + r.h / 2 - line, 2 * line, 2 * line), line, COLOR_TEXT,
              255);
}

static int pill_left(DrawList *list, const Scene *scene, int right, Rect r, const char *text, Action action,
                     const char *tip)
{
    int h = scene_px(scene, scene->layout.compact ? 30 : 34),
        x = right - scene_pill_width(list, scene, FACE_UI, text);
    scene_pill(list, scene, x, r.y + (r.h - h) / 2, h, FACE_UI, COLOR_TEXT, text, action, 0,
               scene_text(scene, tip));
    return x - scene_px(scene, 12);
}

static void top_bar(DrawList *list, const Scene *scene, Rect r)
{
    int margin = scene_px(scene, scene->layout.compact ? 16 : 24), side = scene_px(scene, 26);
    draw_fill(list, r, 0, COLOR_PANEL, 255);
    draw_fill(list, rect(r.x, r.y + r.h - 1, r.w, 1), 0, COLOR_BORDER, 255);
    int right = r.x + r.w - margin;
    right = pill_left(list, scene, right, r, "?", DO_HELP, "tip.help");
    right = pill_left(list, scene, right, r, "◐", DO_THEME, "tip.theme");
    right = pill_left(list, scene, right, r, "中文 / EN", DO_LANGUAGE, "tip.language");

    mark(list, scene, rect(r.x + margin, r.y + (r.h - side) / 2, side, side));
    int x = r.x + margin + side + scene_px(scene, 12), size = scene_px(scene, TEXT_TITLE);
    x = scene_label(list, rect(x, r.y, right - x, r.h), FACE_UI_BOLD, size, COLOR_TEXT,
                    scene_text(scene, "app.name"), ID_NONE) +
        scene_px(scene, 16);
    scene_label(list, rect(x, r.y, right - x, r.h), FACE_UI, scene_px(scene, TEXT_BODY), COLOR_MUTED,
                scene_text(scene, "app.tagline"), ID_NONE);
}

/** How to read the pictures: the states that a task goes through, in their shapes. @return its left edge */
static int states(DrawList *list, const Scene *scene, Rect r, int left)
{
    static const struct {
        Status status;
        const char *key;
        int wide, high; /* units */
    } all[] = {
        {STATUS_READY, "state.ready", 46, 12},
        {STATUS_RUNNING, "state.running", 38, 24},
        {STATUS_WAITING, "state.waiting", 72, 19},
        {STATUS_DONE, "state.done", 24, 24},
    };
    int size = scene_px(scene, TEXT_CAPTION), gap = scene_px(scene, 10), apart = scene_px(scene, 28),
        width = 0;
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        width += scene_px(scene, all[k].wide) + gap +
                 draw_width(list, FACE_UI, size, scene_text(scene, all[k].key)) + (k ? apart : 0);
    int x = r.x + r.w - width;
    if (x < left + apart)
        return r.x + r.w;
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        int w = scene_px(scene, all[k].wide), h = scene_px(scene, all[k].high);
        const char *text = scene_text(scene, all[k].key);
        timeline_shape(list, scene, rect(x, r.y + (r.h - h) / 2, w, h), all[k].status, 255);
        x += w + gap;
        draw_text_in(list, rect(x, r.y, r.w, r.h), -1, FACE_UI, size, COLOR_MUTED, text);
        x += draw_width(list, FACE_UI, size, text) + apart;
    }
    return r.x + r.w - width;
}

static void hero(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r)
{
    bool compact = scene->layout.compact;
    char count[48];
    int title = scene_px(scene, compact ? 26 : 34), body = scene_px(scene, TEXT_BODY);
    int h1 = draw_height(list, FACE_UI_BOLD, title), h2 = draw_height(list, FACE_UI, body);
    const char *name = scene_text(scene, "list.title");
    scene_fill_n(scene, count, sizeof count, "list.count", "n", (int64_t)catalog->count);
    int top = r.y + (r.h - h1 - h2) / 2,
        after = r.x + draw_width(list, FACE_UI_BOLD, title, name) + scene_px(scene, 16);
    const char *about = scene_text(scene, "list.subtitle");
    int wide = draw_width(list, FACE_UI, body, about);
    draw_text_in(list, rect(r.x, top, r.w, h1), -1, FACE_UI_BOLD, title, COLOR_TEXT, name);
    if (catalog->count)
        draw_text_in(list, rect(after, top + h1 - h2 - h1 / 12, r.w, h2), -1, FACE_UI, body, COLOR_FAINT,
                     count);
    int right = states(list, scene, r, r.x + wide);
    scene_label(list, rect(r.x, top + h1, right - r.x, h2), FACE_UI, body, COLOR_MUTED, about, ID_NONE);
}

/** What the marked lesson is about, in full, and the keys where there is room. */
static void foot(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r)
{
    const View *view = scene->view;
    int margin = scene_px(scene, scene->layout.compact ? 20 : 48), size = scene_px(scene, TEXT_CAPTION);
    int body = scene_px(scene, TEXT_BODY), x = r.x + margin, right = r.x + r.w - margin;
    draw_fill(list, r, 0, COLOR_PANEL, 255);
    draw_fill(list, rect(r.x, r.y, r.w, 1), 0, COLOR_BORDER, 255);
    const char *hint = scene_text(scene, catalog->count ? "list.keys" : "list.keys_empty");
    int width = draw_width(list, FACE_UI, size, hint);
    if (view->list_mark >= catalog->count) {
        scene_label(list, rect(x, r.y, right - x, r.h), FACE_UI, size, COLOR_MUTED, hint, ID_NONE);
        return;
    }
    const LessonEntry *entry = &catalog->entries[view->list_mark];
    const char *about = entry->summary[scene->lang];
    if (view->list_variant > 0 && view->list_variant <= entry->variant_count &&
        entry->variant_titles[scene->lang])
        about = entry->variant_titles[scene->lang][view->list_variant - 1];
    char plain[512];
    rich_plain(plain, sizeof plain, about ? about : "");
    int wanted = draw_width(list, FACE_UI, body, plain), gap = scene_px(scene, 40);
    bool both = wanted + gap + width <= right - x;
    if (both || (*plain == 0))
        draw_text_in(list, rect(x, r.y, right - x, r.h), 1, FACE_UI, size, COLOR_MUTED, hint);
    scene_label(list, rect(x, r.y, right - x, r.h), FACE_UI, body, COLOR_TEXT, plain, ID_NONE);
}

/* ----------------------------------------------------------------------------------------- empty ---- */

static void nothing(DrawList *list, const Scene *scene, const Catalog *catalog, Rect r)
{
    const char *problem = catalog->problem ? catalog->problem : "";
    int w = scene_px(scene, 860), padding = scene_px(scene, 40), body = scene_px(scene, TEXT_BODY);
    w = w > r.w ? r.w : w;
    int title = draw_height(list, FACE_UI_BOLD, scene_px(scene, TEXT_TITLE));
    int room = w - 2 * padding, gap = scene_px(scene, 14),
        h1 = *problem ? rich_height(list, room, body, problem) : 0;
    const char *what = scene_text(scene, "list.without");
    int h2 = rich_height(list, room, body, what), h = title + gap + h1 + gap + h2 + 2 * padding;
    if (h > r.h)
        h = r.h;
    Rect card = rect(r.x + (r.w - w) / 2, r.y + (r.h - h) / 3, w, h);
    scene_ground(list, scene, card);
    int x = card.x + padding, y = card.y + padding;
    draw_text_in(list, rect(x, y, room, title), -1, FACE_UI_BOLD, scene_px(scene, TEXT_TITLE), COLOR_TEXT,
                 scene_text(scene, "list.empty"));
    y += title + gap;
    if (h1)
        rich_draw(list, rect(x, y, room, h1), body, body, COLOR_TEXT, problem);
    y += h1 + gap;
    rich_draw(list, rect(x, y, room, h2), body, body, COLOR_MUTED, what);
}

void scene_list(DrawList *list, const Catalog *catalog, const View *view)
{
    draw_clear(list);
    Scene scene = scene_of(NULL, view, NULL);
    bool compact = scene.layout.compact;
    Rect window = scene.layout.window;
    int bar = scene_px(&scene, compact ? BAR_COMPACT : BAR),
        feet = scene_px(&scene, compact ? FOOT_COMPACT : FOOT);
    int high = scene_px(&scene, compact ? HERO_COMPACT : HERO), margin = scene_px(&scene, compact ? 20 : 48);

    draw_fill(list, window, 0, COLOR_BACKGROUND, 255);
    top_bar(list, &scene, rect(0, 0, window.w, bar));
    hero(list, &scene, catalog, rect(margin, bar, window.w - 2 * margin, high));
    Rect room = rect(margin, bar + high, window.w - 2 * margin, window.h - bar - high - feet);
    if (catalog->count)
        list_groups(list, &scene, catalog, room);
    else
        nothing(list, &scene, catalog, room);
    foot(list, &scene, catalog, rect(0, window.h - feet, window.w, feet));
    if (view->help)
        scene_help(list, &scene, window);
}
