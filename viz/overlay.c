/*
 * overlay.c — small dark cards (light ones in the dark theme), broken into lines where they are long.
 */
#include "overlay.h"

#include "scene_parts.h"

#include <string.h>

enum { LINES = 8, TIP_WIDTH = 620, NOTICE_WIDTH = 1100, NOTICE_ABOVE = 150 };

/** A text cut into lines. */
typedef struct Lines {
    const char *text[LINES];
    size_t length[LINES];
    int count, width;
} Lines;

/** How much of the text goes into one line: up to a newline, or to the last space or Chinese character that
 * fits. */
static size_t line_length(const DrawList *list, int size, int width, const char *text)
{
    size_t end = strcspn(text, "\n"), best = 0;
    for (size_t k = 0; k < end;) {
        size_t next = k + 1;
        while (next < end && ((unsigned char)text[next] & 0xc0) == 0x80)
            next++;
        if (list->measure.width &&
            list->measure.width(list->measure.context, FACE_UI, size, text, next) > width)
            return best ? best : k ? k : next;
        bool wide = (unsigned char)text[k] >= 0xe3;
        if (text[k] == ' ' || wide)
            best = next;
        k = next;
    }
    return end;
}

static Lines break_lines(const DrawList *list, int size, int width, const char *text)
{
    Lines lines = {.count = 0};
    while (*text && lines.count < LINES) {
        size_t length = line_length(list, size, width, text);
        int w =
            list->measure.width ? list->measure.width(list->measure.context, FACE_UI, size, text, length) : 0;
        lines.text[lines.count] = text;
        lines.length[lines.count++] = length;
        if (w > lines.width)
            lines.width = w;
        text += length;
        text += *text == '\n';
    }
    return lines;
}

static void card(DrawList *list, const Scene *scene, Rect r, const Lines *lines, int size, int padding)
{
    int radius = scene_px(scene, CARD_RADIUS), line = draw_height(list, FACE_UI, size);
    draw_fill(list, rect(r.x + 1, r.y + 3, r.w, r.h), radius, COLOR_SHADOW, 60);
    draw_fill(list, r, radius, COLOR_TEXT, 255);
    for (int k = 0; k < lines->count; k++)
        draw_text_n(list, r.x + padding, r.y + padding / 2 + k * line, FACE_UI, size, COLOR_PANEL, 255,
                    lines->text[k], lines->length[k]);
}

/* Where something begins, moved as far as needed to end `gap` before `end`; rather its end is hidden than its
 * beginning. */
static int within(int at, int length, int gap, int end)
{
    if (at + length > end - gap)
        at = end - gap - length;
    return at < gap ? gap : at;
}

void overlay_tip(DrawList *list, const View *view, Rect about, const char *text)
{
    Scene scene = scene_of(NULL, view, NULL);
    int size = scene_px(&scene, TEXT_CAPTION), padding = scene_px(&scene, 12), gap = scene_px(&scene, 8);
    int most = scene_px(&scene, TIP_WIDTH) < view->width - 4 * padding ? scene_px(&scene, TIP_WIDTH)
                                                                       : view->width - 4 * padding;
    Lines lines = break_lines(list, size, most, text);
    int high = lines.count * draw_height(list, FACE_UI, size) + padding;
    if (about.h > scene_px(&scene, 120)) /* a large area: beside the pointer */
        about = rect(view->mouse_x, view->mouse_y, 1, scene_px(&scene, 16));
    Rect r = rect(view->mouse_x, about.y - gap - high, lines.width + 2 * padding, high);
    if (r.y < gap)
        r.y = about.y + about.h + gap;
    r.x = within(r.x, r.w, gap, view->width);
    r.y = within(r.y, r.h, gap, view->height);
    card(list, &scene, r, &lines, size, padding);
}

void overlay_range(DrawList *list, const View *view, Rect strip, int x)
{
    Scene scene = scene_of(NULL, view, NULL);
    int left = x < view->mouse_x ? x : view->mouse_x, right = x < view->mouse_x ? view->mouse_x : x;
    int edge = scene_px(&scene, 2), last = strip.x + strip.w - 1;
    left = left < strip.x ? strip.x : left > last ? last : left;
    right = right > last ? last : right < strip.x ? strip.x : right;
    draw_fill(list, rect(left, strip.y, right - left, strip.h), 0, COLOR_FOCUS, 40);
    draw_fill(list, rect(left, strip.y, edge, strip.h), 0, COLOR_FOCUS, 255);
    draw_fill(list, rect(right - edge, strip.y, edge, strip.h), 0, COLOR_FOCUS, 255);
}

void overlay_notice(DrawList *list, const View *view, const char *text)
{
    Scene scene = scene_of(NULL, view, NULL);
    int size = scene_px(&scene, TEXT_BODY), padding = scene_px(&scene, 20);
    int most = scene_px(&scene, NOTICE_WIDTH) < view->width - 4 * padding ? scene_px(&scene, NOTICE_WIDTH)
                                                                          : view->width - 4 * padding;
    Lines lines = break_lines(list, size, most, text);
    int w = lines.width + 2 * padding, h = lines.count * draw_height(list, FACE_UI, size) + padding;
    card(list, &scene, rect((view->width - w) / 2, view->height - scene_px(&scene, NOTICE_ABOVE) - h, w, h),
         &lines, size, padding);
}
