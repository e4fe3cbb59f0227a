/*
 * scene_list.c — the first screen: all lessons, in groups.
 *
 * A group is a panel with a row for each lesson: number, title, one line about it, its variants as chips. The
 * panels flow down two or three columns; as few as make everything fit, else as many as there is room for,
 * shelf below shelf, and then they scroll, with the marked lesson in sight. Reading order is down a column.
 */
#include "list_parts.h"

#include <stdio.h>
#include <string.h>

enum {
    BAR = 62, /* units: as high as a lesson's header */
    BAR_COMPACT = 52,
    FOOT = 46,
    FOOT_COMPACT = 38,
    TOP = 18, /* between the bar and what is below it */
    TOP_COMPACT = 14,
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

/** Of the marked lesson, or of its variant that is chosen, in these texts; NULL: it is the lesson itself. */
static const char *of_variant(const Scene *scene, const LessonEntry *entry, char **const texts[LANGUAGES])
{
    size_t variant = scene->view->list_variant;
    if (variant == 0 || variant > entry->variant_count || !texts[scene->lang])
        return NULL;
    const char *text = texts[scene->lang][variant - 1];
    return text && *text ? text : NULL;
}

static const char *marked_title(const Scene *scene, const Catalog *catalog)
{
    const LessonEntry *entry = &catalog->entries[scene->view->list_mark];
    const char *title = of_variant(scene, entry, entry->variant_titles), *own = entry->title[scene->lang];
    return title ? title : own && *own ? own : entry->name;
}

static const char *marked_summary(const Scene *scene, const Catalog *catalog)
{
    const LessonEntry *entry = &catalog->entries[scene->view->list_mark];
    const char *summary = of_variant(scene, entry, entry->variant_summaries);
    const char *own = entry->summary[scene->lang];
    return summary ? summary : own ? own : "";
}

/** The marked lesson's title and what it is about, in full, and the keys where there is room. */
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
    char about[512], name[256];
    rich_plain(about, sizeof about, marked_summary(scene, catalog));
    rich_plain(name, sizeof name, marked_title(scene, catalog));
    int gap = scene_px(scene, 14), wanted = draw_width(list, FACE_UI, body, about);
    int title = draw_width(list, FACE_UI_BOLD, body, name) + gap;
    if (title + wanted <= right - x) {
        draw_text_in(list, rect(x, r.y, title, r.h), -1, FACE_UI_BOLD, body, COLOR_TEXT, name);
        x += title;
    }
    if (wanted + 3 * gap + width <= right - x)
        draw_text_in(list, rect(x, r.y, right - x, r.h), 1, FACE_UI, size, COLOR_FAINT, hint);
    scene_label(list, rect(x, r.y, right - x, r.h), FACE_UI, body, COLOR_MUTED, about, ID_NONE);
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
    int top = bar + scene_px(&scene, compact ? TOP_COMPACT : TOP),
        margin = scene_px(&scene, compact ? 20 : 48);

    draw_fill(list, window, 0, COLOR_BACKGROUND, 255);
    top_bar(list, &scene, rect(0, 0, window.w, bar));
    Rect room = rect(margin, top, window.w - 2 * margin, window.h - top - feet);
    if (catalog->count)
        list_groups(list, &scene, catalog, room);
    else
        nothing(list, &scene, catalog, room);
    foot(list, &scene, catalog, rect(0, window.h - feet, window.w, feet));
    if (view->help)
        scene_help(list, &scene, window);
}
