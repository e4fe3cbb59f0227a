/*
 * source_code.c — a line of code in its colours, laid out in rows of the panel.
 *
 * Code is never cut: what does not fit goes on in the next row, four columns further in than the line, broken
 * where it can be read. A comment behind the code comes closer to it when it has no room, then it is cut, and
 * shows itself when hovered: it must not push the code around.
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

/* The spaces before byte `at`. */
static size_t spaces_before(const char *line, size_t at)
{
    size_t spaces = 0;
    while (spaces < at && line[at - 1 - spaces] == ' ')
        spaces++;
    return spaces;
}

/* The part of a line in which it is cut. A comment behind code takes the room of the spaces before it, but
 * for one. */
static int draw_rest(DrawList *list, Rect r, int size, Color color, const char *line, size_t from,
                     size_t length, bool behind)
{
    char rest[512];
    int spaces = behind ? (int)spaces_before(line, from) : 0, right = r.x + r.w;
    snprintf(rest, sizeof rest, "%.*s", (int)(length - from), line + from);
    if (spaces > 1) {
        int close = r.x - (spaces - 1) * draw_width(list, FACE_CODE, size, " "),
            fits = right - draw_width(list, FACE_CODE, size, rest);
        r.x = fits > close ? fits : close < right ? close : right;
    }
    return draw_text_cut(list, r.x, r.y, right - r.x, FACE_CODE, size, color, rest);
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
    size_t last = code->begin[code->rows - 1];
    int indent = code->rows > 1 ? code->indent : 0;
    code->end = indent + range_width(list, size, line, last, code->said);
    code->whole = indent + range_width(list, size, line, last, code->length);
    size_t behind = code->said + strspn(line + code->said, " ");
    code->close = code->end + (behind < length ? range_width(list, size, line, behind - 1, length) : 0);
}

int code_draw(DrawList *list, Rect r, int size, const Code *code, size_t row, bool *cut)
{
    bool last = row + 1 == code->rows;
    size_t from = code->begin[row], until = last ? code->length : code->begin[row + 1];
    size_t said = code->said < until ? code->said : until;
    int y = r.y + (r.h - draw_height(list, FACE_CODE, size)) / 2, x = r.x + (row ? code->indent : 0);
    int right = r.x + r.w, end = right - draw_width(list, FACE_CODE, size, draw_ellipsis(FACE_CODE));
    bool fits = x + range_width(list, size, code->line, from, until) <= right;
    bool kept = x + range_width(list, size, code->line, from, said) <= right; /* only the comment is cut */
    for (size_t k = 0; k < code->count; k++) {
        size_t first = code->spans[k].from > from ? code->spans[k].from : from;
        size_t behind = code->spans[k].until < until ? code->spans[k].until : until;
        if (first >= behind)
            continue;
        bool whole =
            fits || (kept && first < said) || x + range_width(list, size, code->line, first, behind) <= end;
        if (!whole) {
            *cut = true;
            return draw_rest(list, rect(x, y, right - x, r.h), size, code->spans[k].color, code->line, first,
                             until, first >= said);
        }
        size_t letters =
            !fits && first < said && behind > said ? said : behind; /* spaces would stand outside */
        draw_text_n(list, x, y, FACE_CODE, size, code->spans[k].color, 255, code->line + first,
                    letters > first ? letters - first : 0);
        x += range_width(list, size, code->line, first, behind);
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
