/*
 * scene_help.c — all keys, as a card over the dimmed picture.
 *
 * The keys are one table; a group of it never breaks over two columns. Where the card is too small for it, it
 * scrolls. A click beside the card closes it.
 */
#include "scene_parts.h"
#include "sight.h"

#include <string.h>

enum {
    CARD = 1560, /* units across at most */
    LINE = 38,
    LINE_COMPACT = 33,
    HEADING = 46,
    KEY = 27, /* a key's height, and its least width */
};

/** A row: keys, parted by spaces ("key.…" is a word of the language file), and what they do. */
typedef struct KeyRow {
    const char *keys;
    const char *what;
} KeyRow;

/* A row without keys begins a group. */
/* clang-format off */
static const KeyRow rows[] = {
    {NULL, "help.group.time"},
    {"key.space key.enter",      "help.play"},
    {"→ ← . , PgDn PgUp",        "help.step"},
    {"Shift+→ Shift+←",          "help.iteration"},
    {"N Shift+N",                "help.note"},
    {"Home End",                 "help.ends"},
    {"↓ ↑",                      "help.speed"},
    {"Shift+S",                  "help.size"},
    {NULL, "help.group.timeline"},
    {"W S",                      "help.zoom"},
    {"A D",                      "help.pan"},
    {"Ctrl+key.wheel",           "help.zoom_wheel"},
    {"key.wheel",                "help.wheel"},
    {"0",                        "help.fit"},
    {"F",                        "help.focus"},
    {"X",                        "help.axis"},
    {"key.drag",                 "help.scrub"},
    {"key.middle",               "help.middle"},
    {"key.click",                "help.click"},
    {NULL, "help.group.look"},
    {"1 2 3",                    "help.level"},
    {"L",                        "help.language"},
    {"T",                        "help.theme"},
    {"Tab",                      "help.tab"},
    {"Ctrl++ Ctrl+- Ctrl+0",     "help.scale"},
    {"F11",                      "help.full_screen"},
    {NULL, "help.group.program"},
    {"R",                        "help.restart"},
    {"K Shift+K",                "help.knob"},
    {"+ -",                      "help.turn"},
    {"Esc",                      "help.escape"},
    {"? F1",                     "help.help"},
    {"Ctrl+Q",                   "help.quit"},
    {NULL, "help.group.list"},
    {"↑ ↓",                      "help.list_move"},
    {"V",                        "help.list_variant"},
    {"key.enter key.click",      "help.list_open"},
};
/* clang-format on */

enum { ROWS = sizeof rows / sizeof *rows };

static int row_height(const Scene *scene, size_t row)
{
    if (!rows[row].keys)
        return scene_px(scene, HEADING);
    return scene_px(scene, scene->layout.compact ? LINE_COMPACT : LINE);
}

static int height_of(const Scene *scene, size_t from, size_t until)
{
    int height = 0;
    for (size_t row = from; row < until; row++)
        height += row_height(scene, row);
    return height;
}

/** Where the second column begins: the group at which both are about as high. */
static size_t middle(const Scene *scene)
{
    size_t best = ROWS;
    int least = height_of(scene, 0, ROWS);
    for (size_t row = 1; row < ROWS; row++) {
        int left = height_of(scene, 0, row), right = height_of(scene, row, ROWS),
            high = left > right ? left : right;
        if (!rows[row].keys && high < least) {
            least = high;
            best = row;
        }
    }
    return best;
}

/* ---------------------------------------------------------------------------------------- keys ---- */

static int cap_width(const DrawList *list, const Scene *scene, const char *text)
{
    int width = draw_width(list, FACE_CODE, scene_px(scene, TEXT_CAPTION), text) + scene_px(scene, 16);
    return width < scene_px(scene, KEY) ? scene_px(scene, KEY) : width;
}

/** A key as a key: what stands on it in a small raised frame. */
static void key_cap(DrawList *list, const Scene *scene, Rect r, const char *text)
{
    int radius = scene_px(scene, 6), edge = scene_px(scene, 2);
    draw_fill(list, r, radius, COLOR_SUNKEN, 255);
    draw_frame(list, r, radius, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_fill(list, rect(r.x + radius, r.y + r.h - edge, r.w - 2 * radius, edge), 0, COLOR_BORDER, 255);
    draw_text_in(list, r, 0, FACE_CODE, scene_px(scene, TEXT_CAPTION), COLOR_TEXT, text);
}

/** What stands on the key that `token` names: "Ctrl+key.wheel" → "Ctrl+wheel". */
static void key_text(const Scene *scene, char *buffer, size_t size, const char *token, size_t length)
{
    char name[48] = "", front[48] = "";
    const char *word = NULL;
    for (size_t k = 0; k + 4 <= length && !word; k++)
        if (memcmp(token + k, "key.", 4) == 0)
            word = token + k;
    size_t before = word ? (size_t)(word - token) : length;
    if (before >= sizeof front || length - before >= sizeof name)
        before = length = 0;
    memcpy(front, token, before);
    memcpy(name, token + before, length - before);
    const char *said = *name ? scene_text(scene, name) : "";
    size_t a = strlen(front), b = strlen(said);
    if (a + b + 1 > size)
        b = a = 0;
    memcpy(buffer, front, a);
    memcpy(buffer + a, said, b);
    buffer[a + b] = 0;
}

/** The keys of a row from x on, or with no list to draw into only measured. @return their width */
static int keys(DrawList *list, const Scene *scene, Rect r, const char *text, bool drawn)
{
    int h = scene_px(scene, KEY), x = r.x, gap = scene_px(scene, 6);
    while (*text) {
        char shown[64];
        size_t length = strcspn(text, " ");
        key_text(scene, shown, sizeof shown, text, length);
        int width = cap_width(list, scene, shown);
        if (drawn)
            key_cap(list, scene, rect(x, r.y + (r.h - h) / 2, width, h), shown);
        x += width + gap;
        text += length + (text[length] == ' ');
    }
    return x - r.x;
}

/** The widest keys and the widest words of some rows. */
static void widths(DrawList *list, const Scene *scene, size_t from, size_t until, int *keys_width,
                   int *words_width)
{
    *keys_width = *words_width = 0;
    for (size_t row = from; row < until; row++) {
        int word = draw_width(list, FACE_UI, scene_px(scene, TEXT_BODY), scene_text(scene, rows[row].what));
        int key = rows[row].keys ? keys(list, scene, rect(0, 0, 0, 0), rows[row].keys, false) : 0;
        *keys_width = key > *keys_width ? key : *keys_width;
        *words_width = word > *words_width ? word : *words_width;
    }
    *keys_width += scene_px(scene, 18);
}

static void column(DrawList *list, const Scene *scene, Rect r, size_t from, size_t until)
{
    int y = r.y, keys_width, words_width;
    widths(list, scene, from, until, &keys_width, &words_width);
    for (size_t row = from; row < until; row++) {
        int h = row_height(scene, row);
        const char *what = scene_text(scene, rows[row].what);
        if (rows[row].keys) {
            keys(list, scene, rect(r.x, y, keys_width, h), rows[row].keys, true);
            scene_label(list, rect(r.x + keys_width, y, r.w - keys_width, h), FACE_UI,
                        scene_px(scene, TEXT_BODY), COLOR_TEXT, what, ID_NONE);
        } else {
            int edge = scene_px(scene, 6);
            draw_text_in(list, rect(r.x, y + edge, r.w, h - 2 * edge), -1, FACE_UI_BOLD,
                         scene_px(scene, TEXT_CAPTION), COLOR_MUTED, what);
            draw_fill(list, rect(r.x, y + h - edge, r.w, 1), 0, COLOR_GRID, 255);
        }
        y += h;
    }
}

/* ---------------------------------------------------------------------------------------- card ---- */

static int head_height(const Scene *scene)
{
    return scene_px(scene, scene->layout.compact ? 64 : 76);
}

static int padding_of(const Scene *scene)
{
    return scene_px(scene, scene->layout.compact ? 24 : 36);
}

/** Title at the left, how to close it at the right. @return the room below */
static Rect head(DrawList *list, const Scene *scene, Rect card)
{
    int padding = padding_of(scene), h = head_height(scene), caption = scene_px(scene, TEXT_CAPTION);
    Rect line = rect(card.x + padding, card.y, card.w - 2 * padding, h);
    const char *close = scene_text(scene, "help.close");
    int width = draw_width(list, FACE_UI, caption, close);
    draw_text_in(list, rect(line.x, line.y, line.w - width - padding, h), -1, FACE_UI_BOLD,
                 scene_px(scene, TEXT_TITLE), COLOR_TEXT, scene_text(scene, "help.title"));
    draw_text_in(list, line, 1, FACE_UI, caption, COLOR_MUTED, close);
    return rect(line.x, card.y + h, line.w, card.h - h - padding);
}

static int least_of(int a, int b)
{
    return a < b ? a : b;
}

void scene_help(DrawList *list, const Scene *scene, Rect r)
{
    int margin = scene_px(scene, 24), gap = scene_px(scene, 56), padding = padding_of(scene);
    int keys_left, words_left, keys_right, words_right;
    size_t split = middle(scene);
    widths(list, scene, 0, split, &keys_left, &words_left);
    widths(list, scene, split, ROWS, &keys_right, &words_right);
    int wanted = keys_left + words_left + gap + keys_right + words_right + 2 * padding;
    int w = least_of(least_of(wanted, scene_px(scene, CARD)), r.w - 2 * margin);
    int left = height_of(scene, 0, split), right = height_of(scene, split, ROWS),
        content = left > right ? left : right;
    int h = least_of(content + head_height(scene) + padding, r.h - 2 * margin);
    Rect card = rect(r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w, h);

    draw_fill(list, r, 0, COLOR_SHADOW, 150);
    draw_hot(list, r, DO_HELP, 0, NULL);
    draw_fill(list, card, scene_px(scene, RADIUS + 4), COLOR_PANEL, 255);
    draw_frame(list, card, scene_px(scene, RADIUS + 4), scene_px(scene, 1), COLOR_BORDER, 255);
    draw_hot(list, card, DO_NOTHING, 0, NULL);
    scene_scroll_area(list, card, PANEL_HELP);

    Rect room = head(list, scene, card);
    int offset = scene_scroll(scene, PANEL_HELP, 0, content, room.h);
    int first = (int)((int64_t)(room.w - gap) * (keys_left + words_left) /
                      (keys_left + words_left + keys_right + words_right));
    size_t hots = list->hot_count;
    draw_clip(list, room);
    column(list, scene, rect(room.x, room.y - offset, first, content), 0, split);
    column(list, scene, rect(room.x + first + gap, room.y - offset, room.w - first - gap, content), split,
           ROWS);
    draw_unclip(list);
    hots_in_sight(list, hots, room);
    scene_scrollbar(list, scene, rect(room.x, room.y, room.w + padding / 2, room.h), offset, content);
}
