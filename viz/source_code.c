/*
 * source_code.c — a line of code in its colours, laid out in rows of the panel.
 *
 * Code is never cut: what does not fit goes on in the next row, four columns further in than the line, broken
 * where it can be read. A comment behind the code is cut, and shows itself when hovered: it must not push the
 * code around.
 */
#include "source_parts.h"

#include <stdio.h>
#include <string.h>

#define MEASURED 1000 /* lines: what comes behind them does not make the panel wider */

static size_t letter_length(const char *text, size_t left)
{
    unsigned char c = (unsigned char)*text;
    size_t length = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    return length < left ? length : left;
}

/* From U+2E80 on a letter takes two columns. */
static bool is_wide(const char *text, size_t length)
{
    return length >= 4 || (length == 3 && memcmp(text, "\xe2\xba\x80", 3) >= 0);
}

/* The end of what a line says: without a comment at its end, and without spaces. A comment alone is all it
 * says. */
static size_t said_until(const char *line, const HighlightSpan *spans, size_t count)
{
    size_t first = 0, said = count;
    while (said > 0 &&
           (spans[said - 1].color == COLOR_COMMENT || spans[said - 1].until == spans[said - 1].from))
        said--;
    size_t length = said ? spans[said - 1].until : 0;
    while (length > 0 && line[length - 1] == ' ')
        length--;
    for (; first < count && length == 0; first++)
        length = spans[first].color == COLOR_COMMENT ? spans[count - 1].until : 0;
    return length;
}

/* How well a line may be broken before byte `at`: between words, else behind a bracket or a comma. */
static int break_at(const char *line, size_t at)
{
    char before = line[at - 1];
    return before == ' ' ? 2 : before == ',' || before == '(' || before == '[' || before == '.';
}

/* 64 letters, since one may be half a pixel wider than a whole number. */
#define EIGHT "        "
#define MANY  EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT

/* The end of the row that begins at `from`: as much as fits, back to a good place if that is not far. Widths
 * are in 1/64 px. */
static size_t row_end(const char *line, size_t from, size_t until, int width, int narrow, int wide)
{
    size_t at = from, good[3] = {0};
    int x = 0;
    while (at < until) {
        size_t length = letter_length(line + at, until - at);
        x += is_wide(line + at, length) ? wide : narrow;
        if (x > width && at > from) {
            size_t words = from + (at - from) * 2 / 5, brackets = from + (at - from) / 2;
            return good[2] > words ? good[2] : good[1] > brackets ? good[1] : at;
        }
        at += length;
        good[break_at(line, at)] = at;
    }
    return until;
}

static int range_width(const DrawList *list, int size, const char *line, size_t from, size_t until)
{
    return list->measure.width && until > from
               ? list->measure.width(list->measure.context, FACE_CODE, size, line + from, until - from)
               : 0;
}

/* The part of a line in which it is cut. Of a comment that has no room at all only the ellipsis is left, and
 * that stands where the code ends. */
static int draw_rest(DrawList *list, Rect r, int size, Color color, const char *line, size_t from,
                     size_t length)
{
    char rest[512];
    int letter = draw_width(list, FACE_CODE, size, " "), spaces = 0;
    while (from > (size_t)spaces && line[from - 1 - (size_t)spaces] == ' ')
        spaces++;
    if (color == COLOR_COMMENT && spaces > 1 && r.w < 6 * letter)
        return draw_text(list, r.x - (spaces - 1) * letter, r.y, FACE_CODE, size, color,
                         draw_ellipsis(FACE_CODE));
    snprintf(rest, sizeof rest, "%.*s", (int)(length - from), line + from);
    return draw_text_cut(list, r.x, r.y, r.w, FACE_CODE, size, color, rest);
}

void code_lay_out(Code *code, const DrawList *list, int size, const char *line, size_t length, Syntax syntax,
                  int *carry, int width)
{
    int narrow = draw_width(list, FACE_CODE, size, MANY), wide = 64 * draw_width(list, FACE_CODE, size, "中");
    size_t spaces = 0;
    code->line = line;
    code->length = length;
    code->count = highlight_line(line, length, syntax, carry, code->spans, HIGHLIGHT_SPANS);
    code->said = said_until(line, code->spans, code->count);
    while (spaces < code->said && line[spaces] == ' ')
        spaces++;
    code->indent = ((int)spaces + 4) * narrow / 64;
    code->indent = code->indent < width / 2 ? code->indent : width / 2;
    code->begin[0] = 0;
    code->rows = 1;
    bool comment =
        code->count > 0 && code->spans[code->count - 1].color == COLOR_COMMENT && code->said == code->length;
    for (size_t at = 0; !comment && code->rows < CODE_ROWS; code->rows++) {
        at = row_end(line, at, code->said, 64 * (at ? width - code->indent : width), narrow, wide);
        if (at >= code->said)
            break;
        code->begin[code->rows] = at;
    }
    code->rows = code->rows < CODE_ROWS ? code->rows : CODE_ROWS;
    code->end = range_width(list, size, line, code->begin[code->rows - 1], code->said) +
                (code->rows > 1 ? code->indent : 0);
}

int code_draw(DrawList *list, Rect r, int size, const Code *code, size_t row, bool *cut)
{
    bool last = row + 1 == code->rows;
    size_t from = code->begin[row], until = last ? code->length : code->begin[row + 1];
    int y = r.y + (r.h - draw_height(list, FACE_CODE, size)) / 2, x = r.x + (row ? code->indent : 0);
    bool fits = x + range_width(list, size, code->line, from, until) <= r.x + r.w;
    int end = r.x + r.w - (fits ? 0 : draw_width(list, FACE_CODE, size, draw_ellipsis(FACE_CODE)));
    for (size_t k = 0; k < code->count; k++) {
        size_t left = code->spans[k].from > from ? code->spans[k].from : from;
        size_t right = code->spans[k].until < until ? code->spans[k].until : until;
        if (left >= right)
            continue;
        if (!fits && x + range_width(list, size, code->line, left, right) > end) {
            *cut = true;
            return draw_rest(list, rect(x, y, r.x + r.w - x, r.h), size, code->spans[k].color, code->line,
                             left, until);
        }
        x = draw_text_n(list, x, y, FACE_CODE, size, code->spans[k].color, 255, code->line + left,
                        right - left);
    }
    return x;
}

int code_columns(const char *text, Syntax syntax, int limit)
{
    HighlightSpan spans[HIGHLIGHT_SPANS];
    int carry = 0, most = 0;
    for (uint32_t number = 1; *text && number <= MEASURED; number++) {
        size_t length = strcspn(text, "\n"), step;
        size_t count = highlight_line(text, length, syntax, &carry, spans, HIGHLIGHT_SPANS);
        size_t said = said_until(text, spans, count);
        bool comment = count > 0 && spans[count - 1].color == COLOR_COMMENT && said == length;
        int columns = 0;
        for (size_t at = 0; at < said && !comment; at += step) {
            step = letter_length(text + at, said - at);
            columns += is_wide(text + at, step) ? 2 : 1;
        }
        most = columns > most && columns <= limit ? columns : most;
        text += length + (text[length] == '\n');
    }
    return most;
}
