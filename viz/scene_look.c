/*
 * scene_look.c — the looks that all parts share: what a state, a badge, a panel and a button look like.
 */
#include "rich.h"
#include "scene_parts.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

#define LONGEST 96 /* characters of a name that is cut in its middle */

Color status_color(Status status)
{
    switch (status) {
    case STATUS_READY:
        return COLOR_READY;
    case STATUS_RUNNING:
        return COLOR_RUNNING;
    case STATUS_WAITING:
        return COLOR_WAITING;
    case STATUS_DONE:
        return COLOR_DONE;
    case STATUS_FAILED:
        return COLOR_FAILED;
    case STATUS_CANCELLED:
        return COLOR_CANCELLED;
    default:
        return COLOR_MUTED;
    }
}

Color on_color(Color color)
{
    return color == COLOR_RUNNING ? COLOR_ON_RUNNING : COLOR_ON_STATE;
}

void scene_symbol(DrawList *list, const Scene *scene, Rect r, Status status, Color color)
{
    int line = scene_px(scene, 2.4), third = r.w / 3, x = r.x, y = r.y, right = r.x + r.w, bottom = r.y + r.h;
    switch (status) {
    case STATUS_RUNNING:
        draw_triangle(list, r, 0, color, 255);
        break;
    case STATUS_READY:
        draw_fill(list, rect(x, y + r.h / 3, r.w, r.h - 2 * (r.h / 3)), line, color, 255);
        break;
    case STATUS_WAITING:
        draw_fill(list, rect(x + r.w / 8, y, third, r.h), 0, color, 255);
        draw_fill(list, rect(right - r.w / 8 - third, y, third, r.h), 0, color, 255);
        break;
    case STATUS_DONE:
        draw_line(list, x, y + r.h * 55 / 100, x + r.w * 38 / 100, bottom - line / 2, line, color, 255);
        draw_line(list, x + r.w * 38 / 100, bottom - line / 2, right, y + line / 2, line, color, 255);
        break;
    case STATUS_FAILED:
        draw_line(list, x, y, right, bottom, line, color, 255);
        draw_line(list, x, bottom, right, y, line, color, 255);
        break;
    case STATUS_CANCELLED:
        draw_line(list, x, y + r.h / 2, right, y + r.h / 2, line, color, 255);
        break;
    default:
        draw_frame(list, rect_inset(r, r.w / 8, r.h / 8), r.w, line, color, 255);
        break;
    }
}

void scene_badge(DrawList *list, const Scene *scene, int x, int y, int size, Id id)
{
    char text[32];
    Rect r = rect(x, y, size, size);
    draw_fill(list, r, size / 4, COLOR_PANEL, 255);
    draw_frame(list, r, size / 4, scene_px(scene, 1.6), COLOR_TEXT, 255);
    bool program = id == ID_MAIN && !history_lane_of(scene->history, id); /* it has no lane, so no name */
    const char *badge =
        program ? scene_text(scene, "running.main.badge") : lane_badge(scene->history, id, text, sizeof text);
    int letters = size * 58 / 100, inside = size - scene_px(scene, 7);
    while (letters > size / 4 && draw_width(list, FACE_UI_BOLD, letters, badge) > inside)
        letters--;
    draw_text_in(list, r, 0, FACE_UI_BOLD, letters, COLOR_TEXT, badge);
}

void scene_callback_badge(DrawList *list, const Scene *scene, Rect r)
{
    draw_fill(list, r, r.w / 4, COLOR_GRID, 255);
    draw_frame(list, r, r.w / 4, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_text_in(list, r, 0, FACE_CODE_BOLD, r.w * 62 / 100, COLOR_MUTED, "()");
}

void scene_ground(DrawList *list, const Scene *scene, Rect r)
{
    draw_fill(list, r, scene_px(scene, RADIUS), COLOR_PANEL, 255);
    draw_frame(list, r, scene_px(scene, RADIUS), scene_px(scene, 1), COLOR_BORDER, 255);
}

Rect scene_panel(DrawList *list, const Scene *scene, Rect r, Color title, const char *title_key,
                 const char *caption_key)
{
    bool compact = scene->layout.compact;
    int padding = scene_px(scene, compact ? 14 : 20), top = scene_px(scene, compact ? 6 : 14);
    int size = scene_px(scene, TEXT_BODY), row = draw_height(list, FACE_UI_BOLD, size);
    int caption = scene_px(scene, TEXT_CAPTION), gap = scene_px(scene, 10);

    scene_ground(list, scene, r);
    Rect line = rect(r.x + padding, r.y + top, r.w - 2 * padding, row);
    int x = scene_label(list, line, FACE_UI_BOLD, size, title, scene_text(scene, title_key), ID_NONE) + gap;
    const char *text = caption_key ? scene_text(scene, caption_key) : "";
    if (!compact && x + draw_width(list, FACE_UI, caption, text) <= line.x + line.w)
        scene_label(list, rect(x, line.y, line.x + line.w - x, row), FACE_UI, caption, COLOR_MUTED, text,
                    ID_NONE);
    int below = line.y + row + scene_px(scene, compact ? 4 : 10);
    return rect(line.x, below, line.w, r.y + r.h - below - scene_px(scene, compact ? 6 : 12));
}

int scene_pill_width(const DrawList *list, const Scene *scene, Face face, const char *text)
{
    return draw_width(list, face, scene_px(scene, TEXT_CAPTION), text) + 2 * scene_px(scene, 14);
}

int scene_pill(DrawList *list, const Scene *scene, int x, int y, int h, Face face, Color color,
               const char *text, Action action, int64_t argument, const char *tip)
{
    Rect r = rect(x, y, scene_pill_width(list, scene, face, text), h);
    draw_fill(list, r, h / 2, COLOR_PANEL, 255);
    draw_frame(list, r, h / 2, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_text_in(list, r, 0, face, scene_px(scene, TEXT_CAPTION), color, text);
    if (action != DO_NOTHING || tip)
        draw_hot(list, r, (int)action, argument, tip);
    return r.x + r.w;
}

void scene_selected(DrawList *list, const Scene *scene, Rect r, int radius, Id id)
{
    if (id != ID_NONE && scene->view->selected == id)
        draw_frame(list, r, radius, scene_px(scene, 3), COLOR_FOCUS, 255);
}

int scene_label(DrawList *list, Rect r, Face face, int size, Color color, const char *text, Id select)
{
    int width = draw_width(list, face, size, text);
    if (r.w <= 0 || !*text)
        return r.x;
    draw_text_in(list, r, -1, face, size, color, text);
    if (width <= r.w)
        return r.x + width;
    draw_hot(list, r, select ? DO_SELECT : DO_NOTHING, select, text);
    return r.x + r.w;
}

int scene_on_baseline(const DrawList *list, const Scene *scene, Rect r, Face face, int size)
{
    int body = scene_px(scene, TEXT_BODY);
    return r.y + (r.h - draw_height(list, FACE_UI, body)) / 2 + draw_ascent(list, FACE_UI, body) -
           draw_ascent(list, face, size);
}

int scene_word(DrawList *list, const Scene *scene, Rect r, Face face, int size, Color color, const char *text,
               Id select)
{
    r.y = scene_on_baseline(list, scene, r, face, size);
    r.h = draw_height(list, face, size);
    return scene_label(list, r, face, size, color, text, select);
}

/* Without as many characters of its middle as make it fit. @return false when two letters do not fit either
 */
static bool cut_middle(const DrawList *list, Face face, int size, const char *name, int width, char *buffer,
                       size_t buffer_size)
{
    size_t ends[LONGEST], count = 0; /* where its characters end */
    const char *at = name, *end = name + strlen(name);
    while (at < end && count < LONGEST) {
        utf8_next(&at, end);
        ends[count++] = (size_t)(at - name);
    }
    for (size_t keep = count - 1; at == end && keep >= 2 && keep < count; keep--) {
        size_t head = ends[(keep + 1) / 2 - 1], tail = ends[count - keep / 2 - 1];
        snprintf(buffer, buffer_size, "%.*s%s%s", (int)head, name, draw_ellipsis(face), name + tail);
        if (draw_width(list, face, size, buffer) <= width)
            return true;
    }
    return false;
}

int scene_name(DrawList *list, const Scene *scene, Rect r, Face face, int size, Color color, const char *name,
               Id select)
{
    char shown[4 * LONGEST + 4];
    if (draw_width(list, face, size, name) <= r.w ||
        !cut_middle(list, face, size, name, r.w, shown, sizeof shown))
        return scene_word(list, scene, r, face, size, color, name, select);
    int x = scene_word(list, scene, r, face, size, color, shown, select);
    draw_hot(list, r, select ? DO_SELECT : DO_NOTHING, select, name);
    return x;
}

void scene_empty(DrawList *list, const Scene *scene, Rect r, const char *key)
{
    const char *text = scene_text(scene, key);
    int size = scene_px(scene, TEXT_BODY - 1), high = rich_height(list, r.w, size, text);
    rich_draw(list, rect(r.x, r.y, r.w, high < r.h ? high : r.h), size, scene_px(scene, TEXT_CAPTION),
              COLOR_MUTED, text);
}

int scene_scroll(const Scene *scene, Panel panel, int natural, int content, int room)
{
    int64_t offset = (int64_t)natural + scene->view->scroll[panel];
    int most = content > room ? content - room : 0;
    return offset < 0 ? 0 : offset > most ? most : (int)offset;
}

void scene_scrollbar(DrawList *list, const Scene *scene, Rect r, int offset, int content)
{
    if (content <= r.h || r.h <= 0)
        return;
    int w = scene_px(scene, 5), h = (int)((int64_t)r.h * r.h / content), least = scene_px(scene, 24);
    h = h < least ? least : h;
    h = h > r.h ? r.h : h;
    int y = r.y + (int)((int64_t)(r.h - h) * offset / (content - r.h));
    draw_fill(list, rect(r.x + r.w - w, y, w, h), w / 2, COLOR_FAINT, 200);
}

static Rect intersection(Rect a, Rect b)
{
    int x = a.x > b.x ? a.x : b.x, y = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return rect(x, y, right > x ? right - x : 0, bottom > y ? bottom - y : 0);
}

void scene_clip_hots(DrawList *list, size_t from, Rect r)
{
    for (size_t k = from; k < list->hot_count; k++)
        list->hots[k].r = intersection(list->hots[k].r, r);
}

void scene_scroll_area(DrawList *list, Rect r, Panel panel)
{
    draw_hot(list, r, DO_SCROLL, (int64_t)panel << 32, NULL);
}
