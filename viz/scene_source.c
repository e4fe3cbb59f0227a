/*
 * scene_source.c — the program: its Python listing, its C program, or the loop's own code.
 *
 * The current line is lit, and at every line where somebody stands, that task's chip: a suspended frame stays
 * visible. The frames around it, which wait for it, have the same chip in grey. Chips have the right of way:
 * a line that is too long for both ends in an ellipsis and shows itself when hovered.
 *
 * The place it scrolls to by itself depends on the current line only, in half pages: so the text stands still
 * while the program moves within it.
 */
#include "highlight.h"
#include "scene_parts.h"

#include <stdio.h>
#include <string.h>

#define CHIPS  32
#define FRAMES 16

typedef struct Page {
    const char *text; /* NULL: there is no such source */
    const char *name;
    Id source;
    Syntax syntax;
    Tab tab;
    uint32_t first, last; /* the lines that are lit, 0 none */
    bool runs;            /* somebody runs there now; else it is where the last one was */
    Frame frames[FRAMES]; /* the await chain of whoever runs */
    size_t frame_count;
} Page;

typedef struct Chip {
    Id id;
    Status status;
    bool outer; /* a frame that awaits another one further in */
} Chip;

/* ------------------------------------------------------------------------------------- which text ---- */

/* The source the program stands in if it is of this language, else the first of it. */
static bool find_source(const Scene *scene, const char *language, Source *found)
{
    bool any = false;
    for (size_t k = 0; k < history_sources(scene->history); k++) {
        Source source = history_source(scene->history, k);
        if (!source.text || !source.language || strcmp(source.language, language) != 0)
            continue;
        if (!any || source.id == scene->state->source)
            *found = source;
        any = true;
    }
    return any;
}

/* The line the runner stands at: its own, for a task that has been resumed and has not run a line since. */
static void current_line(const Scene *scene, Id *source, uint32_t *line)
{
    const State *state = scene->state;
    const TaskState *task = state->running ? state_task(state, state->running) : NULL;
    *source = state->source;
    *line = state->line;
    if (task && task->line) {
        *source = task->source;
        *line = task->line;
    }
}

static bool somebody_runs(const State *state)
{
    return state->running != ID_NONE || (state->phase == PHASE_NONE && !state->ended);
}

/* A line of the listing as a line of the page. */
static uint32_t line_on(const Scene *scene, const Page *page, Id source, uint32_t line)
{
    if (page->tab == TAB_C && source != page->source)
        return history_c_line(scene->history, line);
    return source == page->source ? line : 0;
}

static Page page_of(const Scene *scene, Tab tab)
{
    static const char *const languages[] = {[TAB_PYTHON] = "python", [TAB_C] = "c"};
    Page page = {.tab = tab};
    if (tab == TAB_LOOP) {
        LineRange lit = highlight_loop_lines(scene->state);
        page.text = highlight_loop_text(scene->lang);
        page.name = "";
        page.syntax = SYNTAX_PYTHON;
        page.first = lit.first;
        page.last = lit.last;
        page.runs = lit.first > 0;
        return page;
    }
    Source source;
    if (!find_source(scene, languages[tab], &source))
        return page;
    page.text = source.text;
    page.name = source.name ? source.name : "";
    page.source = source.id;
    page.syntax = highlight_syntax(source.language);
    Id id;
    uint32_t line;
    current_line(scene, &id, &line);
    page.first = page.last = line_on(scene, &page, id, line);
    page.runs = somebody_runs(scene->state);
    if (scene->state->running != ID_NONE)
        page.frame_count = scene_chain(scene, scene->state->running, page.frames, FRAMES);
    return page;
}

/* A program in C only has no Python tab, and the other way round: then the other one is shown. */
static Tab shown_tab(const Scene *scene)
{
    Source source;
    bool python = find_source(scene, "python", &source), c = find_source(scene, "c", &source);
    Tab tab = scene->view->tab;
    if (tab == TAB_PYTHON && !python && c)
        return TAB_C;
    if (tab == TAB_C && !c && python)
        return TAB_PYTHON;
    return tab;
}

/* ------------------------------------------------------------------------------------------- chips ---- */

/* Where a task stands: at its line, or, before its first step, at its def. */
static uint32_t stands_at(const Scene *scene, const Page *page, const TaskState *task)
{
    const Lane *lane = history_lane_of(scene->history, task->id);
    if (task->line)
        return line_on(scene, page, task->source, task->line);
    if (!lane || lane->helper || lane->defined == 0)
        return 0;
    return page->tab == TAB_C ? history_c_line(scene->history, lane->defined) : lane->defined;
}

/* Does one of the frames around where it stands, the ones that wait for it, stand at this line? */
static bool in_outer_frame(const Scene *scene, const Page *page, const TaskState *task, uint32_t line)
{
    const Frame *frames = page->frames;
    size_t count = page->frame_count;
    if (task->id != scene->state->running) {
        Event ran = task->ran ? history_event(scene->history, task->ran) : (Event){0};
        frames = ran.chain;
        count = ran.chain_count;
    }
    for (size_t k = 0; k < count; k++)
        if (frames[k].source && line_on(scene, page, frames[k].source, frames[k].line) == line)
            return true;
    return false;
}

/* The first CHIPS of those who stand at a line. @return how many there are in all */
static size_t chips_at(const Scene *scene, const Page *page, uint32_t line, Chip *chips)
{
    size_t count = 0;
    for (size_t k = 0; page->tab != TAB_LOOP && k < scene->state->task_count; k++) {
        const TaskState *task = &scene->state->tasks[k];
        bool here = stands_at(scene, page, task) == line;
        if (!here && !in_outer_frame(scene, page, task, line))
            continue;
        if (count < CHIPS)
            chips[count] = (Chip){task->id, task->status, !here};
        count++;
    }
    return count;
}

/* By name where there is room, else by badge. */
static const char *chip_name(const Scene *scene, const Chip *chip, bool brief, char *buffer, size_t size)
{
    return brief ? lane_badge(scene->history, chip->id, buffer, size)
                 : lane_label(scene->history, chip->id, buffer, size);
}

static int chip_width(const DrawList *list, const Scene *scene, const Chip *chip, bool brief)
{
    char name[96];
    int width = draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION - 1),
                           chip_name(scene, chip, brief, name, sizeof name));
    int most = scene_px(scene, 130);
    return (width < most ? width : most) + scene_px(scene, 34);
}

static void draw_chip(DrawList *list, const Scene *scene, Rect r, const Chip *chip, bool brief)
{
    char name[96], label[96];
    int radius = scene_px(scene, 6), symbol = scene_px(scene, 10), x = r.x + scene_px(scene, 9);
    bool plain = chip->outer || chip->status <= STATUS_IDLE;
    Color state = status_color(chip->status), ink = plain ? COLOR_MUTED : on_color(state);
    draw_fill(list, r, radius, plain ? COLOR_SUNKEN : state, 255);
    if (plain)
        draw_frame(list, r, radius, scene_px(scene, 1), COLOR_BORDER, 255);
    draw_hot(list, r, DO_SELECT, chip->id, lane_label(scene->history, chip->id, label, sizeof label));
    scene_symbol(list, scene, rect(x, r.y + (r.h - symbol) / 2, symbol, symbol), chip->status, ink);
    x += symbol + scene_px(scene, 6);
    scene_label(list, rect(x, r.y, r.x + r.w - x - scene_px(scene, 4), r.h), FACE_UI,
                scene_px(scene, TEXT_CAPTION - 1), ink, chip_name(scene, chip, brief, name, sizeof name),
                chip->id);
    scene_selected(list, scene, r, radius, chip->id);
}

/* The chips of a line: how many are drawn, how wide they are together, and whether by badge. */
typedef struct Row {
    size_t count, fits;
    int width;
    bool brief;
} Row;

static Row fit_as(const DrawList *list, const Scene *scene, const Chip *chips, size_t count, int room,
                  bool brief)
{
    Row row = {.count = count, .brief = brief};
    int gap = scene_px(scene, 8),
        more = draw_width(list, FACE_UI, scene_px(scene, TEXT_CAPTION), "+99") + gap;
    while (row.fits < count && row.fits < CHIPS) {
        int next = row.width + gap + chip_width(list, scene, &chips[row.fits], brief);
        if (next + (row.fits + 1 < count ? more : 0) > room)
            break;
        row.width = next;
        row.fits++;
    }
    row.width += row.fits < count ? more : 0;
    return row;
}

/* Names if all of them fit, else badges, and what then is left over is "+2". */
static Row fit_chips(const DrawList *list, const Scene *scene, const Chip *chips, size_t count, int room)
{
    Row row = fit_as(list, scene, chips, count, room, false);
    return row.fits == count ? row : fit_as(list, scene, chips, count, room, true);
}

static void draw_chips(DrawList *list, const Scene *scene, Rect r, const Chip *chips, Row row)
{
    int gap = scene_px(scene, 8), high = scene_px(scene, 24), x = r.x,
        y = r.y + (r.h - high) / 2 + scene_px(scene, 1);
    for (size_t k = 0; k < row.fits; k++) {
        int width = chip_width(list, scene, &chips[k], row.brief);
        draw_chip(list, scene, rect(x + gap, y, width, high), &chips[k], row.brief);
        x += gap + width;
    }
    if (row.fits == row.count)
        return;
    char more[24], names[512] = "", label[96];
    size_t at = 0;
    snprintf(more, sizeof more, "+%zu", row.count - row.fits);
    for (size_t k = row.fits; k < row.count && k < CHIPS && at + 98 < sizeof names; k++)
        at += (size_t)snprintf(names + at, sizeof names - at, "%s%.90s", k > row.fits ? " · " : "",
                               lane_label(scene->history, chips[k].id, label, sizeof label));
    Rect rest = rect(x + gap, r.y, r.x + row.width - x - gap, r.h);
    draw_text_in(list, rest, -1, FACE_UI, scene_px(scene, TEXT_CAPTION), COLOR_MUTED, more);
    draw_hot(list, rest, DO_NOTHING, 0, names);
}

/* ------------------------------------------------------------------------------------------- lines ---- */

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
        return draw_text(list, r.x - (spaces - 1) * letter, r.y, FACE_CODE, size, color, "…");
    snprintf(rest, sizeof rest, "%.*s", (int)(length - from), line + from);
    return draw_text_cut(list, r.x, r.y, r.w, FACE_CODE, size, color, rest);
}

/* A line in its colours, cut to r's width. @return the x behind it */
static int draw_code(DrawList *list, const Scene *scene, Rect r, const char *line, size_t length,
                     const HighlightSpan *spans, size_t count)
{
    int size = scene_px(scene, TEXT_CODE), y = r.y + (r.h - draw_height(list, FACE_CODE, size)) / 2;
    char rest[512];
    snprintf(rest, sizeof rest, "%.*s", (int)length, line);
    bool fits = draw_width(list, FACE_CODE, size, rest) <= r.w;
    int x = r.x, end = r.x + r.w - (fits ? 0 : draw_width(list, FACE_CODE, size, "…"));
    if (!fits)
        draw_hot(list, r, DO_NOTHING, 0, rest + strspn(rest, " \t"));
    for (size_t k = 0; k < count; k++) {
        size_t bytes = spans[k].until - spans[k].from;
        const char *part = line + spans[k].from;
        if (!fits) {
            snprintf(rest, sizeof rest, "%.*s", (int)bytes, part);
            if (x + draw_width(list, FACE_CODE, size, rest) > end)
                return draw_rest(list, rect(x, y, r.x + r.w - x, r.h), size, spans[k].color, line,
                                 spans[k].from, length);
        }
        x = draw_text_n(list, x, y, FACE_CODE, size, spans[k].color, 255, part, bytes);
    }
    return x;
}

/* The width of what the line says, without a comment at its end: chips may stand over that. */
static int code_width(const DrawList *list, const Scene *scene, const char *line, const HighlightSpan *spans,
                      size_t count)
{
    char text[512];
    while (count > 1 &&
           (spans[count - 1].color == COLOR_COMMENT || spans[count - 1].until == spans[count - 1].from))
        count--;
    size_t length = count ? spans[count - 1].until : 0;
    while (length > 0 && line[length - 1] == ' ')
        length--;
    snprintf(text, sizeof text, "%.*s", (int)length, line);
    return draw_width(list, FACE_CODE, scene_px(scene, TEXT_CODE), text) +
           draw_width(list, FACE_CODE, scene_px(scene, TEXT_CODE), "…");
}

static void draw_lit(DrawList *list, const Scene *scene, Rect r, bool runs)
{
    draw_group(list, GROUP_LINE, r);
    draw_fill(list, r, 0, COLOR_LINE, runs ? 255 : 110);
    if (runs)
        draw_fill(list, rect(r.x, r.y, scene_px(scene, 5), r.h), 0, COLOR_RUNNING, 255);
    draw_ungroup(list);
}

static void draw_line_of(DrawList *list, const Scene *scene, Rect r, const Page *page, uint32_t number,
                         const char *line, size_t length, int *carry)
{
    HighlightSpan spans[HIGHLIGHT_SPANS];
    Chip chips[CHIPS];
    char text[24];
    size_t count = highlight_line(line, length, page->syntax, carry, spans, HIGHLIGHT_SPANS);
    size_t standing = chips_at(scene, page, number, chips);
    int gutter = scene_px(scene, 58);
    snprintf(text, sizeof text, "%u", number);
    draw_text_in(list, rect(r.x + scene_px(scene, 6), r.y, gutter - scene_px(scene, 24), r.h), 1, FACE_CODE,
                 scene_px(scene, TEXT_CODE - 2), COLOR_FAINT, text);

    Rect code = rect(r.x + gutter, r.y, r.w - gutter - scene_px(scene, 14), r.h);
    int said = code_width(list, scene, line, spans, count), least = code.w / 3;
    Row row = fit_chips(list, scene, chips, standing, code.w - said > least ? code.w - said : least);
    int end =
        draw_code(list, scene, rect(code.x, code.y, code.w - row.width, code.h), line, length, spans, count);
    if (standing > 0)
        draw_chips(list, scene, rect(end, r.y, row.width, r.h), chips, row);
}

static uint32_t line_count(const char *text)
{
    uint32_t lines = *text ? 1 : 0;
    for (; *text; text++)
        lines += text[0] == '\n' && text[1];
    return lines;
}

/* Half pages: the line is in the middle half of the panel, or the text stands at its begin or end. */
static int natural_place(uint32_t line, int room, int high)
{
    int half = room / high / 2;
    if (line == 0 || half < 1)
        return line ? (int)(line - 1) * high : 0;
    int page = ((int)line - 1) / half;
    return (page * half - half / 2) * high;
}

static void draw_page(DrawList *list, const Scene *scene, Rect r, const Page *page)
{
    int high = scene_px(scene, 29), carry = 0;
    if (r.h > high) { /* only whole lines */
        high = r.h / (r.h / high);
        r.h -= r.h % high;
    }
    int content = (int)line_count(page->text) * high;
    int natural = natural_place(page->first, r.h, high), most = content > r.h ? content - r.h : 0;
    natural = natural < 0 ? 0 : natural > most ? most : natural;
    int offset = scene_scroll(scene, PANEL_SOURCE, natural, content, r.h);
    const char *line = page->text;
    size_t hots = list->hot_count;
    draw_clip(list, r);
    for (uint32_t number = 1; *line; number++) {
        size_t length = strcspn(line, "\n");
        Rect row = rect(r.x, r.y + (int)(number - 1) * high - offset, r.w, high);
        if (row.y >= r.y + r.h)
            break;
        if (row.y + high > r.y) {
            if (number >= page->first && number <= page->last)
                draw_lit(list, scene, row, page->runs);
            draw_line_of(list, scene, row, page, number, line, length, &carry);
        } else {
            HighlightSpan spans[1];
            highlight_line(line, length, page->syntax, &carry, spans, 1);
        }
        line += length + (line[length] == '\n');
    }
    scene_scrollbar(list, scene, rect_inset(r, scene_px(scene, 3), 0), offset, content);
    draw_unclip(list);
    scene_clip_hots(list, hots, r);
}

/* -------------------------------------------------------------------------------------------- tabs ---- */

static int draw_tab(DrawList *list, const Scene *scene, int x, Rect bar, Tab tab, bool shown, int end)
{
    static const char *const keys[] = {
        [TAB_PYTHON] = "tab.python", [TAB_C] = "tab.c", [TAB_LOOP] = "tab.loop"};
    const char *text = scene_text(scene, keys[tab]);
    int size = scene_px(scene, TEXT_BODY - 2), padding = scene_px(scene, 18);
    Face face = shown ? FACE_UI_BOLD : FACE_UI;
    int width = draw_width(list, face, size, text) + 2 * padding;
    width = x + width > end ? end - x : width;
    Rect r = rect(x, bar.y, width, bar.h);
    if (width <= 2 * padding)
        return x;
    draw_hot(list, r, DO_TAB, tab, scene_text(scene, "tip.tab"));
    draw_text_in(list, rect_inset(r, padding, 0), 0, face, size, shown ? COLOR_TEXT : COLOR_MUTED, text);
    if (shown)
        draw_fill(list, rect(x, bar.y + bar.h - scene_px(scene, 3), width, scene_px(scene, 3)), 0, COLOR_TEXT,
                  255);
    return x + width;
}

static void draw_tabs(DrawList *list, const Scene *scene, Rect bar, const Page *page)
{
    Source source;
    int x = bar.x + scene_px(scene, 12), end = bar.x + bar.w - scene_px(scene, 12), line = scene_px(scene, 1);
    draw_fill(list, rect(bar.x, bar.y + bar.h - line, bar.w, line), 0, COLOR_BORDER, 255);
    if (find_source(scene, "python", &source) || page->tab == TAB_PYTHON)
        x = draw_tab(list, scene, x, bar, TAB_PYTHON, page->tab == TAB_PYTHON, end);
    if (find_source(scene, "c", &source))
        x = draw_tab(list, scene, x, bar, TAB_C, page->tab == TAB_C, end);
    x = draw_tab(list, scene, x, bar, TAB_LOOP, page->tab == TAB_LOOP, end);
    int size = scene_px(scene, TEXT_CAPTION);
    x += scene_px(scene, 10);
    if (page->name && x + draw_width(list, FACE_CODE, size, page->name) <= end)
        draw_text_in(list, rect(x, bar.y, end - x, bar.h), 1, FACE_CODE, size, COLOR_FAINT, page->name);
}

void scene_source(DrawList *list, const Scene *scene, Rect r)
{
    Page page = page_of(scene, shown_tab(scene));
    int line = scene_px(scene, 1), bar = scene_px(scene, scene->layout.compact ? 42 : 46),
        gap = scene_px(scene, 6);
    draw_fill(list, r, 0, COLOR_PANEL, 255);
    draw_fill(list, rect(r.x + r.w - line, r.y, line, r.h), 0, COLOR_BORDER, 255);
    draw_tabs(list, scene, rect(r.x, r.y, r.w - line, bar), &page);
    Rect room = rect(r.x, r.y + bar + gap, r.w - line, r.h - bar - gap);
    scene_scroll_area(list, room, PANEL_SOURCE);
    if (page.text)
        draw_page(list, scene, room, &page);
    else
        scene_empty(list, scene, rect_inset(room, scene_px(scene, 20), gap),
                    history_sources(scene->history) ? "tab.none" : "empty.source");
}
