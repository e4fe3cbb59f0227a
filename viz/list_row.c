/*
 * list_row.c — one lesson: its number, its title, a line about it, and its variants as chips.
 *
 * The marked lesson is framed and has a button that opens it; its chips choose the variant that is opened,
 * and stand where its line was: that is told at the foot of the window.
 */
#include "list_parts.h"

#include <stdio.h>
#include <string.h>

enum {
    NUMBER = 52, /* units of the column of numbers */
    CHIP_MOST = 190
};

static int clamp(int low, int value, int high)
{
    return value < low ? low : value > high ? high : value;
}

/** DO_OPEN's argument: the lesson, and for the marked one the variant that is chosen. */
static int64_t opens(const Scene *scene, size_t index)
{
    bool marked = scene->view->list_mark == index;
    return (int64_t)((uint64_t)(marked ? scene->view->list_variant : 0) << 32 | index);
}

/** A variant's name as it stands on a chip: what its title has behind a dot, up to the colon. */
static const char *chip_text(const Scene *scene, const LessonEntry *entry, size_t variant, char *buffer,
                             size_t size)
{
    if (variant == 0)
        return scene_text(scene, "list.lesson");
    char **titles = entry->variant_titles[scene->lang];
    const char *title = titles && titles[variant - 1] && *titles[variant - 1] ? titles[variant - 1]
                                                                              : entry->variants[variant - 1];
    const char *dot = strstr(title, " · ");
    title = dot ? dot + strlen(" · ") : title;
    const char *wide = strstr(title, "："), *narrow = strstr(title, ": ");
    const char *end = wide ? wide : narrow ? narrow : title + strlen(title);
    snprintf(buffer, size, "%.*s", (int)(end - title), title);
    return buffer;
}

static int chip_width(const DrawList *list, const Scene *scene, const char *text, int most)
{
    int width = draw_width(list, FACE_UI, scene_px(scene, 16), text) + 2 * scene_px(scene, 11);
    return clamp(0, width, most < scene_px(scene, CHIP_MOST) ? most : scene_px(scene, CHIP_MOST));
}

static void chip(DrawList *list, const Scene *scene, Rect r, const char *text, bool chosen, int64_t argument,
                 const char *tip)
{
    int padding = scene_px(scene, 8);
    draw_fill(list, r, r.h / 2, chosen ? COLOR_FOCUS : COLOR_SUNKEN, 255);
    if (!chosen)
        draw_frame(list, r, r.h / 2, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_text_in(list, rect_inset(r, padding, 0), 0, FACE_UI, scene_px(scene, 16),
                 chosen ? COLOR_PANEL : COLOR_MUTED, text);
    draw_hot(list, r, chosen ? DO_OPEN : DO_LIST_PICK, argument, tip);
}

/**
 * The variants, and for the marked lesson itself too, sharing the width of r; at its right end or from its
 * left.
 * @return the x where they begin
 */
static int chips(DrawList *list, const Scene *scene, const LessonEntry *entry, size_t index, Rect r)
{
    bool marked = scene->view->list_mark == index;
    size_t first = marked ? 0 : 1, count = entry->variant_count + 1 - first;
    int gap = scene_px(scene, 8), h = scene_px(scene, 26), most = (r.w + gap) / (int)count - gap, all = 0;
    char buffer[96];
    for (size_t k = first; k <= entry->variant_count; k++)
        all += chip_width(list, scene, chip_text(scene, entry, k, buffer, sizeof buffer), most) + gap;
    int begin = marked ? r.x : r.x + r.w + gap - all, x = begin;
    for (size_t k = first; k <= entry->variant_count; k++) {
        const char *text = chip_text(scene, entry, k, buffer, sizeof buffer);
        char **titles = entry->variant_titles[scene->lang];
        const char *tip = k && titles ? titles[k - 1] : scene_text(scene, "list.lesson");
        int width = chip_width(list, scene, text, most);
        chip(list, scene, rect(x, r.y + (r.h - h) / 2, width, h), text,
             marked && scene->view->list_variant == k, (int64_t)((uint64_t)k << 32 | index), tip);
        x += width + gap;
    }
    return begin;
}

/** The lesson's number as it is told in class: 01, 02, … */
static void number(DrawList *list, const Scene *scene, Rect r, size_t index, bool marked)
{
    char text[16];
    snprintf(text, sizeof text, "%02zu", index + 1);
    draw_text_in(list, r, 0, FACE_CODE, scene_px(scene, TEXT_BODY), marked ? COLOR_TEXT : COLOR_FAINT, text);
}

/** A round button with a triangle: opens the marked lesson. @return its left edge */
static int open_button(DrawList *list, const Scene *scene, Rect r, size_t index)
{
    int side = scene_px(scene, 38), h = side * 34 / 100;
    Rect round = rect(r.x + r.w - side, r.y + (r.h - side) / 2, side, side);
    draw_fill(list, round, side / 2, COLOR_FOCUS, 255);
    draw_triangle(list, rect(round.x + (side - h) / 2 + h / 8, round.y + (side - h) / 2, h, h), 0,
                  COLOR_PANEL, 255);
    draw_hot(list, round, DO_OPEN, opens(scene, index), scene_text(scene, "list.open"));
    return round.x;
}

/** What the lesson is about in one line; where it is cut, hovering tells all of it. */
static void summary_line(DrawList *list, const Scene *scene, Rect r, int size, const char *summary,
                         size_t index)
{
    char plain[512];
    rich_plain(plain, sizeof plain, summary);
    draw_text_in(list, r, -1, FACE_UI, size, COLOR_MUTED, plain);
    if (draw_width(list, FACE_UI, size, plain) > r.w)
        draw_hot(list, r, DO_OPEN, opens(scene, index), plain);
}

/** Title, and below it what the lesson is about in a line or two, or the marked lesson's variants. */
static void words(DrawList *list, const Scene *scene, const LessonEntry *entry, size_t index, Rect r)
{
    bool marked = scene->view->list_mark == index, has_variants = entry->variant_count > 0;
    const char *name = entry->title[scene->lang] ? entry->title[scene->lang] : entry->name;
    const char *summary = entry->summary[scene->lang] ? entry->summary[scene->lang] : "";
    int title = scene_px(scene, TEXT_BODY), caption = scene_px(scene, TEXT_CAPTION);
    int h1 = draw_height(list, FACE_UI_BOLD, title), line = draw_height(list, FACE_UI, caption);
    int h2 = rich_height(list, r.w, caption, summary), gap = scene_px(scene, 2), right = r.x + r.w;
    if (marked && has_variants)
        h2 = scene_px(scene, 28);
    else if (h1 + gap + h2 > r.h - scene_px(scene, 8) || h2 < line)
        h2 = line;
    int top = r.y + (r.h - h1 - gap - h2) / 2;
    if (has_variants && !marked) {
        int wanted = draw_width(list, FACE_UI_BOLD, title, name) + scene_px(scene, 14);
        int least = clamp(r.w * 45 / 100, wanted, r.w * 65 / 100);
        right =
            chips(list, scene, entry, index, rect(r.x + least, top, r.w - least, h1)) - scene_px(scene, 10);
    }
    scene_label(list, rect(r.x, top, right - r.x, h1), FACE_UI_BOLD, title, COLOR_TEXT, name, ID_NONE);
    Rect below = rect(r.x, top + h1 + gap, r.w, h2);
    if (marked && has_variants)
        chips(list, scene, entry, index, below);
    else if (h2 > line)
        rich_draw(list, below, caption, caption, COLOR_MUTED, summary);
    else
        summary_line(list, scene, below, caption, summary, index);
}

void list_row(DrawList *list, const Scene *scene, const LessonEntry *entry, size_t index, Rect r)
{
    bool marked = scene->view->list_mark == index;
    int padding = scene_px(scene, 14), column = scene_px(scene, NUMBER), edge = scene_px(scene, 20);
    Rect card = rect_inset(r, scene_px(scene, 6), scene_px(scene, 2));
    draw_hot(list, r, DO_OPEN, opens(scene, index), NULL);
    if (marked) {
        draw_fill(list, card, scene_px(scene, CARD_RADIUS), COLOR_SUNKEN, 255);
        draw_frame(list, card, scene_px(scene, CARD_RADIUS), scene_px(scene, 2.4), COLOR_FOCUS, 255);
    }
    number(list, scene, rect(r.x + padding, r.y, column, r.h), index, marked);
    int x = r.x + padding + column + scene_px(scene, 8), right = r.x + r.w - edge;
    if (marked)
        right = open_button(list, scene, rect(r.x, r.y, right - r.x, r.h), index) - padding;
    words(list, scene, entry, index, rect(x, r.y, right - x, r.h));
}
