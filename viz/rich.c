/*
 * rich.c — light markup, broken into lines.
 *
 * The markup is first taken apart into plain text and a face for each of its bytes; everything after that is
 * a walk over plain text. A line takes as much as fits up to a place where it may break. One function finds
 * the end of a line, for measuring and for drawing alike, so both break at the same places. A text longer
 * than the buffer is cut there: a narration is a sentence or two.
 */
#include "rich.h"

#include <stdbool.h>
#include <string.h>

typedef struct Plain {
    size_t length;
    char text[2048];
    uint8_t face[2048];
} Plain;

/* Punctuation that may not begin a line, and such as may not end one. */
static const char closing[] = "，。、；：！？）】〕〉》」』”’…·,.;:!?)]}%";
static const char opening[] = "（【〔〈《「『“‘([{";

static size_t character_length(const char *text)
{
    unsigned char c = (unsigned char)*text;
    size_t length = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    for (size_t k = 1; k < length; k++)
        if (((unsigned char)text[k] & 0xc0) != 0x80)
            return k;
    return length;
}

static bool is_one_of(const char *set, const char *character, size_t length)
{
    for (; *set; set += character_length(set))
        if (character_length(set) == length && memcmp(set, character, length) == 0)
            return true;
    return false;
}

/* From U+2E80 on: Chinese characters and their punctuation, which need no space to break at. */
static bool is_wide(const char *character, size_t length)
{
    return length >= 4 || (length == 3 && memcmp(character, "\xe2\xba\x80", 3) >= 0);
}

/* A mark at `at` that opens or closes something; one without its partner is a letter like any other. */
static size_t mark_at(const char *at, bool *bold, bool *code)
{
    if (*at == '`' && (*code || strchr(at + 1, '`'))) {
        *code = !*code;
        return 1;
    }
    if (!*code && at[0] == '*' && at[1] == '*' && (*bold || strstr(at + 2, "**"))) {
        *bold = !*bold;
        return 2;
    }
    return 0;
}

static void plain_of(Plain *plain, const char *markup)
{
    bool bold = false, code = false;
    plain->length = 0;
    while (*markup) {
        size_t mark = mark_at(markup, &bold, &code);
        if (mark) {
            markup += mark;
            continue;
        }
        size_t length = character_length(markup);
        if (plain->length + length >= sizeof plain->text)
            break;
        Face face = code ? bold ? FACE_CODE_BOLD : FACE_CODE : bold ? FACE_UI_BOLD : FACE_UI;
        memcpy(plain->text + plain->length, markup, length);
        memset(plain->face + plain->length, face, length);
        if (*markup == '\n')
            plain->text[plain->length] = ' ';
        plain->length += length;
        markup += length;
    }
    plain->text[plain->length] = 0;
}

/* The end of the stretch of one face that begins at `from`. */
static size_t run_end(const Plain *plain, size_t from, size_t until)
{
    size_t end = from;
    while (end < until && plain->face[end] == plain->face[from])
        end++;
    return end;
}

static int range_width(const DrawList *list, const Plain *plain, int size, size_t from, size_t until)
{
    int width = 0;
    for (size_t end; from < until; from = end) {
        end = run_end(plain, from, until);
        width += list->measure.width(list->measure.context, (Face)plain->face[from], size, plain->text + from,
                                     end - from);
    }
    return width;
}

/* May a line end before the character at `at`, the one before it beginning at `before`? */
static bool may_break(const Plain *plain, size_t before, size_t at)
{
    const char *left = plain->text + before, *right = plain->text + at;
    size_t left_length = at - before, right_length = character_length(right);
    if (*right == ' ')
        return false;
    if (*left == ' ')
        return true;
    if (is_one_of(closing, right, right_length) || is_one_of(opening, left, left_length))
        return false;
    return is_wide(left, left_length) || is_wide(right, right_length);
}

static size_t without_spaces(const Plain *plain, size_t from, size_t until)
{
    while (until > from && plain->text[until - 1] == ' ')
        until--;
    return until;
}

/* Where the line that begins at `from` ends, so that it is at most `width` wide; always at least a character.
 */
static size_t line_end(const DrawList *list, const Plain *plain, int size, size_t from, int width)
{
    size_t good = from, forced = from, before = from;
    for (size_t at = from; at < plain->length; before = at) {
        at += character_length(plain->text + at);
        bool here = at >= plain->length || may_break(plain, before, at);
        if (!here && good > from)
            continue;
        if (range_width(list, plain, size, from, without_spaces(plain, from, at)) > width)
            break;
        forced = at;
        if (here)
            good = at;
    }
    if (good > from)
        return good;
    return forced > from ? forced : from + character_length(plain->text + from);
}

static int line_count(const DrawList *list, const Plain *plain, int size, int width)
{
    int lines = 0;
    for (size_t at = 0; at < plain->length; lines++)
        at = line_end(list, plain, size, at, width);
    return lines;
}

static int line_height(const DrawList *list, int size)
{
    int ui = draw_height(list, FACE_UI, size), code = draw_height(list, FACE_CODE, size);
    return ui > code ? ui : code;
}

/** The baseline that all faces of a line share, px below its top. */
static int baseline(const DrawList *list, int size)
{
    int ui = draw_ascent(list, FACE_UI, size), code = draw_ascent(list, FACE_CODE, size);
    return ui > code ? ui : code;
}

static int draw_range(DrawList *list, const Plain *plain, int x, int y, int size, Color color, size_t from,
                      size_t until)
{
    int base = baseline(list, size);
    for (size_t end; from < until; from = end) {
        end = run_end(plain, from, until);
        Face face = (Face)plain->face[from];
        int lower = base - draw_ascent(list, face, size);
        x = draw_text_n(list, x, y + lower, face, size, color, 255, plain->text + from, end - from);
    }
    return x;
}

/* Ends the text at `until` with an ellipsis that belongs to the run before it: so one font draws both, and
 * dots behind Latin letters stand on their baseline. */
static void cut(Plain *plain, size_t until)
{
    const size_t most = sizeof plain->text - 8;
    while (until > most || (until > 0 && ((unsigned char)plain->text[until] & 0xc0) == 0x80))
        until--;
    Face face = until > 0 ? (Face)plain->face[until - 1] : FACE_UI;
    const char *ellipsis = draw_ellipsis(face);
    size_t length = strlen(ellipsis);
    memset(plain->face + until, face, length);
    memcpy(plain->text + until, ellipsis, length + 1);
    plain->length = until + length;
}

/* The last line there is room for, when there is more text behind it. */
static void draw_last(DrawList *list, Plain *plain, Rect r, int y, int size, Color color, size_t from)
{
    int ui = draw_width(list, FACE_UI_BOLD, size, draw_ellipsis(FACE_UI_BOLD)),
        code = draw_width(list, FACE_CODE, size, draw_ellipsis(FACE_CODE));
    size_t until = line_end(list, plain, size, from, r.w - (ui > code ? ui : code));
    draw_hot(list, r, 0, 0, plain->text);
    cut(plain, without_spaces(plain, from, until));
    draw_range(list, plain, r.x, y, size, color, from, plain->length);
}

int rich_draw(DrawList *list, Rect r, int size, int smaller, Color color, const char *markup)
{
    Plain plain;
    plain_of(&plain, markup);
    if (r.w <= 0 || plain.length == 0 || !list->measure.width)
        return 0;
    int lines = line_count(list, &plain, size, r.w);
    if (lines * line_height(list, size) > r.h && smaller < size) {
        size = smaller;
        lines = line_count(list, &plain, size, r.w);
    }
    int high = line_height(list, size), room = r.h / high > 0 ? r.h / high : 1;
    int shown = lines < room ? lines : room, y = r.y + (r.h - shown * high) / 2;
    size_t at = 0;
    for (int line = 0; line < shown; line++, y += high) {
        if (line == shown - 1 && lines > shown) {
            draw_last(list, &plain, r, y, size, color, at);
            break;
        }
        size_t end = line_end(list, &plain, size, at, r.w);
        draw_range(list, &plain, r.x, y, size, color, at, without_spaces(&plain, at, end));
        at = end;
    }
    return shown * high;
}

int rich_height(const DrawList *list, int width, int size, const char *markup)
{
    Plain plain;
    plain_of(&plain, markup);
    if (width <= 0 || !list->measure.width)
        return 0;
    return line_count(list, &plain, size, width) * line_height(list, size);
}

size_t rich_plain(char *buffer, size_t size, const char *markup)
{
    Plain plain;
    plain_of(&plain, markup);
    size_t length = plain.length < size ? plain.length : size ? size - 1 : 0;
    while (length > 0 && ((unsigned char)plain.text[length] & 0xc0) == 0x80)
        length--;
    memcpy(buffer, plain.text, length);
    if (size)
        buffer[length] = 0;
    return length;
}
