/*
 * test_timeline_scroll.c — which rows of the timeline are in sight when they do not all fit.
 */
#include "viz/picture_check.h"

#include "timeline_parts.h"

#include <stdlib.h>

/* In a window of this size there is room for seven rows: main, which stands still, and six others. */
enum { WIDE = 1280, HIGH = 720, OTHERS = 6 };

/** Tasks t1 (main) … tN are made before the loop runs; then each number takes a step, in which "2>3" makes t3
 * ready. */
static Opened open_runs(int tasks, const char *coroutine, const char *runs)
{
    size_t size = 0;
    char *text = NULL;
    FILE *file = open_memstream(&text, &size);
    unsigned i = 0, handle = 0, made = 1000;
    fputs("{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\"}\n", file);
    fprintf(file, "{\"i\":%u,\"ts\":0,\"ev\":\"loop\",\"op\":\"new\"}\n", ++i);
    for (int t = 1; t <= tasks; t++)
        fprintf(file,
                "{\"i\":%u,\"ts\":0,\"ev\":\"task\",\"task\":\"t%d\",\"name\":\"Task-%d\",\"coroutine\":\"%"
                "s\"}\n",
                ++i, t, t, t == 3 ? coroutine : "f");
    fprintf(file, "{\"i\":%u,\"ts\":0,\"ev\":\"iteration\",\"n\":1}\n", ++i);
    for (const char *at = runs; *at;) {
        char *behind;
        long t = strtol(at, &behind, 10);
        fprintf(file, "{\"i\":%u,\"ts\":0,\"ev\":\"run\",\"handle\":\"h%u\",\"task\":\"t%ld\"}\n", ++i,
                ++handle, t);
        if (*behind == '>')
            fprintf(file,
                    "{\"i\":%u,\"ts\":0,\"ev\":\"ready\",\"handle\":\"h%u\",\"what\":\"step\",\"task\":\"t%"
                    "ld\"}\n",
                    ++i, ++made, strtol(behind + 1, &behind, 10));
        fprintf(
            file,
            "{\"i\":%u,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h%u\",\"task\":\"t%ld\",\"state\":\"waiting\"}\n",
            ++i, handle, t);
        at = behind + strspn(behind, " ");
    }
    fclose(file);
    Opened opened = open_bytes(text, size);
    free(text);
    return opened;
}

static void draw_moment(DrawList *list, const Opened *opened, uint32_t i, int scroll)
{
    State state = {0};
    View view = view_of(WIDE, HIGH, LANG_EN);
    view.i = i;
    view.scroll[PANEL_LANES] = scroll;
    state_at(&state, opened->history, i);
    draw_clear(list);
    Scene scene = scene_of(&opened->lesson, &view, &state);
    scene_timeline(list, &scene, scene.layout.timeline);
    state_clear(&state);
}

/** Draws the moment after event i. @return the y of a task's name, -1: out of sight */
static int name_y(DrawList *list, const Opened *opened, uint32_t i, Id task)
{
    draw_moment(list, opened, i, 0);
    for (size_t k = 0; k < list->hot_count; k++)
        if (list->hots[k].action == DO_SELECT && list->hots[k].argument == (int64_t)task)
            return list->hots[k].r.y;
    return -1;
}

/** The task that runs after event i, or ran last. */
static Id ran_last(const History *history, uint32_t i)
{
    for (; i > 0; i--)
        if (history_kind(history, i) == EV_RUN && history_event(history, i).task != ID_NONE)
            return history_event(history, i).task;
    return ID_NONE;
}

static void last_runner_in_sight(const Opened *opened)
{
    DrawList list = {.measure = fake_measure()};
    for (uint32_t i = 1; i <= history_count(opened->history); i++) {
        Id last = ran_last(opened->history, i);
        const Lane *lane = last ? history_lane_of(opened->history, last) : NULL;
        if (!lane || lane->helper || lane->internal || history_kind(opened->history, i) != EV_RAN)
            continue; /* between two steps somebody may have been woken far from here */
        assert_true(name_y(&list, opened, i, last) >= 0);
    }
    draw_free(&list);
}

/* "Task-5 suspends … Next is Task-6": the row of Task-6 has to wait for its own step. */
static void whoever_has_just_run_is_in_sight_until_another_needs_the_room(void **state)
{
    each_trace(last_runner_in_sight);
}

/** The first of the rows that scroll in the picture that was drawn last. */
static Id top_row(const DrawList *list)
{
    const Hot *top = NULL;
    for (size_t k = 0; k < list->hot_count; k++) {
        const Hot *hot = &list->hots[k];
        if (hot->action == DO_SELECT && hot->argument != ID('t', 1) && (!top || hot->r.y < top->r.y))
            top = hot;
    }
    return top ? (Id)top->argument : ID_NONE;
}

static void at_either_end_no_row_is_cut_in_half(void **state)
{
    Opened opened = open_runs(20, "BaseEventLoop.shutdown_asyncgens", "1 20 2");
    DrawList list = {.measure = fake_measure()};
    for (int to = -1; to <= 1; to += 2) {
        int high = 0;
        draw_moment(&list, &opened, history_count(opened.history), to * 10000);
        for (size_t k = 0; k < list.hot_count; k++)
            if (list.hots[k].action == DO_SELECT) {
                assert_true(high == 0 || list.hots[k].r.h == high);
                high = list.hots[k].r.h;
            }
    }
    close_trace(&opened);
    draw_free(&list);
}

static void nothing_scrolls_as_long_as_all_that_run_fit(void **state)
{
    static const unsigned tops[] = {2, 2, 2, 2, 2, 2, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 3};
    Opened opened = open_runs(20, "f", "1 2 7 3 1 2 12 14 11 11 12 1 13 14 11 12 3");
    DrawList list = {.measure = fake_measure()};
    uint32_t first = 23; /* of the steps, which are two events each */
    for (size_t k = 0; k < sizeof tops / sizeof *tops; k++)
        for (uint32_t i = first + 2 * (uint32_t)k; i < first + 2 * (uint32_t)k + 2; i++) {
            name_y(&list, &opened, i, ID_NONE);
            assert_int_equal(top_row(&list), ID('t', tops[k]));
        }
    close_trace(&opened);
    draw_free(&list);
}

static void who_wakes_and_who_is_woken_are_in_sight_when_both_fit(void **state)
{
    Opened opened = open_runs(20, "f", "10>14 10>18");
    DrawList list = {.measure = fake_measure()};
    for (uint32_t i = 23; i <= 28; i++) {
        assert_true(name_y(&list, &opened, i, ID('t', 10)) >= 0);
        assert_true(name_y(&list, &opened, i, ID('t', 14)) >= 0);
    }
    close_trace(&opened);
    draw_free(&list);
}

static void main_stands_still_above_the_others(void **state)
{
    Opened opened = open_runs(20, "f", "1 2 12 1 20 5");
    DrawList list = {.measure = fake_measure()};
    int y = name_y(&list, &opened, 1, ID('t', 1));
    assert_true(y >= 0);
    for (uint32_t i = 1; i <= history_count(opened.history); i++)
        assert_int_equal(name_y(&list, &opened, i, ID('t', 1)), y);
    int others = 0;
    for (unsigned t = 2; t <= 20; t++)
        others += name_y(&list, &opened, history_count(opened.history), ID('t', t)) > y;
    assert_int_equal(others, OTHERS);
    close_trace(&opened);
    draw_free(&list);
}

/** The hot of the row of asyncio's own tasks. */
static const Hot *slim_row(const DrawList *list)
{
    for (size_t k = 0; k < list->hot_count; k++)
        if (list->hots[k].action == DO_NOTHING)
            return &list->hots[k];
    return NULL;
}

/* Those that a server makes, and those of asyncio.run's end. */
static void asyncios_own_tasks_share_a_slim_row_that_is_always_in_sight(void **state)
{
    static const char *const own[] = {"BaseSelectorEventLoop._accept_connection2",
                                      "BaseEventLoop.shutdown_asyncgens"};
    DrawList list = {.measure = fake_measure()};
    for (size_t k = 0; k < 2; k++) {
        Opened opened = open_runs(20, own[k], "1 2 3 20 3 2");
        for (uint32_t i = 1; i <= history_count(opened.history); i++) {
            assert_int_equal(name_y(&list, &opened, i, ID('t', 3)), -1);
            assert_true(says(&list, k == 0 ? "asyncio" : "asyncio.run"));
            const Hot *slim = slim_row(&list);
            assert_non_null(slim);
            for (size_t other = 0; other < list.hot_count; other++)
                if (list.hots[other].action == DO_SELECT)
                    assert_true(list.hots[other].r.y + list.hots[other].r.h <= slim->r.y);
        }
        close_trace(&opened);
    }
    draw_free(&list);
}

static void arrows_end_in_sight(const Opened *opened)
{
    DrawList list = {.measure = fake_measure()};
    for (uint32_t i = 1; i <= history_count(opened->history); i += 5) {
        int top = name_y(&list, opened, i, ID_NONE), bottom = 0;
        for (size_t k = 0; k < list.hot_count; k++)
            if (list.hots[k].action == DO_LANES) {
                top = list.hots[k].r.y;
                bottom = top + list.hots[k].r.h;
            }
        for (size_t k = 0; k < list.count; k++)
            if (list.items[k].op == DRAW_CURVE) {
                int end = list.items[k].r.y + list.items[k].r.h;
                assert_true(end >= top && end <= bottom);
            }
    }
    draw_free(&list);
}

static void no_arrow_leads_to_a_row_that_is_out_of_sight(void **state)
{
    each_trace(arrows_end_in_sight);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_has_just_run_is_in_sight_until_another_needs_the_room),
        cmocka_unit_test(nothing_scrolls_as_long_as_all_that_run_fit),
        cmocka_unit_test(at_either_end_no_row_is_cut_in_half),
        cmocka_unit_test(who_wakes_and_who_is_woken_are_in_sight_when_both_fit),
        cmocka_unit_test(main_stands_still_above_the_others),
        cmocka_unit_test(asyncios_own_tasks_share_a_slim_row_that_is_always_in_sight),
        cmocka_unit_test(no_arrow_leads_to_a_row_that_is_out_of_sight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
