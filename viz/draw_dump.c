/*
 * draw_dump.c — the display list as text: a line a command, so that a changed picture shows as a changed
 * line.
 *
 *     fill 0,0 1920x56 panel
 *     text 24,14 210x28 ui-bold 20 text "两个任务"
 *     hot 1810,8 40x40 action 27 -1 "…"
 *
 * What lies in a clip or a group is indented. Only what differs from the usual (opaque, square) is said.
 */
#include "draw.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const op_names[] = {
    [DRAW_FILL] = "fill",   [DRAW_FRAME] = "frame",     [DRAW_HATCH] = "hatch",
    [DRAW_TEXT] = "text",   [DRAW_LINE] = "line",       [DRAW_CURVE] = "curve",
    [DRAW_CLIP] = "clip",   [DRAW_UNCLIP] = "unclip",   [DRAW_TRIANGLE] = "triangle",
    [DRAW_GROUP] = "group", [DRAW_UNGROUP] = "ungroup", [DRAW_PICTURE] = "picture",
};

static const char *const color_names[COLORS] = {
    [COLOR_BACKGROUND] = "background", [COLOR_PANEL] = "panel",     [COLOR_SUNKEN] = "sunken",
    [COLOR_BORDER] = "border",         [COLOR_GRID] = "grid",       [COLOR_TEXT] = "text",
    [COLOR_MUTED] = "muted",           [COLOR_FAINT] = "faint",     [COLOR_ON_STATE] = "on-state",
    [COLOR_ON_RUNNING] = "on-running", [COLOR_RUNNING] = "running", [COLOR_READY] = "ready",
    [COLOR_WAITING] = "waiting",       [COLOR_DONE] = "done",       [COLOR_FAILED] = "failed",
    [COLOR_CANCELLED] = "cancelled",   [COLOR_LINE] = "line",       [COLOR_FOCUS] = "focus",
    [COLOR_SHADOW] = "shadow",         [COLOR_KEYWORD] = "keyword", [COLOR_NAME] = "name",
    [COLOR_STRING] = "string",         [COLOR_NUMBER] = "number",   [COLOR_COMMENT] = "comment",
};

static const char *const face_names[FACES] = {"ui", "ui-bold", "code", "code-bold"};

/** A text that grows; once memory is out, nothing more is added and `bytes` is NULL. */
typedef struct Text {
    char *bytes;
    size_t count, capacity;
    bool failed;
} Text;

static void put(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(Text *text, const char *format, ...)
{
    va_list arguments;
    for (int tries = 0; !text->failed && tries < 2; tries++) {
        size_t room = text->capacity - text->count;
        va_start(arguments, format);
        int n = vsnprintf(text->bytes + text->count, room, format, arguments);
        va_end(arguments);
        if (n >= 0 && (size_t)n < room) {
            text->count += (size_t)n;
            return;
        }
        size_t wanted = text->capacity * 2 + (n > 0 ? (size_t)n : 0);
        char *grown = realloc(text->bytes, wanted);
        if (!grown) {
            text->failed = true;
            return;
        }
        text->bytes = grown;
        text->capacity = wanted;
    }
}

/** A text in quotes; what would break the line is escaped. */
static void put_quoted(Text *text, const char *bytes, size_t length)
{
    put(text, " \"");
    size_t plain = 0;
    for (size_t k = 0; k < length; k++) {
        unsigned char c = (unsigned char)bytes[k];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        put(text, "%.*s", (int)(k - plain), bytes + plain);
        put(text, c < 0x20 ? "\\x%02x" : "\\%c", c);
        plain = k + 1;
    }
    put(text, "%.*s\"", (int)(length - plain), bytes + plain);
}

static void put_item(Text *text, const DrawList *list, const Draw *d)
{
    put(text, "%s", op_names[d->op]);
    if (d->op == DRAW_LINE || d->op == DRAW_CURVE)
        put(text, " %d,%d %d,%d", d->r.x, d->r.y, d->r.x + d->r.w, d->r.y + d->r.h);
    else if (d->op != DRAW_UNCLIP && d->op != DRAW_UNGROUP)
        put(text, " %d,%d %dx%d", d->r.x, d->r.y, d->r.w, d->r.h);
    if (d->op == DRAW_GROUP)
        put(text, " key %" PRIu64 ":%" PRIu64, d->key >> 32, d->key & UINT32_MAX);
    if (d->op == DRAW_TEXT)
        put(text, " %s %u", face_names[d->face], d->size);
    if (d->op <= DRAW_TRIANGLE)
        put(text, " %s", color_name(d->color));
    if (d->radius)
        put(text, " radius %u", d->radius);
    if (d->width > 1)
        put(text, " width %u", d->width);
    if (d->dash)
        put(text, " dash %u", d->dash);
    if (d->op == DRAW_TRIANGLE)
        put(text, " turn %u", d->turn);
    if (d->alpha != 255)
        put(text, " alpha %u", d->alpha);
    if (d->op == DRAW_TEXT)
        put_quoted(text, draw_string(list, d), d->length);
    if (d->op == DRAW_PICTURE) {
        const char *name = draw_picture_name(list, d);
        put_quoted(text, name, strlen(name));
        put(text, " of %u bytes", d->length / 4 * 3);
    }
    put(text, "\n");
}

const char *color_name(Color color)
{
    return color_names[color];
}

char *draw_dump(const DrawList *list)
{
    Text text = {.bytes = malloc(4096), .capacity = 4096};
    if (!text.bytes)
        return NULL;
    text.bytes[0] = '\0';
    int depth = 0;
    for (size_t k = 0; k < list->count; k++) {
        const Draw *d = &list->items[k];
        bool opens = d->op == DRAW_CLIP || d->op == DRAW_GROUP;
        bool closes = d->op == DRAW_UNCLIP || d->op == DRAW_UNGROUP;
        if (closes && depth > 0)
            depth--;
        put(&text, "%*s", 2 * depth, "");
        put_item(&text, list, d);
        depth += opens;
    }
    for (size_t k = 0; k < list->hot_count; k++) {
        const Hot *hot = &list->hots[k];
        put(&text, "hot %d,%d %dx%d action %u %" PRId64, hot->r.x, hot->r.y, hot->r.w, hot->r.h, hot->action,
            hot->argument);
        const char *tip = draw_tip(list, hot);
        if (tip)
            put_quoted(&text, tip, strlen(tip));
        put(&text, "\n");
    }
    if (text.failed) {
        free(text.bytes);
        return NULL;
    }
    return text.bytes;
}
