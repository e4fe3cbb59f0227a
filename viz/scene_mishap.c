/*
 * scene_mishap.c — a program that did not begin: what compiler or Python said, as they said it, below the
 * lines that it is about, as a card over the dimmed picture.
 */
#include "mishap.h"
#include "source_parts.h"

#include <stdio.h>
#include <string.h>

enum {
    CARD = 1500, /* units across at most */
    PADDING = 36,
    HEAD = 76,
    AROUND = 2, /* lines of the program above and below the one that is lit */
    GUTTER = 66,
    ROWS_MOST = 4000 /* of a message */
};

/* A line of a text, and where the next one begins. @return NULL at the end */
static const char *next_line(const char **at, size_t *length)
{
    const char *line = *at;
    if (!line || !*line)
        return NULL;
    *length = strcspn(line, "\n");
    *at = line + *length + (line[*length] == '\n');
    return line;
}

static int line_high(const DrawList *list, const Scene *scene)
{
    return draw_height(list, FACE_CODE, scene_px(scene, TEXT_CODE)) + scene_px(scene, 4);
}

/* ----------------------------------------------------------------------------------------- the lines ---- */

static bool has_excerpt(const Mishap *mishap)
{
    return mishap->text && mishap->line > 0;
}

/* The program around the line, which is lit. @return the y below it */
static int excerpt(DrawList *list, const Scene *scene, Rect r, const Mishap *mishap)
{
    Syntax syntax = highlight_syntax(mishap->language);
    const char *at = mishap->text, *line;
    size_t length;
    int carry = 0, high = line_high(list, scene), size = scene_px(scene, TEXT_CODE), y = r.y;
    int gutter = scene_px(scene, GUTTER), edge = scene_px(scene, 5);
    for (uint32_t number = 1; (line = next_line(&at, &length)) && number <= mishap->line + AROUND; number++) {
        Code code;
        bool cut = false;
        char text[24];
        code_lay_out(&code, list, size, line, length, syntax, &carry, r.w - gutter);
        if (number + AROUND < mishap->line)
            continue;
        Rect row = rect(r.x, y, r.w, high);
        if (number == mishap->line) {
            draw_fill(list, row, 0, COLOR_LINE, 255);
            draw_fill(list, rect(row.x, row.y, edge, row.h), 0, COLOR_FAILED, 255);
        }
        snprintf(text, sizeof text, "%u", number);
        draw_text_in(list, rect(row.x, row.y, gutter - scene_px(scene, 18), high), 1, FACE_CODE,
                     scene_px(scene, TEXT_CODE - 2), COLOR_FAINT, text);
        code_draw(list, rect(row.x + gutter, row.y, row.w - gutter, high), size, &code, 0, &cut);
        y += high;
    }
    return y;
}

static int excerpt_height(const DrawList *list, const Scene *scene, const Mishap *mishap)
{
    const char *at = mishap->text;
    size_t length;
    uint32_t number = 1, shown = 0;
    for (; has_excerpt(mishap) && next_line(&at, &length) && number <= mishap->line + AROUND; number++)
        shown += number + AROUND >= mishap->line;
    return (int)shown * line_high(list, scene);
}

/* --------------------------------------------------------------------------------------- the message ---- */

/* Draws the message from r's top on, or with `drawn` false only measures it. @return its height */
static int message(DrawList *list, const Scene *scene, Rect r, const char *said, bool drawn)
{
    const char *line;
    size_t length;
    int high = line_high(list, scene), size = scene_px(scene, TEXT_CODE), y = r.y, rows = 0;
    while ((line = next_line(&said, &length)) && rows < ROWS_MOST) {
        Code code;
        int carry = 0;
        bool cut = false, wrong = mishap_names_error(line, length);
        code_lay_out(&code, list, size, line, length, SYNTAX_NONE, &carry, r.w);
        rows += (int)code.rows;
        for (size_t row = 0; row < code.rows; row++, y += high) {
            if (!drawn)
                continue;
            if (wrong && row == 0)
                draw_fill(list, rect(r.x - scene_px(scene, 14), y, scene_px(scene, 5), high), 0, COLOR_FAILED,
                          255);
            code_draw(list, rect(r.x, y, r.w, high), size, &code, row, &cut);
        }
    }
    return y - r.y;
}

/* ------------------------------------------------------------------------------------------ the card ---- */

/* What it is at the left, what to do at the right. */
static void head(DrawList *list, const Scene *scene, Rect r, const Mishap *mishap)
{
    bool in_c = mishap->language && strcmp(mishap->language, "c") == 0;
    char title[256];
    int mark = scene_px(scene, 30), caption = scene_px(scene, TEXT_BODY);
    const char *todo = scene_text(scene, scene->lesson->runs_again ? "mishap.todo" : "mishap.close");
    scene_fill(scene, title, sizeof title, in_c ? "mishap.c" : "mishap.python", "name",
               mishap->name ? mishap->name : "", NULL);
    scene_symbol(list, scene, rect(r.x, r.y + (r.h - mark) / 2, mark, mark), STATUS_FAILED, COLOR_FAILED);
    int width = draw_width(list, FACE_UI, caption, todo), x = r.x + mark + scene_px(scene, 14);
    scene_label(list, rect(x, r.y, r.x + r.w - width - scene_px(scene, 24) - x, r.h), FACE_UI_BOLD,
                scene_px(scene, TEXT_TITLE), COLOR_TEXT, title, ID_NONE);
    draw_text_in(list, r, 1, FACE_UI, caption, COLOR_MUTED, todo);
}

void scene_mishap(DrawList *list, const Scene *scene, Rect r)
{
    const Mishap *mishap = scene->lesson->mishap;
    int margin = scene_px(scene, 40), padding = scene_px(scene, PADDING), top = scene_px(scene, HEAD);
    int gap = scene_px(scene, 20), w = r.w - 2 * margin;
    w = w < scene_px(scene, CARD) ? w : scene_px(scene, CARD);
    int lines = excerpt_height(list, scene, mishap), below = lines ? lines + gap : 0;
    int content = message(list, scene, rect(0, 0, w - 2 * padding, 0), mishap->said, false);
    int h = top + below + content + padding, most = r.h - 2 * margin;
    h = h < most ? h : most;
    Rect card = rect(r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w, h);

    draw_fill(list, r, 0, COLOR_SHADOW, 150);
    draw_hot(list, r, DO_BACK_OUT, 0, NULL);
    draw_fill(list, card, scene_px(scene, RADIUS + 4), COLOR_PANEL, 255);
    draw_frame(list, card, scene_px(scene, RADIUS + 4), scene_px(scene, 1), COLOR_BORDER, 255);
    draw_hot(list, card, DO_NOTHING, 0, NULL);
    scene_scroll_area(list, card, PANEL_MISHAP);

    Rect inner = rect(card.x + padding, card.y, card.w - 2 * padding, card.h);
    head(list, scene, rect(inner.x, inner.y, inner.w, top), mishap);
    int y = inner.y + top;
    if (lines) {
        draw_fill(list, rect(inner.x, y, inner.w, lines), scene_px(scene, 4), COLOR_SUNKEN, 255);
        excerpt(list, scene, rect(inner.x, y, inner.w, lines), mishap);
        y += below;
    }
    Rect room = rect(inner.x, y, inner.w, card.y + card.h - padding / 2 - y);
    int offset = scene_scroll(scene, PANEL_MISHAP, 0, content, room.h);
    draw_clip(list, rect(room.x - padding, room.y, room.w + padding, room.h));
    message(list, scene, rect(room.x, room.y - offset, room.w, content), mishap->said, true);
    draw_unclip(list);
    scene_scrollbar(list, scene, rect(room.x, room.y, room.w + padding / 2, room.h), offset, content);
}
