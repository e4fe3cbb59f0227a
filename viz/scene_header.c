/*
 * scene_header.c — which lesson this is, where in it we are, and the buttons that are always there.
 *
 * The pills are laid out from the right, the most important ones first; what there is no room for is left
 * out, and the title gets the rest. The number of the event goes without its word for a summary that would
 * not fit on one line otherwise. What happened to the program (it crashed, its trace is cut) stands beside
 * the title and is never left out.
 */
#include "rich.h"
#include "scene_parts.h"

#include <stdio.h>
#include <string.h>

#define TITLE_GAP 18 /* units between the title and what follows it */

typedef struct Bar {
    DrawList *list;
    const Scene *scene;
    int left, right; /* still free between these */
    int summary;     /* where the summary ends at most: numbers that grow do not move it */
    int y, h;        /* of pills */
    int gap;
} Bar;

/* A pill at the right end of what is free, if that leaves `keep` for the title. */
static void put_pill(Bar *bar, Face face, Color color, const char *text, Action action, int64_t argument,
                     const char *tip, int keep)
{
    int width = scene_pill_width(bar->list, bar->scene, face, text);
    if (bar->right - width - bar->left < keep)
        return;
    scene_pill(bar->list, bar->scene, bar->right - width, bar->y, bar->h, face, color, text, action, argument,
               tip);
    bar->right -= width + bar->gap;
}

/* The theme button: a disc that is half dark. Drawn, since not every font has the glyph. */
static void put_theme(Bar *bar)
{
    const Scene *scene = bar->scene;
    DrawList *list = bar->list;
    int disc = scene_px(scene, 18), line = scene_px(scene, 1.8), width = bar->h + scene_px(scene, 6);
    Rect r = rect(bar->right - width, bar->y, width, bar->h);
    Rect half = rect(r.x + (r.w - disc) / 2, r.y + (r.h - disc) / 2, disc, disc);
    draw_fill(list, r, bar->h / 2, COLOR_PANEL, 255);
    draw_frame(list, r, bar->h / 2, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_frame(list, half, disc / 2, line, COLOR_MUTED, 255);
    draw_clip(list, rect(half.x, half.y, disc / 2, disc));
    draw_fill(list, half, disc / 2, COLOR_MUTED, 255);
    draw_unclip(list);
    draw_hot(list, r, DO_THEME, 0, scene_text(scene, "tip.theme"));
    bar->right -= width + bar->gap;
}

/* Three small steps, as many filled as the view is deep. */
static void put_level(Bar *bar, int keep)
{
    static const char *const keys[] = {"level.tasks", "level.futures", "level.loop"};
    const Scene *scene = bar->scene;
    DrawList *list = bar->list;
    int step = scene_px(scene, 13), gap = scene_px(scene, 5), padding = scene_px(scene, 12);
    int width = 3 * step + 2 * gap + 2 * padding;
    if (bar->right - width - bar->left < keep)
        return;
    Rect r = rect(bar->right - width, bar->y, width, bar->h);
    draw_fill(list, r, bar->h / 2, COLOR_PANEL, 255);
    draw_frame(list, r, bar->h / 2, scene_px(scene, 1), COLOR_BORDER, 255);
    for (int k = 0; k < 3; k++) {
        char tip[160];
        int x = r.x + padding + k * (step + gap), high = scene_px(scene, 8 + 5 * k);
        Rect part = rect(x, r.y + (r.h + scene_px(scene, 18)) / 2 - high, step, high);
        draw_fill(list, part, scene_px(scene, 2), (int)scene->view->level >= k ? COLOR_MUTED : COLOR_BORDER,
                  255);
        snprintf(tip, sizeof tip, "%d · %s", k + 1, scene_text(scene, keys[k]));
        int from = k == 0 ? r.x : x - gap / 2, until = k == 2 ? r.x + r.w : x + step + gap - gap / 2;
        draw_hot(list, rect(from, r.y, until - from, r.h), DO_LEVEL, k, tip);
    }
    bar->right -= width + bar->gap;
}

static void put_buttons(Bar *bar)
{
    const Scene *scene = bar->scene;
    put_pill(bar, FACE_UI, COLOR_MUTED, "?", DO_HELP, 0, scene_text(scene, "tip.help"), 0);
    put_theme(bar);
    put_pill(bar, FACE_UI, COLOR_MUTED, scene_text(scene, "scene.languages"), DO_LANGUAGE, 0,
             scene_text(scene, "tip.language"), 0);
    put_level(bar, scene_px(scene, 240));
}

/* The round that the loop is in; where there are several loops, which one. */
static void tell_iteration(const Scene *scene, uint32_t iteration, char *text, size_t size)
{
    char loop[16], n[16];
    snprintf(loop, sizeof loop, "%u", scene->state->loop);
    snprintf(n, sizeof n, "%u", iteration);
    if (history_iterations(scene->history) == 0)
        snprintf(text, size, "%s", scene_text(scene, "header.no_loop"));
    else if (iteration == 0)
        snprintf(text, size, "%s", scene_text(scene, "header.before"));
    else if (history_has_loops(scene->history))
        scene_fill(scene, text, size, "header.loop", "loop", loop, "n", n, NULL);
    else
        scene_fill_n(scene, text, size, "header.iteration", "n", iteration);
}

static void tell_event(const Scene *scene, uint32_t i, bool brief, char *text, size_t size)
{
    char number[24], count[24];
    snprintf(number, sizeof number, "%u", i);
    snprintf(count, sizeof count, "%u", history_count(scene->history));
    scene_fill(scene, text, size, brief ? "header.event.brief" : "header.event", "i", number, "n", count,
               NULL);
}

static void tell_clock(const Scene *scene, int64_t ts, char *text, size_t size)
{
    char time[48];
    scene_fill(scene, text, size, "header.clock", "time", time_label(ts, time, sizeof time), NULL);
}

/* How wide iteration, event and clock become in this run. */
static int widest_numbers(const Bar *bar, bool brief)
{
    const Scene *scene = bar->scene;
    uint32_t count = history_count(scene->history);
    char text[96];
    int width = 0, before, last;
    tell_clock(scene, count > 0 ? history_ts(scene->history, count) : 0, text, sizeof text);
    width += scene_pill_width(bar->list, scene, FACE_CODE, text) + bar->gap;
    tell_event(scene, count, brief, text, sizeof text);
    width += scene_pill_width(bar->list, scene, FACE_CODE, text) + bar->gap;
    tell_iteration(scene, 0, text, sizeof text);
    before = scene_pill_width(bar->list, scene, FACE_CODE, text);
    tell_iteration(scene, (uint32_t)history_iterations(scene->history), text, sizeof text);
    last = scene_pill_width(bar->list, scene, FACE_CODE, text);
    return width + (before > last ? before : last) + bar->gap;
}

/* Iteration, event, clock: from the right, so the clock is left out last. */
static void put_numbers(Bar *bar, int keep, bool brief)
{
    const Scene *scene = bar->scene;
    const State *state = scene->state;
    char text[96], tip[96];
    tell_clock(scene, state->ts, text, sizeof text);
    put_pill(bar, FACE_CODE, COLOR_MUTED, text, DO_NOTHING, 0,
             scene_text(scene, history_is_virtual(scene->history) ? "header.virtual" : "header.real"), keep);
    tell_event(scene, state->i, brief, text, sizeof text);
    tell_event(scene, state->i, false, tip, sizeof tip);
    put_pill(bar, FACE_CODE, COLOR_MUTED, text, DO_NOTHING, 0, brief ? tip : NULL, keep);
    tell_iteration(scene, state->iteration, text, sizeof text);
    put_pill(bar, FACE_CODE, COLOR_MUTED, text, DO_NOTHING, 0, NULL, keep);
}

static void put_back(Bar *bar)
{
    const Scene *scene = bar->scene;
    int size = bar->h, arrow = scene_px(scene, 12);
    Rect r = rect(bar->left, bar->y, size, size);
    draw_fill(bar->list, r, size / 2, COLOR_SUNKEN, 255);
    draw_frame(bar->list, r, size / 2, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_triangle(bar->list,
                  rect(r.x + (size - arrow) / 2 - scene_px(scene, 1), r.y + (size - arrow) / 2, arrow, arrow),
                  2, COLOR_MUTED, 255);
    draw_hot(bar->list, r, DO_BACK_OUT, 0, scene_text(scene, "tip.list"));
    bar->left += size + scene_px(scene, 14);
}

/* What happened to the program, as far as it is a trouble; NULL when all is well. */
static const char *trouble(const Scene *scene, char *buffer, size_t size)
{
    const History *history = scene->history;
    const char *problem = history_problem(history);
    if (scene->lesson->message)
        return scene->lesson->message;
    if (history_bad_lines(history) > 0) {
        char number[24];
        snprintf(number, sizeof number, "%u", history_bad_lines(history));
        return scene_fill(scene, buffer, size, "notice.bad_lines", "n", number, "problem",
                          problem ? problem : "", NULL);
    }
    if (history_is_cut(history))
        return scene_text(scene, "notice.cut");
    return problem;
}

static void put_trouble(Bar *bar)
{
    char text[512];
    const Scene *scene = bar->scene;
    const char *words = trouble(scene, text, sizeof text);
    if (!words)
        return;
    int size = scene_px(scene, TEXT_CAPTION), symbol = scene_px(scene, 11), padding = scene_px(scene, 14);
    int width = draw_width(bar->list, FACE_UI, size, words) + 2 * padding + symbol + scene_px(scene, 8);
    int most = (bar->right - bar->left) / 2, least = scene_px(scene, 120);
    width = width < most ? width : most > least ? most : least;
    Rect r = rect(bar->right - width, bar->y, width, bar->h);
    draw_frame(bar->list, r, bar->h / 2, scene_px(scene, 2), COLOR_FAILED, 255);
    draw_hot(bar->list, r, DO_NOTHING, 0, words);
    scene_symbol(bar->list, scene, rect(r.x + padding, r.y + (r.h - symbol) / 2, symbol, symbol),
                 STATUS_FAILED, COLOR_FAILED);
    int x = r.x + padding + symbol + scene_px(scene, 8);
    scene_label(bar->list, rect(x, r.y, r.x + r.w - padding - x, r.h), FACE_UI, size, COLOR_TEXT, words,
                ID_NONE);
    bar->right -= width + bar->gap;
}

/* Another order than asyncio's: never left out, but in few words where there is little room. */
static void put_schedule(Bar *bar)
{
    const Scene *scene = bar->scene;
    char text[160], tip[640];
    const char *schedule = history_schedule(scene->history);
    if (!schedule)
        return;
    scene_fill(scene, text, sizeof text, "header.schedule", "schedule", schedule, NULL);
    scene_fill(scene, tip, sizeof tip, "tip.schedule", "schedule", schedule, NULL);
    if (scene_pill_width(bar->list, scene, FACE_UI_BOLD, text) > (bar->right - bar->left) * 2 / 5)
        snprintf(text, sizeof text, "%s", scene_text(scene, "header.schedule.brief"));
    put_pill(bar, FACE_UI_BOLD, COLOR_WAITING, text, DO_NOTHING, 0, tip, 0);
}

/* A lesson's own words are markup; a title stands in one face. */
static const char *title_of(const Scene *scene, char *buffer, size_t size)
{
    const About *about = scene->lesson->about;
    const char *title = about ? about_title(about, scene->lang) : NULL;
    if (!title || !*title)
        return scene->lesson->file ? scene->lesson->file : scene_text(scene, "header.recorded");
    rich_plain(buffer, size, title);
    return buffer;
}

/* Can the summary stand between these, on one line? */
static bool is_one_line(const Bar *bar, int left, int right, int size, const char *summary)
{
    return right - left > scene_px(bar->scene, 160) && rich_height(bar->list, right - left, size, summary) <=
                                                           rich_height(bar->list, INT16_MAX, size, summary);
}

/* What the lesson is about: on the title's baseline, large or small, or in two small lines; where those do
 * not fit either, it is left to the title's tooltip. @return false when it is not there */
static bool put_summary(Bar *bar, Rect r, const char *summary)
{
    const Scene *scene = bar->scene;
    DrawList *list = bar->list;
    int size = scene_px(scene, TEXT_BODY - 1), small = scene_px(scene, TEXT_CAPTION);
    int title = scene_px(scene, TEXT_TITLE), right = bar->right < bar->summary ? bar->right : bar->summary;
    int room = right - bar->left, two = 2 * rich_height(list, INT16_MAX, small, summary);
    if (!is_one_line(bar, bar->left, right, size, summary))
        size = small;
    if (is_one_line(bar, bar->left, right, size, summary)) {
        int ui = draw_ascent(list, FACE_UI, size), code = draw_ascent(list, FACE_CODE, size);
        int base =
            r.y + (r.h - draw_height(list, FACE_UI_BOLD, title)) / 2 + draw_ascent(list, FACE_UI_BOLD, title);
        rich_draw(list,
                  rect(bar->left, base - (ui > code ? ui : code), room,
                       rich_height(list, INT16_MAX, size, summary)),
                  size, size, COLOR_MUTED, summary);
        return true;
    }
    bool fits = room > scene_px(scene, 160) && two <= r.h && rich_height(list, room, small, summary) <= two;
    if (fits)
        rich_draw(list, rect(bar->left, r.y + (r.h - two) / 2, room, two), small, small, COLOR_MUTED,
                  summary);
    return fits;
}

/* A program has no summary: it is told what it ran on, and whether it still runs. */
static const char *summary_of(const Scene *scene, char *buffer, size_t size)
{
    const About *about = scene->lesson->about;
    const char *summary = about ? about_summary(about, scene->lang) : "", *python;
    if (!about || *summary)
        return about ? summary : NULL;
    python = about_python(about);
    if (!python)
        return scene->lesson->loading ? scene_text(scene, "header.live") : summary;
    return scene_fill(scene, buffer, size, "header.program", "python", python, "clock",
                      scene_text(scene, scene->lesson->loading               ? "header.live"
                                        : history_is_virtual(scene->history) ? "header.virtual"
                                                                             : "header.real"),
                      NULL);
}

/* What is said of the variant, NULL: it is none. */
static const char *variant_of(const Scene *scene, char *buffer, size_t size)
{
    const About *about = scene->lesson->about;
    const char *variant = about ? about_variant(about) : NULL;
    if (variant && strcmp(variant, "as-written") == 0)
        return scene_text(scene, "header.as_written");
    return variant ? scene_fill(scene, buffer, size, "header.variant", "variant", variant, NULL) : NULL;
}

static void put_title(Bar *bar, Rect r)
{
    char words[128], name[256], told[256], tip[512] = "";
    const Scene *scene = bar->scene;
    const char *title = title_of(scene, name, sizeof name), *variant = variant_of(scene, words, sizeof words);
    const char *summary = summary_of(scene, told, sizeof told);
    int size = scene_px(scene, TEXT_TITLE), room = bar->right - bar->left;
    Rect all = rect(bar->left, bar->y, 0, bar->h);
    bar->left = scene_label(bar->list, rect(bar->left, r.y, room, r.h), FACE_UI_BOLD, size, COLOR_TEXT, title,
                            ID_NONE);
    all.w = bar->left - all.x;
    bar->left += scene_px(scene, TITLE_GAP);
    if (summary)
        rich_plain(tip, sizeof tip, summary);
    if (variant && bar->right - bar->left > scene_pill_width(bar->list, scene, FACE_UI, variant))
        bar->left = scene_pill(bar->list, scene, bar->left, bar->y, bar->h, FACE_UI, COLOR_MUTED, variant,
                               DO_NOTHING, 0, *tip ? tip : NULL) +
                    bar->gap;
    if (summary && !put_summary(bar, r, summary) && *tip && all.w < room)
        draw_hot(bar->list, all, DO_NOTHING, 0, tip);
}

/* The numbers, and before them as much room as the summary needs, if it can be had. */
static void share_room(Bar *bar)
{
    char name[256], words[128], told[256];
    const Scene *scene = bar->scene;
    const char *summary = summary_of(scene, told, sizeof told),
               *variant = variant_of(scene, words, sizeof words);
    int title =
        draw_width(bar->list, FACE_UI_BOLD, scene_px(scene, TEXT_TITLE), title_of(scene, name, sizeof name));
    int most = (bar->right - bar->left) * 3 / 5, size = scene_px(scene, TEXT_BODY - 1);
    int left = bar->left + title + scene_px(scene, TITLE_GAP) +
               (variant ? scene_pill_width(bar->list, scene, FACE_UI, variant) + bar->gap : 0);
    int whole = bar->right - widest_numbers(bar, false), more = bar->right - widest_numbers(bar, true);
    bool brief = summary && !is_one_line(bar, left, whole, size, summary) &&
                 is_one_line(bar, left, more, size, summary);
    bar->summary = brief ? more : whole;
    if (bar->summary < left)
        bar->summary = bar->right;
    put_numbers(bar, title < most ? title : most, brief);
}

void scene_header(DrawList *list, const Scene *scene, Rect r)
{
    int line = scene_px(scene, 1), margin = scene_px(scene, 24),
        high = scene_px(scene, scene->layout.compact ? 30 : 34);
    Bar bar = {.list = list,
               .scene = scene,
               .left = r.x + scene_px(scene, 16),
               .right = r.x + r.w - margin,
               .y = r.y + (r.h - high) / 2,
               .h = high,
               .gap = scene_px(scene, scene->layout.compact ? 10 : 16)};
    draw_fill(list, r, 0, COLOR_PANEL, 255);
    draw_fill(list, rect(r.x, r.y + r.h - line, r.w, line), 0, COLOR_BORDER, 255);
    put_back(&bar);
    put_buttons(&bar);
    put_trouble(&bar);
    put_schedule(&bar);
    share_room(&bar);
    put_title(&bar, r);
}
