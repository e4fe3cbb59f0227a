/*
 * scene_source.c — the program: its Python listing, its C program, or the loop's own code.
 *
 * The current line is lit (source_light.c), and at every line where somebody stands, that task's chip
 * (source_chips.c). Code that is too long for a row goes on in the next (source_code.c); chips that do not
 * fit behind it have a row of their own. A click on a line goes to the next moment at which it runs.
 *
 * The place it scrolls to by itself depends on the current line, in half pages: so the text stands still
 * while the program moves within it. Before anything has run, the lines that the lesson's first note speaks
 * of are lit, and in sight.
 */
#include "source_parts.h"

#include <stdio.h>
#include <string.h>

#define LONG   1000 /* more lines than these are not laid out in rows: only those in sight are looked at */
#define KNOWN  8192 /* events that are looked through for the lines that run */
#define LINES  4096 /* … up to this line */
#define LOOKED 512  /* events looked back at for who ran last */

/* What of a page is found out before it is drawn. */
typedef struct Sheet {
    const Page *page;
    Places places;
    Rect r;
    int size, gutter, width, high; /* width: px of code in a row */
    bool wraps;
    bool knows; /* `runs` is complete: other lines never run */
    uint8_t runs[LINES / 8];
    int rows;          /* in all */
    int lit, lit_rows; /* rows before the first lit line, and its own; -1: none */
} Sheet;

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
    page_light(scene, &page);
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

/* ------------------------------------------------------------------------------------------- lines ---- */

static uint32_t line_count(const char *text)
{
    uint32_t lines = *text ? 1 : 0;
    for (; *text; text++)
        lines += text[0] == '\n' && text[1];
    return lines;
}

/* The chips of a line behind its code, if they can stand there: all by name or by badge, with the comment
 * where it is, or closer; or without a comment those that fit. One alone cuts a comment, else the text would
 * jump with every line that runs; and so do many when it would be cut anyway. */
static bool fit_behind(const DrawList *list, const Scene *scene, const Sheet *sheet, const Code *code,
                       const Place *place, ChipRow *row)
{
    int room = sheet->width - code->end, least = sheet->width / 3;
    bool comment = code->close > code->end;
    *row = chips_fit(list, scene, place, sheet->width - code->whole, false);
    if (row->fits < row->count && comment)
        *row = chips_fit(list, scene, place, sheet->width - code->close, true);
    if (row->fits == row->count)
        return true;
    if (comment && code->close <= sheet->width && place->count > 1 && sheet->wraps)
        return false;
    *row = chips_fit(list, scene, place, room, true);
    if (row->fits == 0 && !sheet->wraps)
        *row = chips_fit(list, scene, place, least, true);
    return row->fits == row->count || (row->fits > 0 && room >= least) || !sheet->wraps;
}

/* Rows of a line: of its code, and one for chips that cannot stand behind it. */
static size_t rows_of(const DrawList *list, const Scene *scene, const Sheet *sheet, const Code *code,
                      const Place *place, ChipRow *row)
{
    *row = (ChipRow){0};
    if (!place || fit_behind(list, scene, sheet, code, place, row))
        return code->rows;
    *row = chips_fit(list, scene, place, sheet->width - code->indent, false);
    return code->rows + 1;
}

/* Which lines run at all, as far as that is quickly found out. */
static void find_lines(const Scene *scene, Sheet *sheet)
{
    uint32_t count = history_count(scene->history);
    memset(sheet->runs, 0, sizeof sheet->runs);
    sheet->knows = count <= KNOWN;
    for (uint32_t i = 1; i <= count && sheet->knows; i++) {
        if (history_kind(scene->history, i) != EV_LINE)
            continue;
        Event event = history_event(scene->history, i);
        uint32_t line = event.source == sheet->page->source ? event.line : event.c_line;
        if (line < LINES)
            sheet->runs[line / 8] |= (uint8_t)(1u << line % 8);
    }
}

static bool may_run(const Sheet *sheet, uint32_t number, const Code *code)
{
    if (sheet->page->tab == TAB_LOOP)
        return false;
    if (sheet->knows && number < LINES)
        return sheet->runs[number / 8] >> number % 8 & 1;
    return code->said > 0;
}

/* A line above what is in sight still says in what state the next one begins. */
static void skip_line(const Sheet *sheet, const char *line, size_t length, int *carry)
{
    HighlightSpan spans[1];
    highlight_line(line, length, sheet->page->syntax, carry, spans, 1);
}

/* Where every line would stand. */
static void lay_out(const DrawList *list, const Scene *scene, Sheet *sheet)
{
    const Page *page = sheet->page;
    uint32_t lines = line_count(page->text);
    int carry = 0, digits = lines > 999 ? 4 : lines > 99 ? 3 : 2;
    sheet->size = scene_px(scene, TEXT_CODE);
    sheet->gutter = scene_px(scene, 22 + 11 * digits);
    sheet->width = sheet->r.w - sheet->gutter - scene_px(scene, 12);
    sheet->wraps = lines <= LONG;
    sheet->rows = sheet->wraps ? 0 : (int)lines;
    sheet->lit = page->first && page->first <= lines ? (int)page->first - 1 : -1;
    sheet->lit_rows = 1;
    const char *line = page->text;
    for (uint32_t number = 1; sheet->wraps && *line; number++) {
        Code code;
        ChipRow chips;
        size_t length = strcspn(line, "\n");
        code_lay_out(&code, list, sheet->size, line, length, page->syntax, &carry, sheet->width);
        int rows = (int)rows_of(list, scene, sheet, &code, places_at(&sheet->places, number), &chips);
        if (number == page->first)
            sheet->lit = sheet->rows;
        if (number >= page->first && number <= page->last)
            sheet->lit_rows = sheet->rows + rows - sheet->lit;
        sheet->rows += rows;
        line += length + (line[length] == '\n');
    }
}

static void draw_lit(DrawList *list, const Scene *scene, Rect r, bool runs)
{
    draw_group(list, GROUP_LINE, r);
    draw_fill(list, r, 0, COLOR_LINE, runs || scene->state->i == 0 ? 255 : 110);
    if (runs)
        draw_fill(list, rect(r.x, r.y, scene_px(scene, 5), r.h), 0, COLOR_RUNNING, 255);
    draw_ungroup(list);
}

/* A click goes to where it runs next. Its number says so; a tooltip over the code itself would hide the code
 * below, and only shows what of the line is cut. */
static void draw_line_hot(DrawList *list, const Scene *scene, Rect r, const Sheet *sheet, uint32_t number,
                          const Code *code, bool cut)
{
    char tip[640];
    bool runs = may_run(sheet, number, code);
    int64_t line = (int64_t)sheet->page->source << 32 | number;
    size_t spaces = 0;
    while (spaces < code->length && code->line[spaces] == ' ')
        spaces++;
    snprintf(tip, sizeof tip, "%.*s", (int)(code->length - spaces < 600 ? code->length - spaces : 600),
             code->line + spaces);
    if (runs || cut)
        draw_hot(list, r, runs ? DO_LINE : DO_NOTHING, line, cut ? tip : NULL);
    if (runs)
        draw_hot(list, rect(r.x, r.y, sheet->gutter, r.h), DO_LINE, line, scene_text(scene, "tip.line"));
}

/* Draws a line from r's top on. @return its rows */
static size_t draw_line_of(DrawList *list, const Scene *scene, Rect r, const Sheet *sheet, uint32_t number,
                           const Code *code)
{
    const Page *page = sheet->page;
    const Place *place = places_at(&sheet->places, number);
    ChipRow chips;
    char text[24];
    size_t rows = rows_of(list, scene, sheet, code, place, &chips);
    Rect all = rect(r.x, r.y, r.w, (int)rows * sheet->high),
         part = rect(r.x + sheet->gutter, r.y, sheet->width, sheet->high);
    if (number >= page->first && number <= page->last)
        draw_lit(list, scene, all, page->runs);
    snprintf(text, sizeof text, "%u", number);
    int small = scene_px(scene, TEXT_CODE - 2), tall = draw_height(list, FACE_CODE, sheet->size);
    draw_text_in(list,
                 rect(r.x + scene_px(scene, 6), scene_on_baseline(list, scene, part, FACE_CODE, small),
                      sheet->gutter - scene_px(scene, 18), draw_height(list, FACE_CODE, small)),
                 1, FACE_CODE, small, COLOR_FAINT, text);
    bool below = rows > code->rows, cut = false;
    int end = part.x;
    for (size_t row = 0; row < code->rows; row++, part.y += sheet->high) {
        bool shares = row + 1 == code->rows && !below;
        int y = scene_on_baseline(list, scene, part, FACE_CODE, sheet->size); /* else "()" leave the row */
        end = code_draw(list, rect(part.x, y, part.w - (shares ? chips.width : 0), tall), sheet->size, code,
                        row, &cut);
    }
    draw_line_hot(list, scene, all, sheet, number, code, cut);
    part.y -= below ? 0 : sheet->high;
    end = below ? part.x + code->indent : end;
    if (place)
        chips_draw(list, scene, rect(end, part.y, chips.width, sheet->high), place, chips);
    return rows;
}

/* Half pages: the row is in the middle half of the panel, or the text stands at its begin or end. */
static int natural_place(const Sheet *sheet)
{
    int half = sheet->r.h / sheet->high / 2, high = sheet->high;
    int content = sheet->rows * high, most = content > sheet->r.h ? content - sheet->r.h : 0;
    if (sheet->lit < 0)
        return 0;
    int place = half < 1 ? sheet->lit * high : (sheet->lit / half * half - half / 2) * high;
    int least = (sheet->lit + sheet->lit_rows) * high - sheet->r.h; /* all of it is in sight */
    place = place > least ? place : least;
    place = place < sheet->lit * high ? place : sheet->lit * high; /* … or where it begins */
    return place < 0 ? 0 : place > most ? most : place;
}

static void draw_page(DrawList *list, const Scene *scene, Rect r, const Page *page)
{
    Sheet sheet = {.page = page, .high = scene_px(scene, 29)};
    if (r.h > sheet.high) { /* only whole lines */
        sheet.high = r.h / (r.h / sheet.high);
        r.h -= r.h % sheet.high;
    }
    sheet.r = r;
    places_find(&sheet.places, scene, page);
    find_lines(scene, &sheet);
    lay_out(list, scene, &sheet);
    int content = sheet.rows * sheet.high, carry = 0;
    int offset = scene_scroll(scene, PANEL_SOURCE, natural_place(&sheet), content, r.h);
    Rect row = rect(r.x, r.y - offset, r.w, sheet.high);
    const char *line = page->text;
    size_t hots = list->hot_count;
    draw_clip(list, r);
    for (uint32_t number = 1; *line && row.y < r.y + r.h; number++) {
        Code code;
        size_t length = strcspn(line, "\n"), rows = 1;
        if (!sheet.wraps && row.y + sheet.high <= r.y) {
            skip_line(&sheet, line, length, &carry);
        } else {
            ChipRow chips;
            code_lay_out(&code, list, sheet.size, line, length, page->syntax, &carry,
                         sheet.wraps ? sheet.width : INT16_MAX);
            rows = rows_of(list, scene, &sheet, &code, places_at(&sheet.places, number), &chips);
            if (row.y + (int)rows * sheet.high > r.y)
                draw_line_of(list, scene, row, &sheet, number, &code);
        }
        row.y += (int)rows * sheet.high;
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
    /* the shown one has no tooltip: it would hide what has just been opened */
    draw_hot(list, r, DO_TAB, tab, shown ? NULL : scene_text(scene, "tip.tab"));
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
