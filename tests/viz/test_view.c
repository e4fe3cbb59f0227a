/*
 * The view: every action is a pure change; what goes forward has its twin that goes back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "timeline.h"
#include "view.h"

typedef struct Fixture {
    History *history;
    Beats *beats;
    View view;
} Fixture;

static int set_up(void **state)
{
    Fixture *f = calloc(1, sizeof *f);
    static char bytes[1 << 20];
    FILE *file = fopen(TESTS_DIR "/data/traces/12_task_ex2.jsonl", "r");
    if (!f || !file)
        return -1;
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    f->history = history_new();
    f->beats = beats_new();
    if (!history_feed(f->history, bytes, n) || !history_finish(f->history) ||
        !beats_update(f->beats, f->history))
        return -1;
    view_init(&f->view);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    beats_free(f->beats);
    history_free(f->history);
    free(f);
    return 0;
}

static bool act(Fixture *f, Action action, int64_t argument)
{
    return view_do(&f->view, f->history, f->beats, 0, action, argument);
}

/* ------------------------------------------------------------------------------------------------ time ----
 */

static void every_step_size_goes_to_the_end_and_back_the_same_way(void **state)
{
    Fixture *f = *state;
    for (int step = STEP_EVENT; step < STEPS; step++) {
        uint32_t way[1000], count = history_count(f->history);
        int steps = 0;
        act(f, DO_STEP_SIZE, step);
        act(f, DO_START, 0);
        while (f->view.i < count) {
            way[steps++] = f->view.i;
            assert_true(act(f, DO_FORWARD, 0));
            assert_true(f->view.i > way[steps - 1]);
            assert_int_equal(f->view.from, way[steps - 1]);
        }
        assert_false(act(f, DO_FORWARD, 0));
        while (steps > 0) {
            assert_true(act(f, DO_BACK, 0));
            assert_int_equal(f->view.i, way[--steps]);
            assert_int_equal(f->view.from, steps ? way[steps - 1] : 0);
        }
        assert_false(act(f, DO_BACK, 0));
    }
}

static void an_iteration_forward_and_one_back_are_twins(void **state)
{
    Fixture *f = *state;
    act(f, DO_FORWARD_ITERATION, 0);
    for (size_t k = 0; k < history_iterations(f->history); k++) {
        assert_int_equal(f->view.i, history_iteration(f->history, k)->from);
        act(f, DO_FORWARD_ITERATION, 0);
    }
    assert_int_equal(f->view.i, history_count(f->history));
    for (size_t k = history_iterations(f->history); k > 0; k--) {
        act(f, DO_BACK_ITERATION, 0);
        assert_int_equal(f->view.i, history_iteration(f->history, k - 1)->from);
    }
    act(f, DO_BACK_ITERATION, 0);
    assert_int_equal(f->view.i, 0);
}

static void going_anywhere_stays_inside_the_trace(void **state)
{
    Fixture *f = *state;
    static const int64_t places[] = {-5, 0, 7, 1 << 30, INT64_MAX, INT64_MIN};
    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        act(f, DO_GO, places[k]);
        assert_true(f->view.i <= history_count(f->history));
    }
    act(f, DO_GO, INT64_MAX);
    assert_int_equal(f->view.i, history_count(f->history));
}

static void a_moment_looks_the_same_from_wherever_it_was_reached(void **state)
{
    Fixture *f = *state;
    act(f, DO_GO, 40);
    View there = f->view;
    act(f, DO_END, 0);
    act(f, DO_SCRUB, 40);
    assert_memory_equal(&there, &f->view, sizeof there);
}

static void a_step_forgets_what_was_scrolled(void **state)
{
    Fixture *f = *state;
    act(f, DO_SCROLL, (int64_t)PANEL_SOURCE << 32 | (uint32_t)-30);
    act(f, DO_SCROLL, (int64_t)PANEL_SOURCE << 32 | (uint32_t)-30);
    assert_int_equal(f->view.scroll[PANEL_SOURCE], -60);
    act(f, DO_FORWARD, 0);
    assert_int_equal(f->view.scroll[PANEL_SOURCE], 0);
    assert_false(act(f, DO_SCROLL, (int64_t)PANELS << 32 | 5));
}

/* ------------------------------------------------------------------------------------------------ play ----
 */

static void play_takes_a_step_each_time_it_is_due(void **state)
{
    Fixture *f = *state;
    assert_true(view_due(&f->view) < 0);
    act(f, DO_PLAY, 0);
    assert_true(view_due(&f->view) == 0);
    assert_true(view_tick(&f->view, f->history, f->beats, 0));
    uint32_t first = f->view.i;
    assert_true(first > 0);
    assert_false(view_tick(&f->view, f->history, f->beats, 0.5));
    assert_int_equal(f->view.i, first);
    assert_true(view_due(&f->view) > 0.49 && view_due(&f->view) < 0.51);
    assert_true(view_tick(&f->view, f->history, f->beats, 0.5));
    assert_true(f->view.i > first);
}

static void a_late_tick_takes_one_step_and_no_jump(void **state)
{
    Fixture *f = *state;
    act(f, DO_PLAY, 0);
    view_tick(&f->view, f->history, f->beats, 0);
    uint32_t next = view_step_after(&f->view, f->history, f->beats, f->view.i);
    view_tick(&f->view, f->history, f->beats, 60);
    assert_int_equal(f->view.i, next);
}

static void play_stops_at_the_end_and_starts_from_there_anew(void **state)
{
    Fixture *f = *state;
    act(f, DO_PLAY, 0);
    for (int k = 0; k < 10000 && f->view.playing; k++)
        view_tick(&f->view, f->history, f->beats, 10);
    assert_false(f->view.playing);
    assert_int_equal(f->view.i, history_count(f->history));
    act(f, DO_PLAY, 0);
    assert_true(f->view.playing);
    assert_int_equal(f->view.i, 0);
}

static void a_step_by_hand_stops_play(void **state)
{
    Fixture *f = *state;
    act(f, DO_PLAY, 0);
    act(f, DO_FORWARD, 0);
    assert_false(f->view.playing);
    act(f, DO_START, 0);
    act(f, DO_PLAY, 0);
    assert_true(act(f, DO_BACK, 0)); /* nowhere to go, but it stops */
    assert_false(f->view.playing);
}

static void speed_goes_up_and_down_the_same_steps(void **state)
{
    Fixture *f = *state;
    assert_true(act(f, DO_FASTER, 0));
    assert_true(f->view.speed == 2);
    act(f, DO_FASTER, 0);
    assert_false(act(f, DO_FASTER, 0));
    assert_true(f->view.speed == 4);
    act(f, DO_SPEED, 0);
    assert_true(f->view.speed == 0.25);
    assert_false(act(f, DO_SLOWER, 0));
    act(f, DO_SPEED, 0);
    assert_true(f->view.speed == 0.5);
}

/* -------------------------------------------------------------------------------------------- timeline ----
 */

static void zoom_keeps_the_column_under_the_mouse(void **state)
{
    Fixture *f = *state;
    act(f, DO_ZOOM_IN, 60);
    for (int k = 0; k < 5; k++) {
        double part = (60 - f->view.left) / (f->view.right - f->view.left);
        double width = f->view.right - f->view.left;
        assert_true(act(f, DO_ZOOM_IN, 60));
        assert_true(f->view.right - f->view.left < width);
        double now = (60 - f->view.left) / (f->view.right - f->view.left);
        assert_true(now > part - 1e-9 && now < part + 1e-9);
    }
    for (int k = 0; k < 20; k++)
        act(f, DO_ZOOM_OUT, 60);
    assert_true(f->view.left == 0 && f->view.right == 0);
    assert_false(act(f, DO_ZOOM_OUT, 60));
}

static void zoom_has_an_end_on_both_axes(void **state)
{
    Fixture *f = *state;
    for (int axis = 0; axis < 2; axis++) {
        for (int k = 0; k < 200; k++)
            act(f, DO_ZOOM_IN, -1);
        assert_false(act(f, DO_ZOOM_IN, -1));
        assert_true(f->view.right - f->view.left >= 4 - 1e-9);
        act(f, DO_AXIS, 0);
        assert_true(f->view.left == 0 && f->view.right == 0);
    }
}

static void panning_stays_inside_the_whole(void **state)
{
    Fixture *f = *state;
    double first, last;
    timeline_whole(f->history, AXIS_STEP, &first, &last);
    assert_false(act(f, DO_PAN_RIGHT, 0)); /* everything is in sight */
    act(f, DO_ZOOM_RANGE, (int64_t)16384 << 32 | 32768);
    double width = f->view.right - f->view.left;
    for (int k = 0; k < 100; k++)
        act(f, DO_PAN_RIGHT, 0);
    assert_true(f->view.right <= last && f->view.right > last - 1e-6);
    for (int k = 0; k < 100; k++)
        act(f, DO_PAN, -65536 / 4);
    assert_true(f->view.left >= first && f->view.left < first + 1e-6);
    assert_true(f->view.right - f->view.left > width - 1e-6 && f->view.right - f->view.left < width + 1e-6);
}

static void the_playhead_stays_in_sight(void **state)
{
    Fixture *f = *state;
    act(f, DO_ZOOM_RANGE, (int64_t)0 << 32 | 6554);
    while (act(f, DO_FORWARD, 0)) {
        double at = timeline_column(f->history, AXIS_STEP, f->view.i);
        assert_true(at >= f->view.left && at <= f->view.right);
    }
    while (act(f, DO_BACK, 0)) {
        double at = timeline_column(f->history, AXIS_STEP, f->view.i);
        assert_true(at >= f->view.left && at <= f->view.right);
    }
}

static void focus_shows_the_surroundings_and_again_everything(void **state)
{
    Fixture *f = *state;
    act(f, DO_GO, 80);
    assert_true(act(f, DO_FOCUS, 0));
    assert_true(f->view.left < 80 && f->view.right > 80 && f->view.right - f->view.left < 30);
    assert_true(act(f, DO_FOCUS, 0));
    assert_true(f->view.left >= f->view.right);
}

/* ------------------------------------------------------------------------------------------------ look ----
 */

static void language_theme_axis_and_help_are_their_own_twins(void **state)
{
    static const Action toggles[] = {DO_LANGUAGE, DO_THEME, DO_AXIS, DO_HELP};
    Fixture *f = *state;
    View before = f->view;
    for (size_t k = 0; k < sizeof toggles / sizeof *toggles; k++) {
        assert_true(act(f, toggles[k], 0));
        assert_memory_not_equal(&before, &f->view, sizeof before);
        assert_true(act(f, toggles[k], 0));
        assert_memory_equal(&before, &f->view, sizeof before);
    }
}

static void the_scale_has_limits_and_a_normal_size(void **state)
{
    Fixture *f = *state;
    for (int k = 0; k < 20; k++)
        act(f, DO_BIGGER, 0);
    assert_true(f->view.scale == VIEW_SCALE_MOST);
    for (int k = 0; k < 20; k++)
        act(f, DO_SMALLER, 0);
    assert_true(f->view.scale == VIEW_SCALE_LEAST);
    act(f, DO_NORMAL_SIZE, 0);
    assert_true(f->view.scale == 1);
}

static void escape_closes_help_first_and_then_the_selection(void **state)
{
    Fixture *f = *state;
    act(f, DO_SELECT, ID('t', 1));
    act(f, DO_HELP, 0);
    assert_true(act(f, DO_BACK_OUT, 0));
    assert_false(f->view.help);
    assert_int_equal(f->view.selected, ID('t', 1));
    assert_true(act(f, DO_BACK_OUT, 0));
    assert_int_equal(f->view.selected, ID_NONE);
    assert_false(act(f, DO_BACK_OUT, 0)); /* the window's part: back to the list */
}

static void selecting_the_same_again_selects_nothing(void **state)
{
    Fixture *f = *state;
    act(f, DO_SELECT, ID('t', 2));
    act(f, DO_SELECT, ID('t', 2));
    assert_int_equal(f->view.selected, ID_NONE);
}

/* ------------------------------------------------------------------------------------------------ list ----
 */

static void the_mark_stays_in_the_list(void **state)
{
    View view;
    view_init(&view);
    assert_false(view_do(&view, NULL, NULL, 3, DO_LIST_UP, 0));
    for (int k = 0; k < 5; k++)
        view_do(&view, NULL, NULL, 3, DO_LIST_DOWN, 0);
    assert_int_equal(view.list_mark, 2);
    view_do(&view, NULL, NULL, 3, DO_LIST_PICK, (int64_t)1 << 32 | 1);
    assert_int_equal(view.list_mark, 1);
    assert_int_equal(view.list_variant, 1);
    view_do(&view, NULL, NULL, 3, DO_LIST_VARIANT, 2);
    assert_int_equal(view.list_variant, 2);
    view_do(&view, NULL, NULL, 3, DO_LIST_VARIANT, 2);
    assert_int_equal(view.list_variant, 0);
    assert_false(view_do(&view, NULL, NULL, 0, DO_LIST_DOWN, 0));
}

static void without_a_trace_no_action_does_harm(void **state)
{
    View view;
    view_init(&view);
    for (int action = 0; action < ACTIONS; action++)
        for (int64_t argument = -1; argument < 3; argument++)
            view_do(&view, NULL, NULL, 5, (Action)action, argument);
    assert_int_equal(view.i, 0);
    assert_false(view_tick(&view, NULL, NULL, 1));
}

static void an_empty_trace_does_no_harm(void **state)
{
    History *history = history_new();
    Beats *beats = beats_new();
    View view;
    view_init(&view);
    for (int action = 0; action < ACTIONS; action++)
        for (int64_t argument = -1; argument < 3; argument++)
            view_do(&view, history, beats, 0, (Action)action, argument);
    view_tick(&view, history, beats, 1);
    assert_int_equal(view.i, 0);
    beats_free(beats);
    history_free(history);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(every_step_size_goes_to_the_end_and_back_the_same_way),
        RULE(an_iteration_forward_and_one_back_are_twins),
        RULE(going_anywhere_stays_inside_the_trace),
        RULE(a_moment_looks_the_same_from_wherever_it_was_reached),
        RULE(a_step_forgets_what_was_scrolled),
        RULE(play_takes_a_step_each_time_it_is_due),
        RULE(a_late_tick_takes_one_step_and_no_jump),
        RULE(play_stops_at_the_end_and_starts_from_there_anew),
        RULE(a_step_by_hand_stops_play),
        RULE(speed_goes_up_and_down_the_same_steps),
        RULE(zoom_keeps_the_column_under_the_mouse),
        RULE(zoom_has_an_end_on_both_axes),
        RULE(panning_stays_inside_the_whole),
        RULE(the_playhead_stays_in_sight),
        RULE(focus_shows_the_surroundings_and_again_everything),
        RULE(language_theme_axis_and_help_are_their_own_twins),
        RULE(the_scale_has_limits_and_a_normal_size),
        RULE(escape_closes_help_first_and_then_the_selection),
        RULE(selecting_the_same_again_selects_nothing),
        cmocka_unit_test(the_mark_stays_in_the_list),
        cmocka_unit_test(without_a_trace_no_action_does_harm),
        cmocka_unit_test(an_empty_trace_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
