/*
 * timeline_legend.c — below the rows: what the shapes mean at the left, axis and zoom at the right.
 *
 * The buttons come first; of the legend stands there what fits beside them, in the order in which a beginner
 * meets the states.
 */
#include "timeline_parts.h"

typedef struct Meaning {
    Status status;
    const char *key;
} Meaning;

/* clang-format off */
static const Meaning with_loop[] = {
    {STATUS_RUNNING,   "legend.running"},
    {STATUS_READY,     "legend.ready"},
    {STATUS_WAITING,   "legend.waiting"},
    {STATUS_DONE,      "legend.done"},
    {STATUS_FAILED,    "legend.failed"},
    {STATUS_CANCELLED, "legend.cancelled"},
};

/* Where control is passed by hand nobody is ready, and nobody waits for anything. */
static const Meaning by_hand[] = {
    {STATUS_RUNNING,   "legend.running"},
    {STATUS_WAITING,   "legend.suspended"},
    {STATUS_IDLE,      "state.idle"},
    {STATUS_DONE,      "legend.done"},
    {STATUS_FAILED,    "legend.failed"},
};
/* clang-format on */

/** A square button with a sign. @return its left edge */
static int sign_button(DrawList *list, const Scene *scene, int right, int y, int h, bool plus, Action action,
                       const char *tip_key)
{
    Rect r = rect(right - h, y, h, h);
    int arm = h * 24 / 100, line = scene_px(scene, 1.8), cx = r.x + h / 2, cy = r.y + h / 2;
    draw_fill(list, r, h / 2, COLOR_PANEL, 255);
    draw_frame(list, r, h / 2, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_fill(list, rect(cx - arm, cy - line / 2, 2 * arm, line), 0, COLOR_MUTED, 255);
    if (plus)
        draw_fill(list, rect(cx - line / 2, cy - arm, line, 2 * arm), 0, COLOR_MUTED, 255);
    draw_hot(list, r, (int)action, -1, scene_text(scene, tip_key));
    return r.x;
}

/** A pill whose right edge is given. @return its left edge */
static int pill(DrawList *list, const Scene *scene, int right, int y, int h, Color color, const char *text,
                Action action, const char *tip_key)
{
    int x = right - scene_pill_width(list, scene, FACE_UI, text);
    scene_pill(list, scene, x, y, h, FACE_UI, color, text, action, 0, scene_text(scene, tip_key));
    return x;
}

/** @return the left edge of the buttons */
static int buttons(DrawList *list, const Scene *scene, const Columns *columns, Rect r)
{
    int h = r.h < scene_px(scene, 30) ? r.h : scene_px(scene, 30), y = r.y + (r.h - h) / 2;
    int gap = scene_px(scene, 8), x = r.x + r.w;
    char text[96];
    x = sign_button(list, scene, x, y, h, true, DO_ZOOM_IN, "timeline.zoom_in") - gap;
    x = sign_button(list, scene, x, y, h, false, DO_ZOOM_OUT, "timeline.zoom_out") - gap;
    x = pill(list, scene, x, y, h, columns->whole ? COLOR_FAINT : COLOR_TEXT,
             scene_text(scene, "timeline.fit"), DO_FIT, "tip.fit") -
        gap;
    const char *axis = scene_text(scene, columns->by_clock ? "axis.clock" : "axis.step");
    scene_fill(scene, text, sizeof text, "legend.axis", "axis", axis, NULL);
    x = pill(list, scene, x, y, h, COLOR_TEXT, text, DO_AXIS, "tip.axis") - 2 * gap;
    return x;
}

/** By a virtual clock something is not as it looks, and has to be told; else how to move is merely a help. */
static bool hint_is_needed(const Columns *columns)
{
    return columns->by_clock && !columns->linear;
}

static const char *hint_text(const Scene *scene, const Columns *columns)
{
    return scene_text(scene, hint_is_needed(columns) ? "timeline.instants" : "legend.hint");
}

/** Muted words right of the legend, when they fit. */
static void hint(DrawList *list, const Scene *scene, const Columns *columns, Rect r, int left, int right)
{
    const char *text = hint_text(scene, columns);
    int size = scene_px(scene, TEXT_CAPTION), width = draw_width(list, FACE_UI, size, text);
    if (right - width < left + 2 * size)
        return;
    draw_text_in(list, rect(right - width, r.y, width, r.h), 0, FACE_UI, size, COLOR_MUTED, text);
}

/** Words behind a shape that is `wide`. @return the x behind, or `right` when there was no room */
static int named(DrawList *list, const Scene *scene, const char *key, Rect r, int x, int wide, int right)
{
    int size = scene_px(scene, TEXT_CAPTION), gap = scene_px(scene, 8);
    const char *text = scene_text(scene, key);
    int width = wide + gap + draw_width(list, FACE_UI, size, text);
    if (x + width > right)
        return right;
    draw_text_in(list, rect(x + wide + gap, r.y, width, r.h), -1, FACE_UI, size, COLOR_MUTED, text);
    return x + width;
}

/** @return the x behind it, or `right` when there was no room */
static int meaning(DrawList *list, const Scene *scene, const Meaning *which, Rect r, int x, int right)
{
    int row = scene_px(scene, 26), wide = scene_px(scene, 26);
    int h = row * timeline_thickness(which->status) / 100, side = row * 62 / 100, w = wide;
    if (timeline_has_ended(which->status))
        w = h = side;
    int behind = named(list, scene, which->key, r, x, wide, right);
    if (behind < right)
        timeline_shape(list, scene, rect(x + (wide - w) / 2, r.y + (r.h - h) / 2, w, h), which->status, 255);
    return behind;
}

/** The boxes of time that passes, as far as there are any in sight. @return the x behind */
static int boxes(DrawList *list, const Scene *scene, const Columns *columns, Rect r, int x, int right,
                 int apart)
{
    bool idle = false, held = false;
    int wide = scene_px(scene, 26), h = scene_px(scene, 18);
    for (size_t k = 0; k < columns->gap_count; k++)
        *(timeline_asleep(scene->history, &columns->gaps[k]) ? &idle : &held) = true;
    for (int kind = 0; kind < 3 && x < right; kind++) {
        static const char *const keys[] = {"legend.idle", "legend.held", "legend.blocked"};
        Rect box = rect(x, r.y + (r.h - h) / 2, wide, h);
        if (kind == 0 ? !idle : !held)
            continue;
        x = named(list, scene, keys[kind], r, x, wide, right);
        if (x >= right)
            break;
        if (kind == 0)
            timeline_idle_box(list, scene, box, false);
        else if (kind == 1)
            timeline_held_box(list, scene, box, false);
        else {
            timeline_shape(list, scene, box, STATUS_RUNNING, 255);
            timeline_blocked_box(list, scene, rect_inset(box, scene_px(scene, 3), scene_px(scene, 3)), false);
        }
        x += apart;
    }
    return x;
}

void timeline_legend(DrawList *list, const Scene *scene, const Columns *columns, Rect r)
{
    bool has_loop = history_iterations(scene->history) > 0;
    const Meaning *all = has_loop ? with_loop : by_hand;
    size_t count = has_loop ? sizeof with_loop / sizeof *with_loop : sizeof by_hand / sizeof *by_hand;
    int right = buttons(list, scene, columns, r), x = r.x;
    int apart = scene_px(scene, scene->layout.compact ? 16 : 30);
    for (size_t k = 0; k < count && x < right; k++)
        x = meaning(list, scene, &all[k], r, x, right) + apart;
    int size = scene_px(scene, TEXT_CAPTION), end = right;
    if (hint_is_needed(columns))
        end -= draw_width(list, FACE_UI, size, hint_text(scene, columns)) + 2 * size + apart;
    if (has_loop && x < end)
        x = boxes(list, scene, columns, r, x, end, apart);
    if (x < right)
        hint(list, scene, columns, r, x, right);
}
