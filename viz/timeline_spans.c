/*
 * timeline_spans.c — the life of a lane as bars.
 *
 * Every status has a shape of its own: ready a thin bar, running a full one, waiting hatched, an end a small
 * cap with its symbol. What lies after the playhead is faded.
 *
 * Only what is in sight is walked, found by bisection. Where spans are narrower than MERGE pixels, a stretch
 * of that width is drawn as one, in the status that most of it has; the search then goes on behind the
 * stretch, so ten million spans cost as much as the pixels they cover.
 */
#include "timeline_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    MERGE = 3,       /* px */
    LOOKED = 12,     /* spans looked at from either end of a merged stretch */
    CAP = 24,        /* units of the cap at the end */
    LABEL_LEAST = 80 /* units of a label that was cut; less says nothing */
};

/** A piece of a lane as it is drawn. */
typedef struct Piece {
    int from, until; /* px */
    Status status;
    const Span *span; /* NULL: merged from several */
    bool ran;         /* merged, and at times it ran */
} Piece;

/** The lane that is drawn, and where. */
typedef struct Drawn {
    size_t lane;
    Row row;
    SpanLook look;
    Id id;
    const char *coroutine;
    char name[128]; /* as its label says; only for LOOK_FULL */
} Drawn;

/* ------------------------------------------------------------------------------------- shapes ---- */

static Rect span_rect(const Row *row, const Piece *piece, SpanLook look)
{
    int h = look == LOOK_MAP ? row->h : row->h * timeline_thickness(piece->status) / 100;
    if (h < 1)
        h = 1;
    return rect(piece->from, row->y + (row->h - h) / 2, piece->until - piece->from, h);
}

/** Draws a shape so that what lies behind the playhead is faded, in one piece on the screen. */
static void shape_in_time(const Timeline *timeline, Rect r, Status status)
{
    DrawList *list = timeline->list;
    int now = (int)lround(timeline->now);
    if (r.x + r.w <= now) {
        timeline_shape(list, timeline->scene, r, status, 255);
    } else if (r.x >= now) {
        timeline_shape(list, timeline->scene, r, status, FADED);
    } else {
        draw_clip(list, rect(r.x, r.y, now - r.x, r.h));
        timeline_shape(list, timeline->scene, r, status, 255);
        draw_unclip(list);
        draw_clip(list, rect(now, r.y, r.x + r.w - now, r.h));
        timeline_shape(list, timeline->scene, r, status, FADED);
        draw_unclip(list);
    }
}

/* ------------------------------------------------------------------------------------- labels ---- */

/** Text in a span, cut when there is room for some of it. @return false when it says less than it should */
static bool label_in(const Timeline *timeline, Rect r, Color color, const char *text, int alpha)
{
    DrawList *list = timeline->list;
    const Scene *scene = timeline->scene;
    int padding = scene_px(scene, 7), size = scene_px(scene, TEXT_CAPTION);
    Rect seen = rect_common(r, timeline->body);
    int width = seen.w - 2 * padding, wanted = draw_width(list, FACE_UI, size, text);
    if (wanted > width && width < scene_px(scene, LABEL_LEAST))
        return false;
    int now = (int)lround(timeline->now), behind = seen.x + seen.w - now - padding;
    if (now > seen.x + padding && now < seen.x + padding + wanted && wanted <= behind) {
        seen = rect(now, seen.y, seen.x + seen.w - now, seen.h); /* not under the playhead, but beside it */
        alpha = alpha < FADED + 60 ? alpha : FADED + 60;
        width = seen.w - 2 * padding;
    }
    size_t before = list->count;
    int y = r.y + (r.h - draw_height(list, FACE_UI, size)) / 2;
    draw_text_cut(list, seen.x + padding, y, width, FACE_UI, size, color, text);
    if (list->count > before)
        list->items[list->count - 1].alpha = (uint8_t)alpha;
    return wanted <= width;
}

/** lane_label() as a copy. */
static void lane_name(const History *history, Id id, char *name, size_t size)
{
    char buffer[128];
    snprintf(name, size, "%s", lane_label(history, id, buffer, sizeof buffer));
}

/** What a span says: the function that runs, what is waited for. */
static const char *span_label(const Timeline *timeline, const Drawn *drawn, const Span *span, char *buffer,
                              size_t size)
{
    if (span->status == STATUS_RUNNING)
        return drawn->coroutine ? drawn->coroutine : drawn->name;
    if (span->status == STATUS_WAITING && span->on != ID_NONE &&
        wait_names(timeline->history, span->on, buffer, size))
        return buffer;
    if (span->status == STATUS_WAITING && span->on != ID_NONE)
        return awaited_label(timeline->history, timeline->scene->state, span->on, span->from, buffer, size);
    return "";
}

static const char *status_key(Status status, bool by_hand)
{
    switch (status) {
    case STATUS_IDLE:
        return "state.idle";
    case STATUS_READY:
        return "state.ready";
    case STATUS_RUNNING:
        return "state.running";
    case STATUS_WAITING:
        return by_hand ? "state.suspended" : "state.waiting";
    case STATUS_DONE:
        return "state.done";
    case STATUS_FAILED:
        return "state.failed";
    case STATUS_CANCELLED:
        return "state.cancelled";
    default:
        return "state.none";
    }
}

static void span_hot(const Timeline *timeline, const Drawn *drawn, Rect r, const Span *span,
                     const char *label)
{
    char tip[320];
    const char *status = scene_text(timeline->scene, status_key(span->status, id_kind(drawn->id) == 'k'));
    snprintf(tip, sizeof tip, "%s · %s%s%s · %u", drawn->name, status, *label ? " " : "", label, span->from);
    Rect seen = rect_common(rect_common(r, timeline->body), timeline->rows.area);
    draw_hot(timeline->list, seen, DO_GO, span->from, tip);
}

/** The part of a span's rectangle in front of the first time that passes in it: there its label stands. */
static Rect before_blocked(const Timeline *timeline, Rect r, const Span *span)
{
    for (size_t k = 0; span->status == STATUS_RUNNING && k < timeline->columns.gap_count; k++) {
        double from, until;
        uint32_t event = timeline->columns.gaps[k].event;
        if (event > span->from && event < span->until &&
            columns_gap(&timeline->columns, event, &from, &until))
            return rect(r.x, r.y, (int)from - r.x, r.h);
    }
    return r;
}

/** An open box in the bar, as the loop's own where it sleeps, with how long. */
static void blocked_box(const Timeline *timeline, Rect r, const ColumnGap *gap)
{
    char time[32], text[64];
    DrawList *list = timeline->list;
    const Scene *scene = timeline->scene;
    bool future = r.x + r.w > timeline->now + 1;
    int size = scene_px(scene, TEXT_CAPTION), alpha = future ? FADED + 60 : 255;
    int h = r.h * (timeline_thickness(STATUS_RUNNING) - 12) / 100;
    Rect box = rect(r.x + 2, r.y + (r.h - h) / 2, r.w - 4, h);
    timeline_blocked_box(list, scene, box, future);
    int room = timeline_gap_room(gap) - 8;
    const char *fits = timeline_gap_words(timeline, "lane.blocked", gap, text, sizeof text);
    if (timeline_gap_width(timeline, fits) > room)
        fits = time_label(gap->length, time, sizeof time);
    int width = draw_width(list, FACE_UI, size, fits), y = box.y + (h - draw_height(list, FACE_UI, size)) / 2;
    if (timeline_gap_width(timeline, fits) <= room)
        draw_text_n(list, box.x + (box.w - width) / 2, y, FACE_UI, size,
                    future ? COLOR_TEXT : COLOR_ON_RUNNING, alpha, fits, strlen(fits));
}

/** A blocking call holds its task's bar: how long is written where the time passes. */
static void blocked_labels(const Timeline *timeline, size_t lane, Row row)
{
    for (size_t k = 0; k < timeline->columns.gap_count; k++) {
        const ColumnGap *gap = &timeline->columns.gaps[k];
        double from, until;
        if (timeline_asleep(timeline->history, gap) ||
            timeline_status(timeline->history, lane, gap->event - 1) != STATUS_RUNNING ||
            !columns_gap(&timeline->columns, gap->event, &from, &until))
            continue;
        blocked_box(timeline, rect((int)lround(from), row.y, (int)lround(until) - (int)lround(from), row.h),
                    gap);
    }
}

/* -------------------------------------------------------------------------------------- pieces ---- */

static void draw_piece(const Timeline *timeline, const Drawn *drawn, const Piece *piece)
{
    const Row *row = &drawn->row;
    SpanLook look = drawn->look;
    DrawList *list = timeline->list;
    Rect r = span_rect(row, piece, look);
    if (look == LOOK_MAP) {
        if (piece->status != STATUS_NONE && !timeline_has_ended(piece->status))
            draw_fill(list, r, 0, piece->status == STATUS_IDLE ? COLOR_FAINT : status_color(piece->status),
                      piece->status == STATUS_WAITING ? 110 : 255);
        return;
    }
    if (timeline_has_ended(piece->status)) {
        int most = scene_px(timeline->scene, CAP);
        r.w = r.h < most ? r.h : most;
    }
    shape_in_time(timeline, r, piece->status);
    if (piece->ran && piece->status != STATUS_RUNNING) { /* a thread in the bar: too short to be seen alone */
        int thread = scene_px(timeline->scene, 4);
        shape_in_time(timeline, rect(r.x, row->y + (row->h - thread) / 2, r.w, thread), STATUS_RUNNING);
    }
    if (!piece->span || look == LOOK_SLIM)
        return;
    char buffer[160];
    const char *label = span_label(timeline, drawn, piece->span, buffer, sizeof buffer);
    bool future = piece->from >= lround(timeline->now);
    if (*label)
        label_in(timeline, before_blocked(timeline, r, piece->span),
                 piece->status == STATUS_RUNNING ? COLOR_ON_RUNNING : COLOR_TEXT, label,
                 future ? FADED + 60 : 255);
    if (piece->status != STATUS_NONE)
        span_hot(timeline, drawn, rect(r.x, row->y, r.w, row->h), piece->span, label);
}

/** Index of the span that event i lies in; 0 before the first. */
static size_t span_at(const Span *spans, size_t count, uint32_t i)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans[middle].from <= i)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

Status timeline_status(const History *history, size_t lane, uint32_t i)
{
    const Span *spans;
    size_t count = history_spans(history, lane, &spans), at = span_at(spans, count, i);
    return at < count && spans[at].from <= i && i < spans[at].until ? spans[at].status : STATUS_NONE;
}

/** The same for an event not before span k: it is near, so the steps grow. */
static size_t span_from(const Span *spans, size_t k, size_t count, uint32_t i)
{
    size_t stride = 1;
    while (k + stride < count && spans[k + stride].from <= i) {
        k += stride;
        stride *= 2;
    }
    size_t behind = k + stride < count ? k + stride : count;
    return k + span_at(spans + k, behind - k, i);
}

/** The same for a place; by a real clock this asks fewer events for their time. */
static size_t span_before(const Columns *columns, const Span *spans, size_t k, size_t count, double x)
{
    size_t stride = 1;
    while (k + stride < count && columns_start(columns, spans[k + stride].from) <= x) {
        k += stride;
        stride *= 2;
    }
    size_t low = k, high = k + stride < count ? k + stride : count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (columns_start(columns, spans[middle].from) <= x)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/** The status that most of the spans first … last have, judged by those near either end. *ran: one of them
 * runs. */
static Status most_of(const Span *spans, size_t first, size_t last, bool *ran)
{
    uint64_t events[STATUSES] = {0};
    for (size_t k = first; k <= last; k++) {
        if (k == first + LOOKED && last > first + 2 * (size_t)LOOKED)
            k = last - LOOKED;
        uint32_t until = spans[k].until == UINT32_MAX ? spans[k].from + 1 : spans[k].until;
        events[spans[k].status] += until - spans[k].from;
    }
    Status most = spans[last].status;
    for (int status = STATUS_IDLE; status < STATUSES; status++)
        if (events[status] > events[most])
            most = (Status)status;
    *ran = events[STATUS_RUNNING] > 0;
    return most;
}

static int span_end(const Timeline *timeline, const Span *span)
{
    uint32_t until = span->until > timeline->columns.count ? timeline->columns.count + 1 : span->until;
    return (int)lround(fmin(columns_start(&timeline->columns, until), 1e6));
}

/**
 * The piece that begins with span k, alone or merged with those behind it that share its few pixels.
 * @return the number of the span behind it
 */
static size_t next_piece(const Timeline *timeline, const Span *spans, size_t count, size_t k, Piece *piece)
{
    const Columns *columns = &timeline->columns;
    int from = (int)lround(fmax(columns_start(columns, spans[k].from), -1e6));
    *piece = (Piece){from, span_end(timeline, &spans[k]), spans[k].status, &spans[k], false};
    if (piece->until <= from)
        piece->until = from + 1;
    if (piece->until - from >= MERGE || timeline_has_ended(piece->status))
        return k + 1;
    size_t end = columns->linear ? span_before(columns, spans, k, count, from + MERGE)
                                 : span_from(spans, k, count, columns_event(columns, from + MERGE));
    if (end > k &&
        (timeline_has_ended(spans[end].status) || span_end(timeline, &spans[end]) > from + 2 * MERGE))
        end--; /* it can stand alone */
    if (end <= k)
        return k + 1;
    *piece = (Piece){.from = from, .until = from + MERGE};
    piece->status = most_of(spans, k, end, &piece->ran);
    return end + 1;
}

void timeline_spans(const Timeline *timeline, size_t lane, Row row, SpanLook look)
{
    const Span *spans;
    size_t count = history_spans(timeline->history, lane, &spans);
    uint32_t first = columns_first(&timeline->columns), last = columns_last(&timeline->columns);
    const Lane *its = history_lane(timeline->history, lane);
    Drawn drawn = {.lane = lane, .row = row, .look = look, .id = its->id, .coroutine = its->coroutine};
    if (look == LOOK_FULL)
        lane_name(timeline->history, its->id, drawn.name, sizeof drawn.name);
    Piece piece = {0}, next;
    bool open = false;
    for (size_t k = span_at(spans, count, first > 1 ? first - 1 : 0); k < count && spans[k].from <= last;) {
        k = next_piece(timeline, spans, count, k, &next);
        if (open && !piece.span && !next.span && piece.status == next.status &&
            next.from <= piece.until + 1) {
            piece.until = next.until;
            continue;
        }
        if (open)
            draw_piece(timeline, &drawn, &piece);
        piece = next;
        open = true;
    }
    if (open)
        draw_piece(timeline, &drawn, &piece);
    if (look == LOOK_FULL)
        blocked_labels(timeline, lane, row);
}
