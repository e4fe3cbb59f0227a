/*
 * test_timeline.c — the timeline: columns that lead from event to x and back, rows that do not overlap, and
 * pictures of chosen moments.
 */
#include "viz/picture_check.h"

#include "timeline.h"
#include "timeline_parts.h"

#include <math.h>

static const Rect area = {120, 0, 1600, 40};

/** A view of everything, or of a part of it that moves with `k`. */
static void look_at(View *view, const History *history, Axis axis, uint32_t k)
{
    double left, right;
    view->axis = axis;
    timeline_whole(history, axis, &left, &right);
    double span = right - left;
    view->left = k % 3 == 0 ? 0 : left + span * (k % 7) / 14;
    view->right = k % 3 == 0 ? 0 : view->left + span * (1 + k % 5) / 10;
}

/* --------------------------------------------------------------------------------------- columns ---- */

static void columns_lead_back(const Opened *opened)
{
    for (uint32_t k = 0; k < 42; k++) {
        View view = view_of(1920, 1080, LANG_EN);
        look_at(&view, opened->history, k % 2 ? AXIS_CLOCK : AXIS_STEP, k);
        Columns columns = columns_of(opened->history, &view, area);
        double before = -1e9;
        for (uint32_t i = columns_first(&columns); i <= columns_last(&columns); i++) {
            double start = columns_start(&columns, i), end = columns_end(&columns, i);
            assert_true(start >= before - 1e-6);
            assert_true(end >= start);
            before = end;
            bool in_sight = start >= columns.x && end <= columns.x + columns.width;
            if (in_sight && end - start > 0.01) {
                assert_int_equal(columns_event(&columns, (start + end) / 2), i);
                assert_int_equal(columns_event(&columns, end), i);
            }
            if (in_sight && view.axis == AXIS_STEP)
                assert_true(fabs(columns_value(&columns, end) -
                                 timeline_column(opened->history, AXIS_STEP, i)) < 1e-3);
        }
    }
}

static void every_column_leads_back_to_its_event(void **state)
{
    each_trace(columns_lead_back);
}

static void whole_fills(const Opened *opened)
{
    for (int axis = AXIS_STEP; axis <= AXIS_CLOCK; axis++) {
        View view = view_of(1920, 1080, LANG_EN);
        view.axis = (Axis)axis;
        Columns columns = columns_of(opened->history, &view, area);
        uint32_t count = history_count(opened->history);
        assert_true(columns.whole);
        assert_int_equal(lround(columns_end(&columns, count)), area.x + area.w);
        assert_true(columns_start(&columns, 1) >= area.x - 1e-6);
        assert_int_equal(columns_event(&columns, area.x + area.w), count);
        assert_int_equal(columns_event(&columns, area.x + area.w + 500), count);
    }
}

static void everything_fills_the_area_exactly(void **state)
{
    each_trace(whole_fills);
}

static void by_step_a_wait_is_a_gap_of_one_width_whatever_its_length(void **state)
{
    Opened opened = open_trace("10_await_ex3");
    View view = view_of(1920, 1080, LANG_EN);
    Columns columns = columns_of(opened.history, &view, area);
    assert_int_equal(columns.gap_count, 2);
    for (size_t k = 0; k < 2; k++) {
        double from, until;
        const ColumnGap *gap = columns_gap(&columns, columns.gaps[k].event, &from, &until);
        assert_ptr_equal(gap, &columns.gaps[k]);
        assert_int_equal(gap->length, 2000000000);
        assert_int_equal(history_kind(opened.history, gap->event), EV_SELECTED);
        assert_true(fabs(until - from - columns.gaps[0].width) < 1e-6);
        assert_true(fabs(columns_start(&columns, gap->event) - until) < 1e-6);
        assert_true(fabs(columns_end(&columns, gap->event - 1) - from) < 1e-6);
        assert_int_equal(columns_event(&columns, (from + until) / 2), gap->event - 1);
    }
    close_trace(&opened);
}

static void by_clock_gaps_are_as_long_as_the_time_and_the_steps_of_an_instant_have_room(void **state)
{
    char text[2048];
    int64_t ts[] = {0, 0, 1000, 1000, 4000, 4000};
    int at = snprintf(text, sizeof text,
                      "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\"}\n");
    for (int k = 0; k < 6; k++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "{\"i\":%d,\"ts\":%lld,\"ev\":\"note\",\"text\":\"x\"}\n", k + 1, (long long)ts[k]);
    Opened opened = open_bytes(text, (size_t)at);
    View view = view_of(1920, 1080, LANG_EN);
    view.axis = AXIS_CLOCK;
    Columns columns = columns_of(opened.history, &view, area);
    assert_false(columns.linear);
    assert_int_equal(columns.gap_count, 2);
    assert_true(fabs(columns.gaps[1].width / columns.gaps[0].width - 3) < 1e-6);
    for (uint32_t i = 1; i <= 6; i++)
        assert_true(columns_end(&columns, i) - columns_start(&columns, i) > 50);
    assert_true(fabs(columns_value(&columns, columns_end(&columns, 3)) - 1000) < 1e-3);
    view.left = 300; /* a window that begins and ends in the middle of time that passes */
    view.right = 2500;
    columns = columns_of(opened.history, &view, area);
    assert_true(fabs(columns_value(&columns, area.x) - 300) < 1e-3);
    assert_true(fabs(columns_value(&columns, area.x + area.w) - 2500) < 1e-3);
    assert_int_equal(columns_first(&columns), 3);
    close_trace(&opened);
}

static void by_a_real_clock_x_is_the_time_itself(void **state)
{
    char text[2048];
    int64_t ts[] = {100, 200, 400, 1100};
    int at = snprintf(text, sizeof text,
                      "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"monotonic\",\"unit\":\"ns\"}\n");
    for (int k = 0; k < 4; k++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "{\"i\":%d,\"ts\":%lld,\"ev\":\"note\",\"text\":\"x\"}\n", k + 1, (long long)ts[k]);
    Opened opened = open_bytes(text, (size_t)at);
    View view = view_of(1920, 1080, LANG_EN);
    view.axis = AXIS_CLOCK;
    Columns columns = columns_of(opened.history, &view, area);
    assert_true(columns.linear);
    for (uint32_t i = 1; i <= 4; i++) {
        double x = area.x + (double)area.w * (double)(ts[i - 1] - 100) / 1000;
        assert_true(fabs(columns_end(&columns, i) - x) < 1e-6);
        assert_int_equal(columns_event(&columns, x), i);
        assert_true(fabs(columns_value(&columns, x) - (double)ts[i - 1]) < 1e-3);
    }
    close_trace(&opened);
}

static void a_program_that_is_stuck_has_a_gap_without_end(void **state)
{
    Opened opened = open_trace("14a_future_ex1_hang");
    View view = view_of(1920, 1080, LANG_EN);
    Columns columns = columns_of(opened.history, &view, area);
    assert_int_equal(columns.gap_count, 1);
    assert_int_equal(columns.gaps[0].length, -1);
    assert_int_equal(history_kind(opened.history, columns.gaps[0].event), EV_STUCK);
    close_trace(&opened);
}

/* ---------------------------------------------------------------------------------------- picture ---- */

static Scene draw_timeline(DrawList *list, const Opened *opened, const View *view, State *state)
{
    draw_clear(list);
    state_at(state, opened->history, view->i);
    Scene scene = scene_of(&opened->lesson, view, state);
    scene_timeline(list, &scene, scene.layout.timeline);
    return scene;
}

static void assert_rows_apart(const DrawList *list)
{
    for (size_t a = 0; a < list->hot_count; a++)
        for (size_t b = a + 1; b < list->hot_count; b++) {
            const Hot *one = &list->hots[a], *other = &list->hots[b];
            if (one->action == DO_SELECT && other->action == DO_SELECT)
                assert_false(rect_meet(one->r, other->r, 0));
            if (one->action == DO_GO && other->action == DO_GO)
                assert_false(rect_meet(one->r, other->r, 1));
        }
}

static void assert_playhead(const DrawList *list, const Scene *scene)
{
    const Hot *ruler = hot_of(list, DO_RULER);
    assert_non_null(ruler);
    Columns columns = columns_of(scene->history, scene->view, ruler->r);
    double x = columns_end(&columns, scene->view->i);
    bool in_sight = x >= columns.x - 1 && x <= columns.x + columns.width + 1, found = false;
    for (size_t k = 0; k < list->count; k++)
        if (list->items[k].op == DRAW_GROUP && list->items[k].key == GROUP_PLAYHEAD) {
            int middle = list->items[k].r.x + list->items[k].r.w / 2;
            assert_false(found);
            assert_true(fabs(middle - x) <= 1.5);
            found = true;
        }
    assert_int_equal(found, in_sight);
}

/** Every event has its lane's label in the colour of whether it exists yet; a lane that runs is in sight. */
static void assert_running_in_sight(const DrawList *list, const Scene *scene)
{
    Id running = scene->state->running;
    const Lane *lane = running ? history_lane_of(scene->history, running) : NULL;
    bool seen = !lane || lane->helper || lane->internal;
    for (size_t k = 0; k < list->hot_count; k++)
        seen = seen || (list->hots[k].action == DO_SELECT && list->hots[k].argument == (int64_t)running);
    assert_true(seen);
}

static void rules_hold(const Opened *opened)
{
    DrawList list = {.measure = fake_measure()};
    State state = {0};
    for (int size = 0; size < WINDOW_SIZES; size++)
        for (int language = 0; language < LANGUAGES; language++)
            for (uint32_t i = 0; i <= history_count(opened->history); i++) {
                View view = view_of(window_sizes[size][0], window_sizes[size][1], (Language)language);
                view.i = i;
                view.from = i ? i - 1 : 0;
                view.scale = i % 4 == 3 ? 1.5 : i % 4 == 2 ? 0.75 : 1;
                look_at(&view, opened->history, i % 2 ? AXIS_CLOCK : AXIS_STEP, i / 2);
                Scene scene = draw_timeline(&list, opened, &view, &state);
                assert_inside(&list, scene.layout.timeline);
                assert_texts_apart(&list);
                assert_rows_apart(&list);
                assert_playhead(&list, &scene);
                assert_running_in_sight(&list, &scene);
            }
    state_clear(&state);
    draw_free(&list);
}

static void after_every_event_of_every_trace_all_stays_in_its_place(void **state)
{
    each_trace(rules_hold);
}

/* ------------------------------------------------------------------------------------ large traces ---- */

/** Tasks t1 … tN that take turns with sleep(0), `rounds` times. */
static Opened open_busy(int tasks, int rounds)
{
    size_t size = 0;
    char *text = NULL;
    FILE *file = open_memstream(&text, &size);
    unsigned i = 0, handle = 0;
    fprintf(file, "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\"}\n");
    for (int t = 1; t <= tasks; t++) {
        fprintf(
            file,
            "{\"i\":%u,\"ts\":0,\"ev\":\"task\",\"task\":\"t%d\",\"name\":\"Task-%d\",\"coroutine\":\"f\"}\n",
            ++i, t, t);
        fprintf(file,
                "{\"i\":%u,\"ts\":0,\"ev\":\"ready\",\"handle\":\"h%u\",\"by\":\"soon\",\"what\":\"step\","
                "\"task\":\"t%d\",\"why\":\"start\"}\n",
                ++i, ++handle, t);
    }
    unsigned head = 0;
    for (int n = 1; n <= rounds; n++) {
        fprintf(file, "{\"i\":%u,\"ts\":0,\"ev\":\"iteration\",\"n\":%d}\n", ++i, n);
        fprintf(file, "{\"i\":%u,\"ts\":0,\"ev\":\"batch\",\"n\":%d}\n", ++i, tasks);
        for (int t = 1; t <= tasks; t++) {
            ++head;
            fprintf(file, "{\"i\":%u,\"ts\":0,\"ev\":\"run\",\"handle\":\"h%u\",\"task\":\"t%d\"}\n", ++i,
                    head, t);
            fprintf(file,
                    "{\"i\":%u,\"ts\":0,\"ev\":\"ready\",\"handle\":\"h%u\",\"by\":\"soon\",\"what\":"
                    "\"step\",\"task\":\"t%d\",\"why\":\"yield\"}\n",
                    ++i, ++handle, t);
            fprintf(file,
                    "{\"i\":%u,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h%u\",\"task\":\"t%d\",\"state\":"
                    "\"ready\"}\n",
                    ++i, head, t);
        }
    }
    fclose(file);
    Opened opened = open_bytes(text, size);
    free(text);
    return opened;
}

static void a_long_trace_costs_no_more_than_its_pixels(void **state)
{
    Opened opened = open_busy(6, 5000);
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    View view = view_of(1920, 1080, LANG_EN);
    view.i = history_count(opened.history) / 2;
    draw_timeline(&list, &opened, &view, &now);
    assert_true(history_count(opened.history) > 90000);
    assert_true(list.count < 6 * 1920 / 3 + 400);
    assert_true(list.hot_count < 1000);
    assert_playhead(&list, &(Scene){.history = opened.history, .view = &view});
    state_clear(&now);
    draw_free(&list);
    close_trace(&opened);
}

/** 2000 iterations in which t1 takes one short step among much else, and waits again; t2 only waits. */
static size_t short_steps(char *text, size_t size)
{
    size_t at = (size_t)snprintf(text, size,
                                 "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\"}\n"
                                 "{\"i\":1,\"ts\":0,\"ev\":\"task\",\"task\":\"t1\"}\n"
                                 "{\"i\":2,\"ts\":0,\"ev\":\"task\",\"task\":\"t2\"}\n"
                                 "{\"i\":3,\"ts\":0,\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t2\"}\n"
                                 "{\"i\":4,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t2\","
                                 "\"state\":\"waiting\"}\n");
    for (unsigned i = 5; i < 20005; i += 10) {
        at += (size_t)snprintf(text + at, size - at,
                               "{\"i\":%u,\"ts\":0,\"ev\":\"run\",\"handle\":\"h2\",\"task\":\"t1\"}\n"
                               "{\"i\":%u,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h2\",\"task\":\"t1\","
                               "\"state\":\"waiting\"}\n",
                               i, i + 1);
        for (unsigned k = 2; k < 10; k++)
            at += (size_t)snprintf(text + at, size - at,
                                   "{\"i\":%u,\"ts\":0,\"ev\":\"note\",\"text\":\"x\"}\n", i + k);
    }
    return at;
}

/** How many px of a task's row are drawn as running. */
static int running_px(const DrawList *list, const Scene *scene, Id task)
{
    int px = 0;
    Rect row = {0};
    for (size_t k = 0; k < list->hot_count; k++)
        if (list->hots[k].action == DO_SELECT && list->hots[k].argument == (int64_t)task)
            row = list->hots[k].r;
    row.x += row.w;
    row.w = scene->layout.timeline.x + scene->layout.timeline.w - row.x;
    for (size_t k = 0; k < list->count; k++) {
        const Draw *item = &list->items[k];
        if (item->op == DRAW_FILL && item->color == COLOR_RUNNING &&
            rect_has(row, item->r.x, item->r.y + item->r.h / 2))
            px += item->r.w;
    }
    return px;
}

static void steps_too_short_to_be_seen_are_seen_all_the_same(void **state)
{
    static char text[2 << 20];
    Opened opened = open_bytes(text, short_steps(text, sizeof text));
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    View view = view_of(1920, 1080, LANG_EN);
    view.i = history_count(opened.history);
    Scene scene = draw_timeline(&list, &opened, &view, &now);
    assert_int_equal(view.i, 20004);
    assert_true(running_px(&list, &scene, ID('t', 1)) > scene.layout.timeline.w / 2);
    assert_true(running_px(&list, &scene, ID('t', 2)) < 10);
    state_clear(&now);
    draw_free(&list);
    close_trace(&opened);
}

static void more_lanes_than_fit_scroll_and_bring_the_minimap(void **state)
{
    Opened opened = open_busy(200, 3);
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    View view = view_of(1280, 720, LANG_ZH);
    for (view.i = 400; view.i <= history_count(opened.history); view.i += 7) {
        Scene scene = draw_timeline(&list, &opened, &view, &now);
        assert_inside(&list, scene.layout.timeline);
        assert_rows_apart(&list);
        assert_running_in_sight(&list, &scene);
        assert_non_null(hot_of(&list, DO_MINIMAP));
    }
    view.scroll[PANEL_LANES] = 1 << 20;
    draw_timeline(&list, &opened, &view, &now);
    bool last = false;
    for (size_t k = 0; k < list.hot_count; k++)
        last = last || (list.hots[k].action == DO_SELECT && list.hots[k].argument == ID('t', 200));
    assert_true(last);
    state_clear(&now);
    draw_free(&list);
    close_trace(&opened);
}

static void the_minimap_is_there_only_when_something_is_out_of_sight(void **state)
{
    Opened opened = open_trace("03b_download_async");
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    View view = view_of(1920, 1080, LANG_EN);
    view.i = 80;
    draw_timeline(&list, &opened, &view, &now);
    assert_null(hot_of(&list, DO_MINIMAP));
    view.left = 20;
    view.right = 90;
    draw_timeline(&list, &opened, &view, &now);
    assert_non_null(hot_of(&list, DO_MINIMAP));
    state_clear(&now);
    draw_free(&list);
    close_trace(&opened);
}

/* ------------------------------------------------------------------------------------------ goldens ---- */

static void a_call_that_blocks_holds_the_loops_row_and_its_tasks_bar(void **state)
{
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    Opened opened = open_trace("03c_download_blocking_in_async");
    View view = view_of(1920, 1080, LANG_EN);
    view.i = 56;
    draw_timeline(&list, &opened, &view, &now);
    assert_true(says(&list, "held 1.000 s"));
    assert_true(says(&list, "blocked 1.000 s"));
    assert_false(says(&list, "idle 1.000 s"));
    state_clear(&now);
    close_trace(&opened);
    draw_free(&list);
}

/* A job in a thread sleeps until 1 s, and calls the loop before select returns. */
static void a_wait_that_a_thread_ends_is_a_wait_too(void **state)
{
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    Opened opened = open_trace("asyncio_naps");
    View view = view_of(1920, 1080, LANG_EN);
    view.i = history_count(opened.history);
    draw_timeline(&list, &opened, &view, &now);
    assert_true(says(&list, "idle 0.400 s"));
    assert_true(says(&list, "idle 0.200 s"));
    assert_false(says(&list, "held 0.200 s"));
    state_clear(&now);
    close_trace(&opened);
    draw_free(&list);
}

static void a_ruler_of_less_than_a_millisecond_tells_its_times_apart(void **state)
{
    static const char trace[] =
        "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"monotonic\",\"unit\":\"ns\"}\n"
        "{\"i\":1,\"ts\":0,\"ev\":\"task\",\"task\":\"t1\",\"name\":\"a\"}\n"
        "{\"i\":2,\"ts\":500000,\"ev\":\"end\",\"why\":\"exit\",\"code\":0}\n";
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    Opened opened = open_bytes(trace, sizeof trace - 1);
    View view = view_of(1920, 1080, LANG_EN);
    view.axis = AXIS_CLOCK;
    view.i = 1;
    draw_timeline(&list, &opened, &view, &now);
    assert_true(says(&list, "0.10 ms") || says(&list, "0.1 ms"));
    assert_false(says(&list, "0.000 s"));
    state_clear(&now);
    close_trace(&opened);
    draw_free(&list);
}

static void moments_look_as_they_did(void **state)
{
    static const struct {
        const char *name, *trace;
        uint32_t i, from;
        int size;
        Language language;
        Axis axis;
        double left, right;
        Id selected;
    } moments[] = {
        {"timeline_three_pictures", "03b_download_async", 74, 69, 2, LANG_ZH, AXIS_STEP, 0, 0, ID_NONE},
        {"timeline_by_clock", "03b_download_async", 92, 89, 1, LANG_EN, AXIS_CLOCK, 0, 0, ID_NONE},
        {"timeline_zoomed_selected", "12_task_ex2", 92, 91, 1, LANG_EN, AXIS_STEP, 40, 110, ID('t', 2)},
        {"timeline_blocked", "03c_download_blocking_in_async", 56, 54, 0, LANG_ZH, AXIS_STEP, 0, 0, ID_NONE},
        {"timeline_stuck", "14a_future_ex1_hang", 23, 22, 1, LANG_EN, AXIS_STEP, 0, 0, ID_NONE},
        {"timeline_no_loop", "03a_download_sync", 19, 16, 0, LANG_ZH, AXIS_STEP, 0, 0, ID_NONE},
    };
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    for (size_t k = 0; k < sizeof moments / sizeof *moments; k++) {
        const int *size = window_sizes[moments[k].size];
        Opened opened = open_trace(moments[k].trace);
        View view = view_of(size[0], size[1], moments[k].language);
        view.i = moments[k].i;
        view.from = moments[k].from;
        view.axis = moments[k].axis;
        view.left = moments[k].left;
        view.right = moments[k].right;
        view.selected = moments[k].selected;
        draw_timeline(&list, &opened, &view, &now);
        assert_golden(&list, moments[k].name);
        state_clear(&now);
        close_trace(&opened);
    }
    draw_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_leads_back_to_its_event),
        cmocka_unit_test(everything_fills_the_area_exactly),
        cmocka_unit_test(by_step_a_wait_is_a_gap_of_one_width_whatever_its_length),
        cmocka_unit_test(by_clock_gaps_are_as_long_as_the_time_and_the_steps_of_an_instant_have_room),
        cmocka_unit_test(by_a_real_clock_x_is_the_time_itself),
        cmocka_unit_test(a_program_that_is_stuck_has_a_gap_without_end),
        cmocka_unit_test(after_every_event_of_every_trace_all_stays_in_its_place),
        cmocka_unit_test(a_long_trace_costs_no_more_than_its_pixels),
        cmocka_unit_test(steps_too_short_to_be_seen_are_seen_all_the_same),
        cmocka_unit_test(more_lanes_than_fit_scroll_and_bring_the_minimap),
        cmocka_unit_test(the_minimap_is_there_only_when_something_is_out_of_sight),
        cmocka_unit_test(a_call_that_blocks_holds_the_loops_row_and_its_tasks_bar),
        cmocka_unit_test(a_wait_that_a_thread_ends_is_a_wait_too),
        cmocka_unit_test(a_ruler_of_less_than_a_millisecond_tells_its_times_apart),
        cmocka_unit_test(moments_look_as_they_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
