/*
 * list_row.c — one lesson: its number, its title, a line about it, and its variants as chips.
 *
 * The marked lesson is framed and has a button that opens it; its chips choose the variant that is opened.
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

/** A variant's name as it stands on a chip: its title up to the colon. */
static const char *chip_text(const Scene *scene, const LessonEntry *entry, size_t variant, char *buffer,
                             size_t size)
{
    if (variant == 0)
        return scene_text(scene, "list.lesson");
    char **titles = entry->variant_titles[scene->lang];
    const char *title = titles && titles[variant - 1] && *titles[variant - 1] ? titles[variant - 1]
                                                                              : entry->variants[variant - 1];
    const char *wide = strstr(title, "："), *narrow = strstr(title, ": ");
    const char *end = wide ? wide : narrow ? narrow : title + strlen(title);
    snprintf(buffer, size, "%.*s", (int)(end - title), title);
    return buffer;
}

static int chip_width(const DrawList *list, const Scene *scene, const char *text)
{
    int width = draw_width(list, FACE_UI, scene_px(scene, 16), text) + 2 * scene_px(scene, 11);
    return clamp(0, width, scene_px(scene, CHIP_MOST));
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
    draw_hot(list, r, DO_LIST_PICK, argument, tip);
}

/** @return the left edge of the chips */
static int chips(DrawList *list, const Scene *scene, const LessonEntry *entry, size_t index, Rect r,
                 int least)
{
    bool marked = scene->view->list_mark == index;
    int gap = scene_px(scene, 8), h = scene_px(scene, 26), right = r.x + r.w;
    for (size_t k = entry->variant_count + 1; entry->variant_count && k-- > (marked ? 0 : 1);) {
        char buffer[96];
        const char *text = chip_text(scene, entry, k, buffer, sizeof buffer);
        int width = chip_width(list, scene, text);
        if (right - width < least)
            break;
        char **titles = entry->variant_titles[scene->lang];
        const char *tip = k && titles ? titles[k - 1] : NULL;
        chip(list, scene, rect(right - width, r.y + (r.h - h) / 2, width, h), text,
             marked && scene->view->list_variant == k, (int64_t)(k << 32 | index), tip);
        right -= width + gap;
    }
    return right;
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
    draw_hot(list, round, DO_OPEN, (int64_t)index, scene_text(scene, "list.open"));
    return round.x;
}

void list_row(DrawList *list, const Scene *scene, const LessonEntry *entry, size_t index, Rect r)
{
    bool marked = scene->view->list_mark == index;
    int padding = scene_px(scene, 14), title = scene_px(scene, TEXT_BODY),
        caption = scene_px(scene, TEXT_CAPTION);
    int h1 = draw_height(list, FACE_UI_BOLD, title), h2 = draw_height(list, FACE_UI, caption);
    int gap = clamp(0, (r.h - h1 - h2) / 3, scene_px(scene, 4)), top = r.y + (r.h - h1 - h2 - gap) / 2;
    Rect card = rect_inset(r, scene_px(scene, 6), scene_px(scene, 2));
    draw_hot(list, r, DO_OPEN, (int64_t)index, NULL);
    if (marked) {
        draw_fill(list, card, scene_px(scene, CARD_RADIUS), COLOR_SUNKEN, 255);
        draw_frame(list, card, scene_px(scene, CARD_RADIUS), scene_px(scene, 2.4), COLOR_FOCUS, 255);
    }
    number(list, scene, rect(r.x + padding, r.y, scene_px(scene, NUMBER), r.h), index, marked);
    int x = r.x + padding + scene_px(scene, NUMBER) + scene_px(scene, 8),
        right = r.x + r.w - padding - scene_px(scene, 6);
    if (marked)
        right = open_button(list, scene, rect(r.x, r.y, right - r.x, r.h), index) - padding;

    const char *name = entry->title[scene->lang] ? entry->title[scene->lang] : entry->name;
    const char *summary = entry->summary[scene->lang] ? entry->summary[scene->lang] : "";
    char plain[512];
    rich_plain(plain, sizeof plain, summary);
    int wanted = draw_width(list, FACE_UI_BOLD, title, name),
        least = x + clamp(0, wanted, (right - x) / 2) + padding;
    int end = chips(list, scene, entry, index, rect(x, top, right - x, h1), least);
    scene_label(list, rect(x, top, (entry->variant_count ? end : right) - x, h1), FACE_UI_BOLD, title,
                COLOR_TEXT, name, ID_NONE);
    draw_text_in(list, rect(x, top + h1 + gap, right - x, h2), -1, FACE_UI, caption, COLOR_MUTED, plain);
    if (draw_width(list, FACE_UI, caption, plain) > right - x)
        draw_hot(list, rect(x, top + h1 + gap, right - x, h2), DO_OPEN, (int64_t)index, plain);
}
