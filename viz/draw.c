/*
 * draw.c — the display list: three growing arrays, and nothing else.
 *
 * Filling the list never fails where it stands: when memory runs out the command is dropped, `failed` is set,
 * and what is there stays well-formed (a clip or group that could not be opened is not closed either: the
 * painter and the tweener tolerate a close without its open).
 */
#include "draw.h"

#include <stdlib.h>
#include <string.h>

/** Makes room for `more` elements behind `count`. */
static bool reserve(void **array, size_t *capacity, size_t count, size_t more, size_t element)
{
    if (count + more <= *capacity)
        return true;
    size_t wanted = *capacity ? *capacity * 2 : 256;
    while (wanted < count + more)
        wanted *= 2;
    void *grown = realloc(*array, wanted * element);
    if (!grown)
        return false;
    *array = grown;
    *capacity = wanted;
    return true;
}

static Draw *add(DrawList *list, DrawOp op, Rect r, Color color, int alpha)
{
    void *items = list->items;
    if (!reserve(&items, &list->capacity, list->count, 1, sizeof *list->items)) {
        list->failed = true;
        return NULL;
    }
    list->items = items;
    Draw *item = &list->items[list->count++];
    *item = (Draw){.op = (uint8_t)op,
                   .color = (uint8_t)color,
                   .alpha = (uint8_t)(alpha < 0     ? 0
                                      : alpha > 255 ? 255
                                                    : alpha),
                   .r = r};
    return item;
}

/** Copies a text into the list, with a zero byte behind it. @return its offset, or SIZE_MAX */
static size_t keep(DrawList *list, const char *text, size_t length, const char *tail)
{
    size_t more = length + strlen(tail) + 1;
    void *texts = list->texts;
    if (list->text_count + more > UINT32_MAX - 1 ||
        !reserve(&texts, &list->text_capacity, list->text_count, more, 1)) {
        list->failed = true;
        return SIZE_MAX;
    }
    list->texts = texts;
    size_t at = list->text_count;
    memcpy(list->texts + at, text, length);
    memcpy(list->texts + at + length, tail, more - length);
    list->text_count += more;
    return at;
}

static int measure(const DrawList *list, Face face, int size, const char *text, size_t length)
{
    if (!list->measure.width || length == 0)
        return 0;
    return list->measure.width(list->measure.context, face, size, text, length);
}

/** The end of the last whole character at or before `length`. */
static size_t character_start(const char *text, size_t length)
{
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--;
    return length;
}

/** How many bytes of text fit into width. */
static size_t fitting(const DrawList *list, Face face, int size, const char *text, size_t length, int width)
{
    size_t fits = 0, over = length;
    while (over > fits) {
        size_t middle = character_start(text, fits + (over - fits + 1) / 2);
        if (middle <= fits) { /* the character behind `fits` is longer than half of what is left */
            middle = fits + 1;
            while (middle < over && ((unsigned char)text[middle] & 0xc0) == 0x80)
                middle++;
        }
        if (measure(list, face, size, text, middle) <= width)
            fits = middle;
        else
            over = character_start(text, middle - 1);
    }
    return fits;
}

/** Adds a text of which the width is known already. */
static int put_text(DrawList *list, int x, int y, Face face, int size, Color color, int alpha,
                    const char *text, size_t length, const char *tail, int width)
{
    size_t at = keep(list, text, length, tail);
    if (at == SIZE_MAX)
        return x + width;
    Draw *item = add(list, DRAW_TEXT, rect(x, y, width, draw_height(list, face, size)), color, alpha);
    if (!item)
        return x + width;
    item->face = (uint8_t)face;
    item->size = (uint16_t)(size < 1 ? 1 : size);
    item->text = (uint32_t)at;
    item->length = (uint32_t)(length + strlen(tail));
    return x + width;
}

static bool has_string(const Draw *item)
{
    return item->op == DRAW_TEXT || item->op == DRAW_PICTURE;
}

static bool same_item(const DrawList *a, const Draw *x, const DrawList *b, const Draw *y)
{
    bool same = x->op == y->op && x->color == y->color && x->alpha == y->alpha && x->face == y->face &&
                x->turn == y->turn && x->dash == y->dash && x->size == y->size && x->radius == y->radius &&
                x->width == y->width && x->key == y->key && x->length == y->length &&
                memcmp(&x->r, &y->r, sizeof x->r) == 0;
    return same && (!has_string(x) || memcmp(a->texts + x->text, b->texts + y->text, x->length) == 0);
}

void draw_clear(DrawList *list)
{
    list->count = 0;
    list->text_count = 0;
    list->hot_count = 0;
    list->failed = false;
}

void draw_free(DrawList *list)
{
    free(list->items);
    free(list->texts);
    free(list->hots);
    *list = (DrawList){.measure = list->measure};
}

void draw_fill(DrawList *list, Rect r, int radius, Color color, int alpha)
{
    if (r.w <= 0 || r.h <= 0)
        return;
    Draw *item = add(list, DRAW_FILL, r, color, alpha);
    if (item)
        item->radius = (uint16_t)(radius < 0 ? 0 : radius);
}

void draw_frame(DrawList *list, Rect r, int radius, int width, Color color, int alpha)
{
    draw_dashed(list, r, radius, width, 0, color, alpha);
}

void draw_dashed(DrawList *list, Rect r, int radius, int width, int dash, Color color, int alpha)
{
    if (r.w <= 0 || r.h <= 0 || width <= 0)
        return;
    Draw *item = add(list, DRAW_FRAME, r, color, alpha);
    if (!item)
        return;
    item->radius = (uint16_t)(radius < 0 ? 0 : radius);
    item->width = (uint16_t)width;
    item->dash = (uint8_t)(dash < 0 ? 0 : dash > 255 ? 255 : dash);
}

void draw_hatch(DrawList *list, Rect r, int radius, Color color, int alpha)
{
    if (r.w <= 0 || r.h <= 0)
        return;
    Draw *item = add(list, DRAW_HATCH, r, color, alpha);
    if (item)
        item->radius = (uint16_t)(radius < 0 ? 0 : radius);
}

int draw_text(DrawList *list, int x, int y, Face face, int size, Color color, const char *text)
{
    return draw_text_n(list, x, y, face, size, color, 255, text, strlen(text));
}

int draw_text_n(DrawList *list, int x, int y, Face face, int size, Color color, int alpha, const char *text,
                size_t length)
{
    if (length == 0)
        return x;
    return put_text(list, x, y, face, size, color, alpha, text, length, "",
                    measure(list, face, size, text, length));
}

const char *draw_ellipsis(Face face)
{
    return face == FACE_CODE || face == FACE_CODE_BOLD ? "..." : "\xe2\x80\xa6";
}

int draw_text_cut(DrawList *list, int x, int y, int width, Face face, int size, Color color, const char *text)
{
    size_t length = strlen(text);
    if (length == 0 || width <= 0)
        return x;
    int whole = measure(list, face, size, text, length);
    if (whole <= width)
        return put_text(list, x, y, face, size, color, 255, text, length, "", whole);
    const char *ellipsis = draw_ellipsis(face);
    int dots = measure(list, face, size, ellipsis, strlen(ellipsis));
    if (dots > width)
        return x;
    size_t fits = fitting(list, face, size, text, length, width - dots);
    while (fits > 0 && text[fits - 1] == ' ')
        fits--;
    return put_text(list, x, y, face, size, color, 255, text, fits, ellipsis,
                    measure(list, face, size, text, fits) + dots);
}

void draw_text_in(DrawList *list, Rect r, int align, Face face, int size, Color color, const char *text)
{
    int width = draw_width(list, face, size, text);
    int x = r.x;
    if (width < r.w && align >= 0)
        x += align == 0 ? (r.w - width) / 2 : r.w - width;
    draw_text_cut(list, x, r.y + (r.h - draw_height(list, face, size)) / 2, r.w, face, size, color, text);
}

void draw_line(DrawList *list, int x0, int y0, int x1, int y1, int width, Color color, int alpha)
{
    Draw *item = add(list, DRAW_LINE, rect(x0, y0, x1 - x0, y1 - y0), color, alpha);
    if (item)
        item->width = (uint16_t)(width < 1 ? 1 : width);
}

void draw_curve(DrawList *list, int x0, int y0, int x1, int y1, int width, Color color, int alpha)
{
    Draw *item = add(list, DRAW_CURVE, rect(x0, y0, x1 - x0, y1 - y0), color, alpha);
    if (item)
        item->width = (uint16_t)(width < 1 ? 1 : width);
}

void draw_triangle(DrawList *list, Rect r, int turn, Color color, int alpha)
{
    if (r.w <= 0 || r.h <= 0)
        return;
    Draw *item = add(list, DRAW_TRIANGLE, r, color, alpha);
    if (item)
        item->turn = (uint8_t)(turn & 3);
}

void draw_picture(DrawList *list, Rect r, const char *data, const char *name)
{
    size_t length = strlen(data);
    if (r.w <= 0 || r.h <= 0)
        return;
    size_t at = keep(list, data, length, "");
    if (at == SIZE_MAX || keep(list, name, strlen(name), "") == SIZE_MAX)
        return;
    Draw *item = add(list, DRAW_PICTURE, r, COLOR_PANEL, 255);
    if (item) {
        item->text = (uint32_t)at;
        item->length = (uint32_t)length;
    }
}

void draw_clip(DrawList *list, Rect r)
{
    add(list, DRAW_CLIP, r, COLOR_BACKGROUND, 255);
}

void draw_unclip(DrawList *list)
{
    add(list, DRAW_UNCLIP, rect(0, 0, 0, 0), COLOR_BACKGROUND, 255);
}

void draw_group(DrawList *list, uint64_t key, Rect r)
{
    Draw *item = add(list, DRAW_GROUP, r, COLOR_BACKGROUND, 255);
    if (item)
        item->key = key;
}

void draw_ungroup(DrawList *list)
{
    add(list, DRAW_UNGROUP, rect(0, 0, 0, 0), COLOR_BACKGROUND, 255);
}

void draw_hot(DrawList *list, Rect r, int action, int64_t argument, const char *tip)
{
    void *hots = list->hots;
    if (!reserve(&hots, &list->hot_capacity, list->hot_count, 1, sizeof *list->hots)) {
        list->failed = true;
        return;
    }
    list->hots = hots;
    size_t at = tip && *tip ? keep(list, tip, strlen(tip), "") : SIZE_MAX;
    list->hots[list->hot_count++] = (Hot){
        .r = r,
        .action = (uint16_t)action,
        .argument = argument,
        .tip = at == SIZE_MAX ? 0 : (uint32_t)at + 1,
    };
}

const Hot *draw_hot_at(const DrawList *list, int x, int y)
{
    for (size_t k = list->hot_count; k > 0; k--)
        if (rect_has(list->hots[k - 1].r, x, y))
            return &list->hots[k - 1];
    return NULL;
}

const char *draw_tip(const DrawList *list, const Hot *hot)
{
    return hot->tip ? list->texts + hot->tip - 1 : NULL;
}

int draw_width(const DrawList *list, Face face, int size, const char *text)
{
    return measure(list, face, size, text, strlen(text));
}

int draw_height(const DrawList *list, Face face, int size)
{
    return list->measure.height ? list->measure.height(list->measure.context, face, size) : size;
}

int draw_ascent(const DrawList *list, Face face, int size)
{
    return list->measure.ascent ? list->measure.ascent(list->measure.context, face, size) : size;
}

const char *draw_string(const DrawList *list, const Draw *item)
{
    return has_string(item) ? list->texts + item->text : "";
}

const char *draw_picture_name(const DrawList *list, const Draw *item)
{
    return item->op == DRAW_PICTURE ? list->texts + item->text + item->length + 1 : "";
}

bool draw_copy(DrawList *to, const DrawList *from)
{
    void *items = to->items, *texts = to->texts, *hots = to->hots;
    draw_clear(to);
    bool room = reserve(&items, &to->capacity, 0, from->count, sizeof *to->items);
    to->items = items;
    room = room && reserve(&texts, &to->text_capacity, 0, from->text_count, 1);
    to->texts = texts;
    room = room && reserve(&hots, &to->hot_capacity, 0, from->hot_count, sizeof *to->hots);
    to->hots = hots;
    to->failed = !room || from->failed;
    if (!room)
        return false;
    if (from->count)
        memcpy(to->items, from->items, from->count * sizeof *to->items);
    if (from->text_count)
        memcpy(to->texts, from->texts, from->text_count);
    if (from->hot_count)
        memcpy(to->hots, from->hots, from->hot_count * sizeof *to->hots);
    to->count = from->count;
    to->text_count = from->text_count;
    to->hot_count = from->hot_count;
    return true;
}

bool draw_push(DrawList *list, Draw item)
{
    Draw *added = add(list, (DrawOp)item.op, item.r, COLOR_BACKGROUND, 255);
    if (added)
        *added = item;
    return added != NULL;
}

size_t draw_keep(DrawList *list, const char *text, size_t length)
{
    return keep(list, text, length, "");
}

Rect draw_reach(const Draw *item)
{
    Rect r = item->r;
    if (item->op == DRAW_TEXT)
        return rect(r.x - 1, r.y - 1, r.w + item->size / 4 + 5, r.h + 4);
    if (item->op != DRAW_LINE && item->op != DRAW_CURVE)
        return r;
    int margin = item->width / 2 + 3;
    Rect box = {r.x + (r.w < 0 ? r.w : 0), r.y + (r.h < 0 ? r.h : 0), abs(r.w), abs(r.h)};
    return rect_inset(box, -margin, -margin);
}

bool draw_equal(const DrawList *a, const DrawList *b)
{
    if (a->count != b->count)
        return false;
    for (size_t k = 0; k < a->count; k++)
        if (!same_item(a, &a->items[k], b, &b->items[k]))
            return false;
    return true;
}
