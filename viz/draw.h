/*
 * draw.h — the display list: a picture as plain data.
 *
 * The one seam between what is shown and how: scene code fills it, and whatever paints, compares or exports
 * reads it. Pixels, colours by role (a theme gives them values), texts in UTF-8 inside the list. Commands
 * paint in order. Filling one allocates nothing once its arrays have grown.
 *
 * A group (draw_group … draw_ungroup) is what may move: one task's card keeps its key from the ready queue to
 * "running" to "waiting", and the animator slides the whole group from its old place to the new one.
 */
#ifndef VIZ_DRAW_H
#define VIZ_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Rect {
    int x, y, w, h;
} Rect;

static inline Rect rect(int x, int y, int w, int h)
{
    return (Rect){x, y, w, h};
}

static inline bool rect_has(Rect r, int x, int y)
{
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

static inline Rect rect_inset(Rect r, int dx, int dy)
{
    return (Rect){r.x + dx, r.y + dy, r.w - 2 * dx, r.h - 2 * dy};
}

/** What two rectangles share; empty when they share nothing. */
static inline Rect rect_common(Rect a, Rect b)
{
    int left = a.x > b.x ? a.x : b.x, top = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return rect(left, top, right > left ? right - left : 0, bottom > top ? bottom - top : 0);
}

/** What a colour means. Colour means state, and nothing else: the state roles are used for nothing but
 * states. */
typedef enum Color {
    COLOR_BACKGROUND, /* behind everything */
    COLOR_PANEL,      /* cards, source, bars */
    COLOR_SUNKEN,     /* inner cards, bands, narration */
    COLOR_BORDER,
    COLOR_GRID, /* lane lines, iteration bands */
    COLOR_TEXT,
    COLOR_MUTED,
    COLOR_FAINT,
    COLOR_ON_STATE,   /* text on a filled state colour … */
    COLOR_ON_RUNNING, /* … but on COLOR_RUNNING, which is light in every theme */
    COLOR_RUNNING,
    COLOR_READY,
    COLOR_WAITING,
    COLOR_DONE,
    COLOR_FAILED,
    COLOR_CANCELLED,
    COLOR_LINE,  /* the lit source line */
    COLOR_FOCUS, /* keyboard focus, selection */
    COLOR_SHADOW,
    COLOR_KEYWORD, /* source: keywords … */
    COLOR_NAME,    /* … functions */
    COLOR_STRING,
    COLOR_NUMBER,
    COLOR_COMMENT,
    COLORS
} Color;

typedef enum Face { FACE_UI, FACE_UI_BOLD, FACE_CODE, FACE_CODE_BOLD, FACES } Face;

typedef enum DrawOp {
    DRAW_FILL,     /* rectangle, corners of `radius` */
    DRAW_FRAME,    /* its outline, `width` px wide, inside the rectangle; dashed when `dash` > 0 */
    DRAW_HATCH,    /* diagonal stripes on a light ground of the same colour: the look of waiting */
    DRAW_TEXT,     /* at x, baseline box top y, one line, `size` px high face */
    DRAW_LINE,     /* from (x, y) to (x + w, y + h), `width` px */
    DRAW_CURVE,    /* the same as an S-shaped curve that leaves and arrives vertically */
    DRAW_TRIANGLE, /* filled, pointing `turn`: 0 right, 1 down, 2 left, 3 up */
    DRAW_PICTURE,  /* a PNG file (picture.h), scaled to the rectangle; its name stands behind the data */
    DRAW_CLIP,     /* what follows is seen only inside the rectangle (and inside the clips around it) */
    DRAW_UNCLIP,
    DRAW_GROUP, /* `key` and its rectangle; what follows belongs to it */
    DRAW_UNGROUP,
} DrawOp;

typedef struct Draw {
    uint8_t op;
    uint8_t color;
    uint8_t alpha; /* 255 opaque */
    uint8_t face;
    uint8_t turn;
    uint8_t dash;
    uint16_t size;   /* text: px */
    uint16_t radius; /* px */
    uint16_t width;  /* px */
    Rect r;          /* text: x, y, measured width, line height */
    uint32_t text;   /* offset into the list's texts */
    uint32_t length; /* bytes */
    uint64_t key;
} Draw;

/** Measures a text; given to the list so that scene code needs no fonts. */
typedef struct TextMeasure {
    int (*width)(void *context, Face face, int size, const char *text, size_t length);
    int (*height)(void *context, Face face, int size); /* line height, px */
    void *context;
    int (*ascent)(void *context, Face face, int size); /* from the line's top to its baseline, px */
} TextMeasure;

/** Where a click, a drag or the wheel does something: an action (view.h) with its argument. The last one that
 * has the point wins. */
typedef struct Hot {
    Rect r;
    uint16_t action;
    uint32_t tip; /* offset + 1 into texts of a tooltip, 0 none (draw_tip) */
    int64_t argument;
} Hot;

typedef struct DrawList {
    Draw *items;
    size_t count, capacity;
    char *texts;
    size_t text_count, text_capacity;
    Hot *hots;
    size_t hot_count, hot_capacity;
    TextMeasure measure;
    bool failed; /* out of memory: what is there is still well-formed */
} DrawList;

void draw_clear(DrawList *list);
void draw_free(DrawList *list);

void draw_fill(DrawList *list, Rect r, int radius, Color color, int alpha);
void draw_frame(DrawList *list, Rect r, int radius, int width, Color color, int alpha);
void draw_dashed(DrawList *list, Rect r, int radius, int width, int dash, Color color, int alpha);
void draw_hatch(DrawList *list, Rect r, int radius, Color color, int alpha);
/** @return the x behind the text */
int draw_text(DrawList *list, int x, int y, Face face, int size, Color color, const char *text);
int draw_text_n(DrawList *list, int x, int y, Face face, int size, Color color, int alpha, const char *text,
                size_t length);
/** What a text of this face is cut with. Code's is of full stops: its font is Chinese, and centres "…". */
const char *draw_ellipsis(Face face);
/** Cut with an ellipsis so that it is at most `width` wide. @return the x behind it */
int draw_text_cut(DrawList *list, int x, int y, int width, Face face, int size, Color color,
                  const char *text);
/** Inside r: aligned -1 left, 0 centre, 1 right; vertically centred; cut to fit. */
void draw_text_in(DrawList *list, Rect r, int align, Face face, int size, Color color, const char *text);
void draw_line(DrawList *list, int x0, int y0, int x1, int y1, int width, Color color, int alpha);
void draw_curve(DrawList *list, int x0, int y0, int x1, int y1, int width, Color color, int alpha);
void draw_triangle(DrawList *list, Rect r, int turn, Color color, int alpha);
/** @param data a PNG file in base64, copied into the list @param name for whoever reads the list */
void draw_picture(DrawList *list, Rect r, const char *data, const char *name);
void draw_clip(DrawList *list, Rect r);
void draw_unclip(DrawList *list);
void draw_group(DrawList *list, uint64_t key, Rect r);
void draw_ungroup(DrawList *list);
void draw_hot(DrawList *list, Rect r, int action, int64_t argument, const char *tip);
const Hot *draw_hot_at(const DrawList *list, int x, int y);
/** Its tooltip, or NULL. */
const char *draw_tip(const DrawList *list, const Hot *hot);

/** A role's name, as in theme files and dumps: "on-state". */
const char *color_name(Color color);

int draw_width(const DrawList *list, Face face, int size, const char *text);
int draw_height(const DrawList *list, Face face, int size);
/** From the top of a line to its baseline, px: faces that share a line share the baseline. */
int draw_ascent(const DrawList *list, Face face, int size);
/** Of a text its bytes, of a picture its data, else "". */
const char *draw_string(const DrawList *list, const Draw *item);
/** A picture's name. */
const char *draw_picture_name(const DrawList *list, const Draw *item);

/** Makes `to` equal to `from`, but for its measure. */
bool draw_copy(DrawList *to, const DrawList *from);
/** Adds a command as it is; of a text, the bytes must be in `list` already. */
bool draw_push(DrawList *list, Draw item);
/** Adds the bytes of a text. @return where they stand, for Draw.text; SIZE_MAX when out of memory */
size_t draw_keep(DrawList *list, const char *text, size_t length);
/** All that a command may paint: lines reach beyond their ends, letters beyond their width. */
Rect draw_reach(const Draw *item);
/** Do the two show the same picture? (Hots are no part of it.) */
bool draw_equal(const DrawList *a, const DrawList *b);

/** The list as text, a line a command: the portable golden. The caller frees it. */
char *draw_dump(const DrawList *list);

#endif
