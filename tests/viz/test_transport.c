/*
 * test_transport.c — the controls of time: each has its twin, none does what it cannot, and all stay in the
 * bar.
 */
#include "viz/picture_check.h"

static void draw_transport(DrawList *list, const Opened *opened, const View *view, State *state)
{
    draw_clear(list);
    state_at(state, opened->history, view->i);
    Scene scene = scene_of(&opened->lesson, view, state);
    scene_transport(list, &scene, scene.layout.transport);
}

static void stays_in_the_bar(const Opened *opened)
{
    DrawList list = {.measure = fake_measure()};
    State state = {0};
    for (int size = 0; size < WINDOW_SIZES; size++)
        for (int language = 0; language < LANGUAGES; language++)
            for (uint32_t i = 0; i <= history_count(opened->history); i++) {
                View view = view_of(window_sizes[size][0], window_sizes[size][1], (Language)language);
                view.i = i;
                view.scale = i % 4 == 3 ? 1.5 : i % 4 == 2 ? 0.75 : 1;
                view.step = (Step)(i % STEPS);
                view.playing = i % 2;
                draw_transport(&list, opened, &view, &state);
                Rect bar = scene_of(&opened->lesson, &view, &state).layout.transport;
                assert_inside(&list, bar);
                assert_texts_apart(&list);
                for (size_t a = 0; a < list.hot_count; a++)
                    for (size_t b = a + 1; b < list.hot_count; b++)
                        assert_false(rect_meet(list.hots[a].r, list.hots[b].r, 0));
                assert_non_null(hot_of(&list, DO_SCRUB));
                assert_true(hot_of(&list, DO_SCRUB)->r.w > 60);
            }
    state_clear(&state);
    draw_free(&list);
}

static void after_every_event_the_controls_stay_in_the_bar_and_apart(void **state)
{
    each_trace(stays_in_the_bar);
}

static void every_control_that_goes_forward_has_a_twin_that_goes_back(void **state)
{
    static const int twins[][2] = {{DO_FORWARD, DO_BACK}, {DO_END, DO_START}, {DO_FASTER, DO_SLOWER}};
    Opened opened = open_trace("02d_async_await");
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    View view = view_of(1920, 1080, LANG_EN);
    view.i = 40;
    draw_transport(&list, &opened, &view, &now);
    const Hot *play = hot_of(&list, DO_PLAY);
    assert_non_null(play);
    for (size_t k = 0; k < sizeof twins / sizeof *twins; k++) {
        const Hot *forward = hot_of(&list, twins[k][0]), *back = hot_of(&list, twins[k][1]);
        assert_non_null(forward);
        assert_non_null(back);
        assert_int_equal(forward->r.w, back->r.w);
        assert_int_equal(forward->r.h, back->r.h);
        assert_non_null(draw_tip(&list, forward));
        assert_non_null(draw_tip(&list, back));
        if (k < 2) { /* as far from the middle of the play button on either side */
            int middle = 2 * play->r.x + play->r.w;
            assert_int_equal(2 * forward->r.x + forward->r.w - middle, middle - 2 * back->r.x - back->r.w);
        }
    }
    state_clear(&now);
    draw_free(&list);
    close_trace(&opened);
}

static void at_the_start_nothing_goes_back_and_at_the_end_nothing_forward(void **state)
{
    Opened opened = open_trace("02d_async_await");
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    View view = view_of(1920, 1080, LANG_EN);
    view.i = 0;
    draw_transport(&list, &opened, &view, &now);
    assert_null(hot_of(&list, DO_BACK));
    assert_null(hot_of(&list, DO_START));
    assert_non_null(hot_of(&list, DO_FORWARD));
    view.i = history_count(opened.history);
    draw_transport(&list, &opened, &view, &now);
    assert_non_null(hot_of(&list, DO_BACK));
    assert_null(hot_of(&list, DO_FORWARD));
    assert_null(hot_of(&list, DO_END));
    state_clear(&now);
    draw_free(&list);
    close_trace(&opened);
}

static void all_three_sizes_of_a_step_are_a_click_away(void **state)
{
    Opened opened = open_trace("02d_async_await");
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    View view = view_of(1024, 768, LANG_EN);
    unsigned seen = 0;
    draw_transport(&list, &opened, &view, &now);
    for (size_t k = 0; k < list.hot_count; k++)
        if (list.hots[k].action == DO_STEP_SIZE)
            seen |= 1u << list.hots[k].argument;
    assert_int_equal(seen, 7);
    state_clear(&now);
    draw_free(&list);
    close_trace(&opened);
}

static void it_looks_as_it_did(void **state)
{
    Opened opened = open_trace("03b_download_async");
    DrawList list = {.measure = fake_measure()};
    State now = {0};
    View view = view_of(1920, 1080, LANG_ZH);
    view.i = 74;
    draw_transport(&list, &opened, &view, &now);
    assert_golden(&list, "transport");
    view = view_of(1024, 768, LANG_EN);
    view.i = history_count(opened.history);
    view.playing = true;
    draw_transport(&list, &opened, &view, &now);
    assert_golden(&list, "transport_end");
    state_clear(&now);
    draw_free(&list);
    close_trace(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_every_event_the_controls_stay_in_the_bar_and_apart),
        cmocka_unit_test(every_control_that_goes_forward_has_a_twin_that_goes_back),
        cmocka_unit_test(at_the_start_nothing_goes_back_and_at_the_end_nothing_forward),
        cmocka_unit_test(all_three_sizes_of_a_step_are_a_click_away),
        cmocka_unit_test(it_looks_as_it_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
