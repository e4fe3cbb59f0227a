/*
 * timeline_parts.h — what the pieces of the timeline share: the columns across, the rows down.
 *
 *     label │ ruler                              timeline_ruler.c
 *     ──────┼──────────────────────────────
 *     loop  │ ═══════┄┄ idle ┄┄═════════         timeline_ruler.c
 *     main  │ ▬▬███▨▨▨▨▨▨▨▨▨▨▨▨▨▬█✓               timeline_spans.c, arrows timeline_edges.c
 *     img1  │     ▬▬▬██▨▨▨▨▨▨▨▨▨▬█✓
 *     ──────┼──────────────────────────────
 *           │ minimap                            timeline_minimap.c
 *     legend                        axis, zoom   timeline_legend.c
 *
 * The loop's row stands still at the top, and main's with it when not all rows fit; the others scroll below
 * (timeline_scroll.c). The tasks that asyncio made for itself share one slim row, which stands still at the
 * end.
 */
#ifndef VIZ_TIMELINE_PARTS_H
#define VIZ_TIMELINE_PARTS_H

#include "scene_parts.h"
#include "sight.h"
#include "timeline.h"

/** More of asyncio's own tasks than this have rows of their own. */
#define ROW_HELPERS 32

/** A row on the screen: what lies in it, and where. */
typedef struct Row {
    int y, h;
} Row;

/** The rows of all lanes; those out of sight have places too. */
typedef struct Rows {
    const History *history;
    Rect area;    /* of the rows that scroll, px */
    Row loop;     /* h 0: the program has no loop */
    Row first;    /* of row 0 when that does not scroll, else h 0 */
    int height;   /* of a row */
    int slim;     /* of the helpers' row, which does not scroll; 0: there is none */
    int scroll;   /* px that the content is moved up */
    int content;  /* px of all rows that scroll */
    size_t count; /* rows, without loop and helpers */
    size_t lanes;
    uint32_t helpers[ROW_HELPERS]; /* lanes without a row of their own, in order */
    size_t helper_count;
} Rows;

/** Lays rows out in `area` (loop row included), so that the row of whatever runs is in sight. */
Rows rows_of(const Scene *scene, Rect area);
/** The number of the row that stands at the top of the rows that scroll, of which so many are in sight. */
size_t rows_top(const Rows *rows, uint32_t i, size_t in_sight);
/** The number of a lane's row, rows->count for helpers. @return false when it has none */
bool rows_number(const Rows *rows, Id id, size_t *row);
/** The lane in a row. */
size_t rows_lane(const Rows *rows, size_t row);
/** Where row number k is. */
Row rows_at(const Rows *rows, size_t row);
/** First of the rows that scroll of which something is in sight, and the one behind the last. */
void rows_visible(const Rows *rows, size_t *first, size_t *last);
/** The row of a lane; the loop's for ID_NONE. @return false when it has none */
bool rows_of_id(const Rows *rows, Id id, Row *row);
/** Is something of a lane's row in sight, or of the loop's for ID_NONE? */
bool rows_show(const Rows *rows, Id id);
/** The helpers' row. */
Row rows_helpers(const Rows *rows);
/** The index of a lane. @return false when there is no such lane */
bool lane_index(const History *history, Id id, size_t *index);

/** Everything a piece looks at. */
typedef struct Timeline {
    DrawList *list;
    const Scene *scene;
    const History *history;
    Columns columns;
    Rows rows;
    Rect ruler;  /* over the columns */
    Rect body;   /* the columns, from the loop's row to the last */
    Rect labels; /* left of the body */
    double now;  /* x of the playhead */
} Timeline;

/** How much of itself shows of what lies after the playhead, of 255. */
enum { FADED = 84 };

/** How a row's spans are drawn. */
typedef enum SpanLook { LOOK_FULL, LOOK_SLIM, LOOK_MAP } SpanLook;

/** The spans of a lane in a row; those too narrow to tell apart are merged. */
void timeline_spans(const Timeline *timeline, size_t lane, Row row, SpanLook look);
/** The status that a lane has after event i. */
Status timeline_status(const History *history, size_t lane, uint32_t i);
/** The part of a row's height that a status takes, in percent. */
int timeline_thickness(Status status);
/** Done, failed or cancelled: what is drawn as a cap. */
bool timeline_has_ended(Status status);
/** A bar, a hatch or a cap as a status looks (timeline_shape.c). */
void timeline_shape(DrawList *list, const Scene *scene, Rect r, Status status, int alpha);

/** Does the loop sleep in a gap? Else a call holds it. */
bool timeline_asleep(const History *history, const ColumnGap *gap);
/** What is written in a gap: "idle 1.000 s", by its key. */
const char *timeline_gap_words(const Timeline *timeline, const char *key, const ColumnGap *gap, char *buffer,
                               size_t size);
/** Its width for whatever digits, so that of boxes of one width not only those with a slim "1" are told. */
int timeline_gap_width(const Timeline *timeline, const char *words);

/** The whole pixels that a gap is wide; a gap far wider than a window is as wide as can be drawn. */
int timeline_gap_room(const ColumnGap *gap);

/** Iteration bands behind everything. */
void timeline_bands(const Timeline *timeline);
/** The ruler's text: iterations, or times by clock. */
void timeline_ruler(const Timeline *timeline);
/** The loop's own row. */
void timeline_loop(const Timeline *timeline);
/** Arrows between rows: those of the step just taken, or all the others. */
void timeline_edges(const Timeline *timeline, bool of_this_step);
/** The whole trace in a strip, with what is in sight framed. */
void timeline_minimap(const Timeline *timeline, Rect r);
/** What the shapes mean, and the buttons for axis and zoom. */
void timeline_legend(DrawList *list, const Scene *scene, const Columns *columns, Rect r);
/** A box of the loop's row: open where it sleeps, closed where a call holds it. */
void timeline_idle_box(DrawList *list, const Scene *scene, Rect r, bool future);
void timeline_held_box(DrawList *list, const Scene *scene, Rect r, bool future);
/** An open box in the bar of a task that blocks. */
void timeline_blocked_box(DrawList *list, const Scene *scene, Rect r, bool future);

#endif
