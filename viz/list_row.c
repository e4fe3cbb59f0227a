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
    NUMBER = 46, /* units of the column of numbers */
    CHIP = 26,
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

/** A variant as a word: the language file's for its name; else what its title has behind a dot, up to the
 * colon. */
static const char *chip_text(const Scene *scene, const LessonEntry *entry, size_t variant, char *buffer,
                             size_t size)
{
    if (variant == 0)
        return scene_text(scene, "list.lesson");
    snprintf(buffer, size, "variant.%s", entry->variants[variant - 1]);
    if (lang_has(buffer))
        return scene_text(scene, buffer);
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

/** The widths of all chips: the variants', and for the marked lesson its own as number 0, sharing `room`.
 * @return how wide they are together */
static int chip_widths(const DrawList *list, const Scene *scene, const LessonEntry *entry, bool marked,
                       int room, int *most)
{
    size_t first = marked ? 0 : 1, count = entry->variant_count + 1 - first;
    int gap = scene_px(scene, 8), all = -gap;
    char buffer[96];
    *most = (room + gap) / (int)count - gap;
    for (size_t k = first; k <= entry->variant_count; k++)
        all += chip_width(list, scene, chip_text(scene, entry, k, buffer, sizeof buffer), *most) + gap;
    return all;
}

/** Draws them from the left of r. */
static void chips(DrawList *list, const Scene *scene, const LessonEntry *entry, size_t index, Rect r,
                  int most)
{
    bool marked = scene->view->list_mark == index;
    int gap = scene_px(scene, 8), h = scene_px(scene, CHIP), x = r.x;
    char buffer[96];
    for (size_t k = marked ? 0 : 1; k <= entry->variant_count; k++) {
        const char *text = chip_text(scene, entry, k, buffer, sizeof buffer);
        char **titles = entry->variant_titles[scene->lang];
        const char *tip = k && titles ? titles[k - 1] : scene_text(scene, "list.lesson");
        int width = chip_width(list, scene, text, most);
        chip(list, scene, rect(x, r.y + (r.h - h) / 2, width, h), text,
             marked && scene->view->list_variant == k, (int64_t)((uint64_t)k << 32 | index), tip);
        x += width + gap;
    }
}

/** The lesson's number as it is told in class: 01, 02, … */
static void number(DrawList *list, const Scene *scene, Rect r, int n, bool marked)
{
    char text[16];
    snprintf(text, sizeof text, "%02d", n);
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

/** A text in as many lines as r has; where it is cut, hovering tells all of it, and a click still opens. */
static void lines(DrawList *list, const Scene *scene, Rect r, int size, Color color, const char *markup,
                  size_t index)
{
    size_t first = list->hot_count;
    rich_draw(list, r, size, size, color, markup);
    for (size_t k = first; k < list->hot_count; k++) {
        list->hots[k].action = DO_OPEN;
        list->hots[k].argument = opens(scene, index);
    }
}

static int line_height(const DrawList *list, int size)
{
    int ui = draw_height(list, FACE_UI, size), code = draw_height(list, FACE_CODE, size);
    return ui > code ? ui : code;
}

/** As much of a text's height as there is room for, in whole lines; at least one. */
static int lines_height(const DrawList *list, int width, int size, const char *markup, int room)
{
    int line = line_height(list, size), all = rich_height(list, width, size, markup);
    int whole = room / line * line;
    return all < whole ? all : whole > line ? whole : line;
}

/**
 * The title, in two lines if it must and may; below it what the lesson is about, with its variants at the
 * right, or in place of it the marked lesson's variants to choose from.
 */
static void words(DrawList *list, const Scene *scene, const LessonEntry *entry, size_t index, Rect r)
{
    bool marked = scene->view->list_mark == index, has_variants = entry->variant_count > 0;
    const char *name =
        entry->title[scene->lang] && *entry->title[scene->lang] ? entry->title[scene->lang] : entry->name;
    const char *summary = entry->summary[scene->lang] ? entry->summary[scene->lang] : "";
    char bold[256];
    snprintf(bold, sizeof bold, "**%s**", name);
    int title = scene_px(scene, TEXT_BODY), caption = scene_px(scene, TEXT_CAPTION);
    int gap = scene_px(scene, 3), line = line_height(list, caption), chip_h = scene_px(scene, CHIP);
    int room = r.h - scene_px(scene, 4), choose = marked && has_variants, most = 0, beside = 0;
    int h1 = lines_height(list, r.w, title, bold, room - gap - (choose ? chip_h : line));
    if (has_variants)
        beside = chip_widths(list, scene, entry, marked, choose ? r.w : r.w * 2 / 3, &most);
    int left = has_variants ? r.w - beside - scene_px(scene, 14) : r.w;
    int h2 = choose ? chip_h : lines_height(list, left, caption, summary, room - gap - h1);
    int top = r.y + (r.h - h1 - gap - h2) / 2, below = top + h1 + gap;
    lines(list, scene, rect(r.x, top, r.w, h1), title, COLOR_TEXT, bold, index);
    if (has_variants)
        chips(list, scene, entry, index, rect(choose ? r.x : r.x + r.w - beside, below, beside, line), most);
    if (!choose)
        lines(list, scene, rect(r.x, below, left, h2), caption, COLOR_MUTED, summary, index);
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
    number(list, scene, rect(r.x + padding, r.y, column, r.h), entry->number ? entry->number : (int)index + 1,
           marked);
    int x = r.x + padding + column + scene_px(scene, 8), right = r.x + r.w - edge;
    if (marked)
        right = open_button(list, scene, rect(r.x, r.y, right - r.x, r.h), index) - padding;
    words(list, scene, entry, index, rect(x, r.y, right - x, r.h));
}
