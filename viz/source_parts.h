/*
 * source_parts.h — what the source panel is made of: a page of text, who stands at its lines, and a line laid
 * out.
 */
#ifndef VIZ_SOURCE_PARTS_H
#define VIZ_SOURCE_PARTS_H

#include "highlight.h"
#include "scene_parts.h"

#define CHIPS     32
#define FRAMES    16
#define CODE_ROWS 8
#define PLACES    96 /* lines at which somebody stands */

/** The text that is shown, and what is lit in it. */
typedef struct Page {
    const char *text; /* NULL: there is no such source */
    const char *name;
    Id source;
    Syntax syntax;
    Tab tab;
    uint32_t first, last; /* the lines that are lit, 0 none */
    bool runs;            /* somebody runs there now; else it is where the last one was */
    Id runner;
    Frame frames[FRAMES]; /* the await chain of the runner */
    size_t frame_count;
} Page;

/** A line of the listing as a line of the page, 0 when it is not there. */
uint32_t page_line(const Scene *scene, const Page *page, Id source, uint32_t line);

/** Finds who runs and which lines are lit, once the page has its text and source (source_light.c). */
void page_light(const Scene *scene, Page *page);

/* ----------------------------------------------------------------------- chips (source_chips.c) ---- */

typedef struct Chip {
    Id id;
    Status status;
    bool outer; /* a frame that awaits another one further in */
} Chip;

/** Who stands at a line. */
typedef struct Place {
    uint32_t line;
    size_t count; /* the first CHIPS of them are in `chips` */
    Chip chips[CHIPS];
} Place;

typedef struct Places {
    size_t count;
    Place place[PLACES];
} Places;

/** The chips of a line: how many are drawn, how wide they are together, and whether by badge. */
typedef struct ChipRow {
    size_t count, fits;
    int width;
    bool brief;
} ChipRow;

/** Everybody who stands somewhere on the page. */
void places_find(Places *places, const Scene *scene, const Page *page);
/** NULL when nobody stands there. */
const Place *places_at(const Places *places, uint32_t line);
/** Names if all of them fit into `room` pixels and it is not to be `brief`, else badges, and what then is
 * left over is "+2". */
ChipRow chips_fit(const DrawList *list, const Scene *scene, const Place *place, int room, bool brief);
void chips_draw(DrawList *list, const Scene *scene, Rect r, const Place *place, ChipRow row);

/* ------------------------------------------------------------------------ a line (source_code.c) ---- */

/** A line laid out: what does not fit a row goes on in the next, a little further in. */
typedef struct Code {
    const char *line;
    size_t length;
    size_t said; /* without a comment at its end: that is cut rather than continued */
    HighlightSpan spans[HIGHLIGHT_SPANS];
    size_t count;
    size_t begin[CODE_ROWS]; /* where the rows begin */
    size_t rows;
    int indent; /* px, of all rows but the first */
    int end;    /* px: the width of the last row up to `said` */
    int whole;  /* … and with the comment behind it */
    int close;  /* … the comment as close to the code as it can come */
} Code;

/** @param width px of a row @param carry as in highlight_line() */
void code_lay_out(Code *code, const DrawList *list, int size, const char *line, size_t length, Syntax syntax,
                  int *carry, int width);
/** Draws row `row` of it into r. @param cut set to true when not all of it fits @return the x behind it */
int code_draw(DrawList *list, Rect r, int size, const Code *code, size_t row, bool *cut);
/** How many columns the widest line of code in a text takes, of those that take at most `limit` (a Chinese
 * letter takes two); comments do not count. */
int code_columns(const char *text, Syntax syntax, int limit);

#endif
