/*
 * test_scene.c — chosen moments, and what each part promises.
 *
 * The goldens are the parts' display list as text, drawn with letters of fixed widths (fake_measure.h). After
 * a change that is meant, GOLDENS=write makes them anew; read the difference before keeping it.
 */
#include "viz/scene_shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct Moment {
    const char *golden, *trace;
    uint32_t i;
    int width, height;
    Language language;
    Level level;
    Tab tab;
} Moment;

// clang-format off
static const Moment moments[] = {
    {"three-ready",       "03b_download_async",          34, 1920, 1080, LANG_ZH, LEVEL_TASKS,   TAB_PYTHON},
    {"timer-due",         "03b_download_async",          66, 1280,  720, LANG_EN, LEVEL_LOOP,    TAB_LOOP},
    {"first-one-wakes",   "03b_download_async",          89, 1024,  768, LANG_ZH, LEVEL_FUTURES, TAB_PYTHON},
    {"await-chain",       "10_await_ex3",                26, 3840, 2160, LANG_EN, LEVEL_LOOP,    TAB_PYTHON},
    {"all-finished",      "12_task_ex2",                158, 1920, 1080, LANG_EN, LEVEL_TASKS,   TAB_PYTHON},
    {"stuck",             "14a_future_ex1_hang",         21, 1920, 1080, LANG_ZH, LEVEL_TASKS,   TAB_PYTHON},
    {"blocked",           "03c_download_blocking_in_async", 44, 1280, 720, LANG_EN, LEVEL_TASKS, TAB_PYTHON},
    {"no-loop",           "01_func1_func2_sync",         10, 1024,  768, LANG_EN, LEVEL_TASKS,   TAB_PYTHON},
    {"before-everything", "07_quick_start",               0, 1920, 1080, LANG_ZH, LEVEL_TASKS,   TAB_PYTHON},
};
// clang-format on

/* ------------------------------------------------------------------------------------------ goldens ---- */

/* All but the narration, whose sentences have tests of their own, and the header's title. */
static void draw_golden(DrawList *list, const Moment *moment)
{
    Opened opened = open_trace(moment->trace);
    View view = view_of(moment->width, moment->height, moment->language);
    State state = {0};
    view.i = moment->i;
    view.level = moment->level;
    view.tab = moment->tab;
    state_at(&state, opened.history, view.i);
    Scene scene = scene_of(&opened.lesson, &view, &state);
    const Layout *layout = &scene.layout;
    scene_header(list, &scene, layout->header);
    scene_source(list, &scene, layout->source);
    scene_console(list, &scene, layout->console);
    scene_phases(list, &scene, layout->phases);
    scene_ready(list, &scene, layout->ready);
    scene_running(list, &scene, layout->running);
    scene_waiting(list, &scene, layout->waiting);
    scene_finished(list, &scene, layout->finished);
    state_clear(&state);
    close_trace(&opened);
}

static void write_golden(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void chosen_moments_look_as_they_did(void **state)
{
    const char *mode = getenv("GOLDENS");
    for (size_t k = 0; k < sizeof moments / sizeof *moments; k++) {
        char path[512];
        size_t size = 0;
        DrawList list = {.measure = fake_measure()};
        draw_golden(&list, &moments[k]);
        char *dump = draw_dump(&list);
        snprintf(path, sizeof path, "%s/data/scenes/%s.txt", TESTS_DIR, moments[k].golden);
        if (mode && strcmp(mode, "write") == 0)
            write_golden(path, dump);
        char *golden = read_all(path, &size);
        assert_non_null(golden);
        if (strcmp(golden, dump) != 0) {
            size_t line = 1, at = 0;
            for (; golden[at] && golden[at] == dump[at]; at++)
                line += golden[at] == '\n';
            fail_msg("%s differs from line %zu on: %.80s", path, line, dump + at);
        }
        free(golden);
        free(dump);
        draw_free(&list);
    }
}

/* ------------------------------------------------------------------------------------------ console ---- */

static void what_the_loop_reports_stands_on_the_console(void **state)
{
    static const char trace[] =
        "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\",\"program\":{}}\n"
        "{\"i\":1,\"ts\":0,\"ev\":\"output\",\"fd\":1,\"text\":\"half\"}\n"
        "{\"i\":2,\"ts\":0,\"ev\":\"exception\",\"message\":\"Task exception was never retrieved\","
        "\"exception\":\"KeyError: 1\"}\n"
        "{\"i\":3,\"ts\":0,\"ev\":\"end\",\"why\":\"exit\",\"code\":0}\n";
    Shown shown = {.opened = open_bytes(trace, sizeof trace - 1), .view = view_of(1920, 1080, LANG_EN)};
    shown.list.measure = fake_measure();
    for (shown.view.i = 1; shown.view.i <= 2; shown.view.i++) {
        bool reported = shown.view.i == 2;
        show(&shown);
        assert_true(says_in(&shown, shown.scene.layout.console, "half"));
        assert_int_equal(says_in(&shown, shown.scene.layout.console, "loop report"), reported);
        assert_int_equal(says_in(&shown, shown.scene.layout.console, "Task exception was never retrieved"),
                         reported);
        assert_int_equal(says_in(&shown, shown.scene.layout.console, "KeyError: 1"), reported);
    }
    stop(&shown);
}

/* ------------------------------------------------------------------------------------------- header ---- */

static void the_title_is_kept_before_the_numbers(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 40);
    assert_true(says_in(&shown, shown.scene.layout.header, "iteration 2"));
    shown.opened.lesson.about = NULL;
    shown.opened.lesson.file = "a-recording-with-a-name-that-is-longer-than-anybody-would-type.jsonl";
    shown.view.width = 1024;
    shown.view.height = 768;
    shown.view.scale = 1.5;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.header, "a-recording-with-a-name"));
    assert_false(says_in(&shown, shown.scene.layout.header, "event 40"));
    stop(&shown);
}

static void what_happened_to_the_program_is_said_in_the_header(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 40);
    shown.opened.lesson.message = "the lesson crashed (SIGSEGV)";
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.header, "the lesson crashed (SIGSEGV)"));
    stop(&shown);
}

static void the_buttons_are_always_there(void **state)
{
    static const Action buttons[] = {DO_BACK_OUT, DO_LANGUAGE, DO_THEME, DO_HELP};
    for (int width = 640; width <= 3840; width += 320) {
        Shown shown;
        start(&shown, "03b_download_async", 40);
        shown.view.width = width;
        shown.view.height = width * 9 / 16;
        show(&shown);
        for (size_t k = 0; k < sizeof buttons / sizeof *buttons; k++)
            assert_non_null(hot_of(&shown, buttons[k], 0));
        stop(&shown);
    }
}

/* ------------------------------------------------------------------------------------------- panels ---- */

static void the_head_of_the_queue_is_at_the_left_and_labelled_next(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 34);
    assert_true(says_in(&shown, shown.scene.layout.ready, "next"));
    int first = group_x(&shown, GROUP_TASK(ID('t', 2))), second = group_x(&shown, GROUP_TASK(ID('t', 3)));
    assert_true(first >= 0 && first < second);
    stop(&shown);
}

static void a_full_queue_counts_what_it_has_no_room_for(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 34);
    shown.view.width = 1024;
    shown.view.height = 768;
    shown.view.scale = 1.5;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.ready, "more"));
    stop(&shown);
}

/* Nor with the details of a deeper level, which need the row. */
static void of_a_reason_that_has_no_room_what_next_has_a_row_of_its_own(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 34);
    bool whole = false, two = false, half = false;
    for (int level = LEVEL_TASKS; level <= LEVEL_LOOP; level++)
        for (shown.view.width = 1024; shown.view.width < 2000; shown.view.width += 8) {
            shown.view.level = (Level)level;
            show(&shown);
            Rect ready = shown.scene.layout.ready;
            bool one = says_in(&shown, ready, "new task \xe2\x86\x92 first run"),
                 next = says_in(&shown, ready, "\xe2\x86\x92 first run");
            whole = whole || (one && level == LEVEL_TASKS);
            two = two || (!one && next && level == LEVEL_TASKS);
            half = half || !next;
            assert_true(says_in(&shown, ready, "new task"));
            assert_true(next || level > LEVEL_TASKS);
            assert_false(says_in(&shown, ready, "\xe2\x80\xa6") && level == LEVEL_TASKS);
        }
    assert_true(whole && two && half);
    stop(&shown);
}

static void a_timer_that_is_pending_is_in_waiting_and_not_in_the_queue(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 62);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "1.000 s"));
    assert_true(says_in(&shown, shown.scene.layout.ready, "empty"));
    stop(&shown);
}

static void a_wait_shows_how_many_are_missing(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 62);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "3 to go"));
    shown.view.i = 99;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "1 to go"));
    stop(&shown);
}

static void a_wait_that_is_over_sooner_says_when(void **state)
{
    Shown shown;
    start(&shown, "asyncio_waits", 60);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "one is enough"));
    assert_false(says_in(&shown, shown.scene.layout.waiting, "3 to go"));
    shown.view.i = 240; /* that stays whole: rather fewer names of those who are waited for */
    for (shown.view.width = 1024; shown.view.width < 1600; shown.view.width++) {
        show(&shown);
        assert_true(says_in(&shown, shown.scene.layout.waiting, "3 to go, or a failure"));
    }
    stop(&shown);
}

static void the_selected_task_has_a_ring_wherever_it_stands(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 62);
    assert_int_equal(rings(&shown), 0);
    shown.view.selected = ID('t', 3);
    show(&shown);
    assert_int_equal(rings(&shown), 3); /* its row, its chip in the source, and among what main waits for */
    stop(&shown);
}

static void the_console_marks_the_newest_line_and_scrolls_back(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 178);
    assert_non_null(hot_of(&shown, DO_GO, 177));
    assert_null(hot_of(&shown, DO_GO, 41));
    shown.view.scroll[PANEL_CONSOLE] = -10000;
    show(&shown);
    assert_non_null(hot_of(&shown, DO_GO, 41));
    stop(&shown);
}

static void a_program_without_a_loop_says_who_has_control(void **state)
{
    Shown shown;
    start(&shown, "01_func1_func2_sync", 10);
    assert_true(says_in(&shown, shown.scene.layout.phases, "main program"));
    assert_false(says_in(&shown, shown.scene.layout.phases, "select"));
    stop(&shown);
}

static void the_loops_own_code_is_lit_by_phase(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 64);
    shown.view.tab = TAB_LOOP;
    show(&shown);
    assert_true(group_x(&shown, GROUP_LINE) >= 0);
    shown.view.i = 1;
    show(&shown);
    assert_int_equal(group_x(&shown, GROUP_LINE), -1);
    stop(&shown);
}

static void prints_without_a_newline_share_a_line(void **state)
{
    static const char trace[] =
        "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\"}\n"
        "{\"i\":1,\"ts\":0,\"ev\":\"output\",\"fd\":1,\"text\":\"one \"}\n"
        "{\"i\":2,\"ts\":0,\"ev\":\"output\",\"fd\":1,\"text\":\"two\\nthree\\n\"}\n"
        "{\"i\":3,\"ts\":0,\"ev\":\"output\",\"fd\":2,\"text\":\"oops\\n\"}\n";
    Shown shown = {.opened = open_bytes(trace, sizeof trace - 1), .list = {.measure = fake_measure()}};
    shown.view = view_of(1920, 1080, LANG_EN);
    shown.view.i = 3;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.console, "one two"));
    assert_true(says_in(&shown, shown.scene.layout.console, "three"));
    assert_true(says_in(&shown, shown.scene.layout.console, "stderr"));
    stop(&shown);
}

static void a_long_line_goes_on_in_rows_below_broken_at_a_space(void **state)
{
    static const char trace[] =
        "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\"}\n"
        "{\"i\":1,\"ts\":0,\"ev\":\"output\",\"fd\":2,\"text\":\"AttributeError: '_asyncio.Future' object "
        "has "
        "no attribute 'set_after'\\n\"}\n";
    Shown shown = {.opened = open_bytes(trace, sizeof trace - 1), .list = {.measure = fake_measure()}};
    shown.view = view_of(1280, 720, LANG_EN);
    shown.view.i = 1;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.console, "AttributeError: '_asyncio.Future'"));
    assert_true(says_in(&shown, shown.scene.layout.console, "no attribute 'set_after'"));
    stop(&shown);
}

static void a_print_of_very_many_lines_ends_with_the_newest(void **state)
{
    static char trace[32768];
    size_t at = (size_t)snprintf(trace, sizeof trace, "%s",
                                 "{\"trace\":\"loopglass\",\"version\":1,"
                                 "\"clock\":\"virtual\",\"unit\":\"ns\"}\n"
                                 "{\"i\":1,\"ts\":0,\"ev\":\"output\",\"fd\":1,\"text\":\"");
    for (int line = 1; line <= 2500; line++)
        at += (size_t)snprintf(trace + at, sizeof trace - at, "%d\\n", line);
    at += (size_t)snprintf(trace + at, sizeof trace - at, "\"}\n");
    Shown shown = {.opened = open_bytes(trace, at), .list = {.measure = fake_measure()}};
    shown.view = view_of(1920, 1080, LANG_EN);
    shown.view.i = 1;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.console, "2500"));
    stop(&shown);
}

static void an_empty_history_is_a_picture_too(void **state)
{
    Shown shown = {.opened = open_bytes("", 0), .list = {.measure = fake_measure()}};
    shown.view = view_of(1280, 720, LANG_ZH);
    shown.opened.lesson.loading = true;
    show(&shown);
    assert_true(shown.list.count > 0);
    assert_false(shown.list.failed);
    stop(&shown);
}

static void the_same_state_gives_the_same_list(void **state)
{
    Shown shown;
    start(&shown, "12_task_ex2", 60);
    char *first = draw_dump(&shown.list);
    shown.view.i = 150;
    show(&shown);
    shown.view.i = 60;
    show(&shown);
    char *again = draw_dump(&shown.list);
    assert_string_equal(first, again);
    free(first);
    free(again);
    stop(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chosen_moments_look_as_they_did),
        cmocka_unit_test(what_the_loop_reports_stands_on_the_console),
        cmocka_unit_test(the_title_is_kept_before_the_numbers),
        cmocka_unit_test(what_happened_to_the_program_is_said_in_the_header),
        cmocka_unit_test(the_buttons_are_always_there),
        cmocka_unit_test(the_head_of_the_queue_is_at_the_left_and_labelled_next),
        cmocka_unit_test(a_full_queue_counts_what_it_has_no_room_for),
        cmocka_unit_test(of_a_reason_that_has_no_room_what_next_has_a_row_of_its_own),
        cmocka_unit_test(a_timer_that_is_pending_is_in_waiting_and_not_in_the_queue),
        cmocka_unit_test(a_wait_shows_how_many_are_missing),
        cmocka_unit_test(a_wait_that_is_over_sooner_says_when),
        cmocka_unit_test(the_selected_task_has_a_ring_wherever_it_stands),
        cmocka_unit_test(the_console_marks_the_newest_line_and_scrolls_back),
        cmocka_unit_test(a_program_without_a_loop_says_who_has_control),
        cmocka_unit_test(the_loops_own_code_is_lit_by_phase),
        cmocka_unit_test(prints_without_a_newline_share_a_line),
        cmocka_unit_test(a_long_line_goes_on_in_rows_below_broken_at_a_space),
        cmocka_unit_test(a_print_of_very_many_lines_ends_with_the_newest),
        cmocka_unit_test(an_empty_history_is_a_picture_too),
        cmocka_unit_test(the_same_state_gives_the_same_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
