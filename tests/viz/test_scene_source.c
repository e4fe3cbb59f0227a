/*
 * test_scene_source.c — the source panel: whose line is lit, what is readable of a long line, where a click
 * goes.
 */
#include "viz/scene_shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A main program that creates a task on a long line, and a line that never runs. */
static const char long_line[] =
    "{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\","
    "\"text\":\"import "
    "asyncio\\ntasks = [asyncio.create_task(download(number, address)) for number, address in "
    "enumerate(all_the_addresses_there_are, start=1)]\\nnever()\\n\"}\n"
    "{\"i\":2,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":1,\"function\":\"<module>\"}\n"
    "{\"i\":3,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"<module>\"}\n"
    "{\"i\":4,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":1,\"function\":\"<module>\"}\n"
    "{\"i\":5,\"ts\":0,\"ev\":\"end\",\"why\":\"exit\",\"code\":0}\n";

/* The number of the lit line, 0 none; and is it strongly lit? */
static int lit_line(const Shown *shown, bool *strong)
{
    const DrawList *list = &shown->list;
    *strong = false;
    for (size_t k = 0; k < list->count; k++) {
        if (list->items[k].op != DRAW_GROUP || list->items[k].key != GROUP_LINE)
            continue;
        for (size_t in = k; in < list->count && list->items[in].op != DRAW_UNGROUP; in++)
            *strong = *strong || list->items[in].color == COLOR_RUNNING;
        for (size_t at = k; at < list->count; at++)
            if (list->items[at].op == DRAW_TEXT && list->items[at].color == COLOR_FAINT)
                return atoi(draw_string(list, &list->items[at]));
    }
    return 0;
}

/* All that stands in the source panel, in painting order. */
static const char *source_text(const Shown *shown)
{
    static char text[8192];
    text[0] = 0;
    for (size_t k = 0; k < shown->list.count; k++) {
        const Draw *item = &shown->list.items[k];
        if (item->op == DRAW_TEXT && item->face == FACE_CODE && item->color != COLOR_FAINT &&
            rect_has(shown->scene.layout.source, item->r.x, item->r.y))
            strncat(text, draw_string(&shown->list, item), item->length);
    }
    return text;
}

static void when_the_loop_has_returned_the_main_programs_line_is_lit(void **state)
{
    Shown shown;
    bool strong;
    start(&shown, "02d_async_await", 1);
    int looked = 0;
    for (uint32_t i = 1; i <= history_count(shown.opened.history); i++) {
        shown.view.i = i;
        show(&shown);
        if (shown.state.iteration == 0 || shown.state.phase != PHASE_NONE || shown.state.ended)
            continue;
        assert_int_equal(lit_line(&shown, &strong), 13);
        assert_true(strong);
        looked++;
    }
    assert_true(looked > 0);
    stop(&shown);
}

/* asyncio.run runs the loop again, for tasks of its own that stand nowhere. */
static void what_is_tidied_up_leaves_the_light_at_the_main_programs_line(void **state)
{
    Shown shown;
    bool strong, returned = false;
    int faint = 0;
    start(&shown, "02d_async_await", 1);
    for (uint32_t i = 1; i <= history_count(shown.opened.history); i++) {
        Event event = history_event(shown.opened.history, i);
        returned = returned || (event.kind == EV_LOOP && event.word == WORD_RETURN);
        shown.view.i = i;
        show(&shown);
        if (!returned)
            continue;
        assert_int_equal(lit_line(&shown, &strong), 13);
        faint += !strong && !shown.state.ended;
    }
    assert_true(faint > 5);
    stop(&shown);
}

static void the_main_programs_line_is_found_behind_a_long_run_of_the_loop(void **state)
{
    static char trace[1 << 20];
    int i = 4;
    size_t at = (size_t)snprintf(
        trace, sizeof trace,
        "{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\","
        "\"text\":"
        "\"1\\n2\\n3\\n4\\n5\\n\"}\n"
        "{\"i\":2,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":4,\"function\":\"<module>\"}\n"
        "{\"i\":3,\"ts\":0,\"ev\":\"loop\",\"op\":\"run\"}\n");
    for (int n = 1; n <= 1000; n++) { /* a callback of the program: its line is no line of main's */
        at += (size_t)snprintf(
            trace + at, sizeof trace - at,
            "{\"i\":%d,\"ts\":0,\"ev\":\"iteration\",\"n\":%d}\n"
            "{\"i\":%d,\"ts\":0,\"ev\":\"run\",\"handle\":\"h%d\"}\n"
            "{\"i\":%d,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"f\"}\n"
            "{\"i\":%d,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h%d\"}\n",
            i, n, i + 1, n, i + 2, i + 3, n);
        i += 4;
    }
    snprintf(trace + at, sizeof trace - at, "{\"i\":%d,\"ts\":0,\"ev\":\"loop\",\"op\":\"return\"}\n", i);
    Shown shown;
    bool strong;
    start_with(&shown, "", trace);
    assert_int_equal(history_count(shown.opened.history), 4004);
    assert_int_equal(lit_line(&shown, &strong), 4);
    assert_true(strong);
    stop(&shown);
}

static void when_nobody_runs_the_last_line_is_only_faintly_lit(void **state)
{
    Shown shown;
    bool strong;
    start(&shown, "03b_download_async", 62);
    assert_int_equal(shown.state.running, ID_NONE);
    assert_int_not_equal(lit_line(&shown, &strong), 0);
    assert_false(strong);
    stop(&shown);
}

/* Also one that is resumed at its await and ends there, after others have run. */
static void whoever_stops_leaves_the_light_where_it_was(void **state)
{
    static const char *const traces[] = {"02d_async_await", "03b_download_async", "09_await_ex2",
                                         "12_task_ex2"};
    Shown shown;
    bool strong, after;
    int looked = 0;
    for (size_t k = 0; k < sizeof traces / sizeof *traces; k++) {
        start(&shown, traces[k], 1);
        for (uint32_t i = 2; i <= history_count(shown.opened.history); i++) {
            if (history_kind(shown.opened.history, i) != EV_RAN)
                continue;
            shown.view.i = i - 1;
            show(&shown);
            int line = lit_line(&shown, &strong);
            shown.view.i = i;
            show(&shown);
            if (strong)
                assert_int_equal(lit_line(&shown, &after), line);
            looked += strong;
        }
        stop(&shown);
    }
    assert_true(looked > 20);
}

/* "Only line 14 is different": whoever reads that wants to see it. */
static void the_lines_that_the_first_note_speaks_of_are_in_sight(void **state)
{
    static const int sizes[][2] = {{1024, 768}, {1280, 720}, {1920, 1080}, {3840, 2160}};
    static const char about[] = "\"program\":{\"lesson\":\"x\",\"about\":{\"notes\":[{\"at\":\"start\","
                                "\"lines\":[38,39],\"en\":\"Only two lines.\"}]}}";
    char events[1024] = "{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\","
                        "\"language\":\"python\",\"text\":\"";
    for (int line = 1; line <= 60; line++)
        snprintf(events + strlen(events), sizeof events - strlen(events), "line%d\\n", line);
    strcat(events, "\"}\n{\"i\":2,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":1}\n");
    Shown shown;
    bool strong;
    start_with(&shown, about, events);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        shown.view.width = sizes[k][0];
        shown.view.height = sizes[k][1];
        shown.view.i = 0;
        show(&shown);
        assert_int_equal(lit_line(&shown, &strong), 38);
        assert_false(strong);
        assert_non_null(strstr(source_text(&shown), "line38line39"));
        shown.view.i = 2;
        show(&shown);
        assert_int_equal(lit_line(&shown, &strong), 1);
    }
    stop(&shown);
}

static void at_the_end_the_light_is_faint_at_the_main_programs_line(void **state)
{
    Shown shown;
    bool strong;
    start(&shown, "02d_async_await", 1);
    shown.view.i = history_count(shown.opened.history);
    show(&shown);
    assert_true(shown.state.ended);
    assert_int_equal(lit_line(&shown, &strong), 13);
    assert_false(strong);
    stop(&shown);
}

static void a_runner_without_a_line_here_lights_none_strongly(void **state)
{
    Shown shown;
    bool strong;
    start(&shown, "02d_async_await", 1);
    for (uint32_t i = 1; i <= history_count(shown.opened.history); i++) {
        shown.view.i = i;
        show(&shown);
        const Lane *lane = history_lane_of(shown.opened.history, shown.state.running);
        lit_line(&shown, &strong);
        if (lane && lane->helper)
            assert_false(strong);
    }
    stop(&shown);
}

/* One coroutine switches to another, which has run no line yet. */
#define SWITCHES(text, language)                                                                         \
    "{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a\",\"language\":\"" language      \
    "\",\"text\":\"" text "\"}\n"                                                                        \
    "{\"i\":2,\"ts\":0,\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"one\"}\n"                    \
    "{\"i\":3,\"ts\":0,\"ev\":\"coroutine\",\"coroutine\":\"k2\",\"name\":\"two\"}\n"                    \
    "{\"i\":4,\"ts\":0,\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"}\n"                               \
    "{\"i\":5,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"one\",\"coroutine\":" \
    "\"k1\"}\n"                                                                                          \
    "{\"i\":6,\"ts\":0,\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k2\"}\n"

static void a_coroutine_that_was_just_switched_to_is_lit_where_it_begins(void **state)
{
    static const struct {
        const char *events;
        int line;
    } programs[] = {
        {SWITCHES("def one():\\n    two()\\n    async def two():\\n        pass\\n", "python"), 3},
        {SWITCHES(
             "static int one(int two)\\n{ two(1);\\n}\\nstatic int two(int a);\\nstatic int two_(int a)\\n",
             "c"),
         5},
    };
    for (size_t k = 0; k < sizeof programs / sizeof *programs; k++) {
        Shown shown;
        bool strong;
        start_with(&shown, "", programs[k].events);
        assert_int_equal(lit_line(&shown, &strong), programs[k].line);
        assert_true(strong);
        shown.view.i = 4;
        show(&shown);
        assert_int_equal(lit_line(&shown, &strong), 1);
        stop(&shown);
    }
}

static void code_is_never_cut(void **state)
{
    static const int sizes[][2] = {{1024, 768}, {1280, 720}, {1920, 1080}, {3840, 2160}};
    Shown shown;
    start_with(&shown, "", long_line);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (uint32_t i = 2; i <= 3; i++) {
            shown.view.width = sizes[k][0];
            shown.view.height = sizes[k][1];
            shown.view.i = i;
            show(&shown);
            assert_non_null(
                strstr(source_text(&shown),
                       "tasks = [asyncio.create_task(download(number, address)) for number, address in "
                       "enumerate(all_the_addresses_there_are, start=1)]"));
        }
    stop(&shown);
}

/* So many tasks that wait at one line, with a comment behind its code. */
static void start_waiting(Shown *shown, int tasks, const char *comment)
{
    static char trace[1 << 14];
    int at = snprintf(trace, sizeof trace,
                      "{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\","
                      "\"language\":\"python\",\"text\":\"async def f():\\n"
                      "    await f(1, 2)      # %s\\n\"}\n",
                      comment);
    for (int n = 1; n <= tasks; n++)
        at += snprintf(
            trace + at, sizeof trace - (size_t)at,
            "{\"i\":%d,\"ts\":0,\"ev\":\"task\",\"task\":\"t%d\",\"name\":\"Task-%d\"}\n"
            "{\"i\":%d,\"ts\":0,\"ev\":\"run\",\"handle\":\"h%d\",\"task\":\"t%d\"}\n"
            "{\"i\":%d,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"task\":\"t%d\"}\n"
            "{\"i\":%d,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h%d\",\"task\":\"t%d\",\"state\":\"waiting\"}\n",
            4 * n - 2, n, n, 4 * n - 1, n, n, 4 * n, n, 4 * n + 1, n, n);
    start_with(shown, "", trace);
}

/* Names become badges first, then the comment comes closer, then they have a row of their own. */
static void chips_cut_neither_the_code_nor_the_comment_behind_it(void **state)
{
    static const int sizes[][2] = {{1024, 768}, {1280, 720}, {1920, 1080}, {3840, 2160}};
    for (int tasks = 2; tasks <= 12; tasks++) {
        Shown shown;
        start_waiting(&shown, tasks, "why");
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            shown.view.width = sizes[k][0];
            shown.view.height = sizes[k][1];
            show(&shown);
            assert_non_null(strstr(source_text(&shown), "await f(1, 2)"));
            assert_non_null(strstr(source_text(&shown), "# why"));
            assert_non_null(hot_of(&shown, DO_SELECT, ID('t', 1)));
        }
        stop(&shown);
    }
}

/* One chip alone has no row of its own: that would move the text with every line that runs. */
static void a_single_chip_leaves_the_lines_below_where_they_are(void **state)
{
    static const char comment[] = "one that is longer than most comments are";
    Shown shown;
    for (size_t from = 0; from < sizeof comment; from++) {
        start_waiting(&shown, 1, comment + from);
        int first = 0, second = 0;
        for (size_t k = 0; k < shown.list.count; k++) {
            const Draw *item = &shown.list.items[k];
            const char *text = item->op == DRAW_TEXT ? draw_string(&shown.list, item) : "";
            first = strcmp(text, "1") == 0 && item->color == COLOR_FAINT ? item->r.y : first;
            second = strcmp(text, "2") == 0 && item->color == COLOR_FAINT ? item->r.y : second;
        }
        assert_true(hot_of(&shown, DO_SELECT, ID('t', 1))->r.y < second + (second - first) / 2);
        assert_non_null(strstr(source_text(&shown), "await f(1, 2)"));
        stop(&shown);
    }
}

/* The face of code is higher than a row and hangs low; the lit line below would cover its brackets. */
static int tall_height(void *context, Face face, int size)
{
    (void)context;
    return face >= FACE_CODE ? size * 1448 / 1000 : size * 121 / 100;
}

static int tall_ascent(void *context, Face face, int size)
{
    (void)context;
    return face >= FACE_CODE ? size * 116 / 100 : size * 97 / 100;
}

static void brackets_stay_in_their_row(void **state)
{
    static const int heights[][2] = {{1024, 768}, {1280, 720}, {1920, 1080}, {3840, 2160}};
    Shown shown;
    start(&shown, "02a_greenlet", 11);
    shown.list.measure.height = tall_height;
    shown.list.measure.ascent = tall_ascent;
    for (size_t k = 0; k < sizeof heights / sizeof *heights; k++) {
        shown.view.width = heights[k][0];
        shown.view.height = heights[k][1];
        show(&shown);
        Rect lit = {0};
        bool seen = false;
        for (size_t item = 0; item < shown.list.count; item++) {
            const Draw *draw = &shown.list.items[item];
            if (draw->op == DRAW_GROUP && draw->key == GROUP_LINE)
                lit = draw->r;
            if (draw->op != DRAW_TEXT || draw->face != FACE_CODE ||
                !rect_has(lit, lit.x, draw->r.y + draw->r.h / 2) ||
                !rect_has(shown.scene.layout.source, draw->r.x, draw->r.y))
                continue;
            int below = draw->size * 25 / 100; /* what hangs below the baseline */
            assert_true(draw->r.y + tall_ascent(NULL, FACE_CODE, draw->size) + below <= lit.y + lit.h);
            seen = true;
        }
        assert_true(seen);
    }
    stop(&shown);
}

static void the_panel_grows_for_a_line_but_not_beyond_two_fifths(void **state)
{
    Shown shown;
    start(&shown, "07_quick_start", 1);
    int plain = shown.scene.layout.source.w;
    stop(&shown);
    start(&shown, "03b_download_async", 1); /* 65 columns */
    assert_true(shown.scene.layout.source.w > plain);
    assert_true(shown.scene.layout.source.w <= 1920 * 41 / 100);
    stop(&shown);
}

static void a_click_on_a_line_goes_to_when_it_runs_next_and_round(void **state)
{
    Shown shown;
    int64_t first = (int64_t)ID('s', 1) << 32 | 1, second = (int64_t)ID('s', 1) << 32 | 2;
    start_with(&shown, "", long_line);
    shown.view.i = 2;
    show(&shown);
    assert_non_null(hot_of(&shown, DO_LINE, first));
    assert_null(draw_tip(&shown.list, hot_of(&shown, DO_LINE, second))); /* it would hide the line below */
    assert_non_null(draw_tip(&shown.list, hot_of(&shown, DO_LINE, second) + 1)); /* its number */
    view_do(&shown.view, shown.opened.history, shown.opened.beats, 0, DO_LINE, first);
    assert_int_equal(shown.view.i, 4);
    view_do(&shown.view, shown.opened.history, shown.opened.beats, 0, DO_LINE, first);
    assert_int_equal(shown.view.i, 2);
    view_do(&shown.view, shown.opened.history, shown.opened.beats, 0, DO_LINE, second);
    assert_int_equal(shown.view.i, 3);
    stop(&shown);
}

static void a_line_that_never_runs_is_not_hot(void **state)
{
    Shown shown;
    int64_t third = (int64_t)ID('s', 1) << 32 | 3;
    start_with(&shown, "", long_line);
    assert_null(hot_of(&shown, DO_LINE, third));
    assert_false(view_do(&shown.view, shown.opened.history, shown.opened.beats, 0, DO_LINE, third));
    stop(&shown);
}

static void the_tab_that_is_shown_has_no_tooltip_over_what_it_shows(void **state)
{
    Shown shown;
    start(&shown, "02d_async_await", 20);
    assert_null(draw_tip(&shown.list, hot_of(&shown, DO_TAB, TAB_PYTHON)));
    assert_non_null(draw_tip(&shown.list, hot_of(&shown, DO_TAB, TAB_LOOP)));
    shown.view.tab = TAB_LOOP;
    show(&shown);
    assert_non_null(draw_tip(&shown.list, hot_of(&shown, DO_TAB, TAB_PYTHON)));
    assert_null(draw_tip(&shown.list, hot_of(&shown, DO_TAB, TAB_LOOP)));
    stop(&shown);
}

static void everybody_who_stands_at_a_line_has_a_chip_there(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 62);
    for (int task = 1; task <= 4; task++)
        assert_non_null(hot_of(&shown, DO_SELECT, ID('t', task)));
    assert_true(says_in(&shown, shown.scene.layout.source, "Task-3"));
    assert_true(says_in(&shown, shown.scene.layout.source, "main"));
    stop(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(when_the_loop_has_returned_the_main_programs_line_is_lit),
        cmocka_unit_test(what_is_tidied_up_leaves_the_light_at_the_main_programs_line),
        cmocka_unit_test(the_main_programs_line_is_found_behind_a_long_run_of_the_loop),
        cmocka_unit_test(when_nobody_runs_the_last_line_is_only_faintly_lit),
        cmocka_unit_test(whoever_stops_leaves_the_light_where_it_was),
        cmocka_unit_test(the_lines_that_the_first_note_speaks_of_are_in_sight),
        cmocka_unit_test(at_the_end_the_light_is_faint_at_the_main_programs_line),
        cmocka_unit_test(a_runner_without_a_line_here_lights_none_strongly),
        cmocka_unit_test(a_coroutine_that_was_just_switched_to_is_lit_where_it_begins),
        cmocka_unit_test(code_is_never_cut),
        cmocka_unit_test(chips_cut_neither_the_code_nor_the_comment_behind_it),
        cmocka_unit_test(a_single_chip_leaves_the_lines_below_where_they_are),
        cmocka_unit_test(brackets_stay_in_their_row),
        cmocka_unit_test(the_panel_grows_for_a_line_but_not_beyond_two_fifths),
        cmocka_unit_test(a_click_on_a_line_goes_to_when_it_runs_next_and_round),
        cmocka_unit_test(a_line_that_never_runs_is_not_hot),
        cmocka_unit_test(the_tab_that_is_shown_has_no_tooltip_over_what_it_shows),
        cmocka_unit_test(everybody_who_stands_at_a_line_has_a_chip_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
