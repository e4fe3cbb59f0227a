/*
 * test_help.c — the card with all keys.
 */
#include "viz/picture_check.h"

static void draw_help(DrawList *list, const View *view)
{
    draw_clear(list);
    Scene scene = scene_of(NULL, view, NULL);
    scene_help(list, &scene, scene.layout.window);
}

static void the_card_is_inside_the_window_at_every_size(void **state)
{
    static const double scales[] = {0.75, 1, 1.25, 1.5};
    DrawList list = {.measure = fake_measure()};
    for (int size = 0; size < WINDOW_SIZES; size++)
        for (int language = 0; language < LANGUAGES; language++)
            for (int k = 0; k < 4; k++) {
                View view = view_of(window_sizes[size][0], window_sizes[size][1], (Language)language);
                view.scale = scales[k];
                draw_help(&list, &view);
                assert_inside(&list, rect(0, 0, view.width, view.height));
                assert_texts_apart(&list);
            }
    draw_free(&list);
}

/** What a click at (x, y) does: it goes through areas that scroll. */
static int click_at(const DrawList *list, int x, int y)
{
    for (size_t k = list->hot_count; k-- > 0;)
        if (list->hots[k].action != DO_SCROLL && rect_has(list->hots[k].r, x, y))
            return list->hots[k].action;
    return -1;
}

static void a_click_beside_the_card_closes_it_and_one_on_it_does_not(void **state)
{
    DrawList list = {.measure = fake_measure()};
    View view = view_of(1920, 1080, LANG_EN);
    draw_help(&list, &view);
    assert_int_equal(click_at(&list, 3, 3), DO_HELP);
    assert_int_equal(click_at(&list, 960, 540), DO_NOTHING);
    draw_free(&list);
}

/** The y of a text, or -1. */
static int place_of(const DrawList *list, const char *text)
{
    for (size_t k = 0; k < list->count; k++)
        if (list->items[k].op == DRAW_TEXT && strcmp(draw_string(list, &list->items[k]), text) == 0)
            return list->items[k].r.y;
    return -1;
}

static void where_the_card_is_too_small_its_rows_scroll(void **state)
{
    DrawList list = {.measure = fake_measure()};
    View view = view_of(1024, 420, LANG_EN);
    const char *first = lang_text(LANG_EN, "help.play"), *title = lang_text(LANG_EN, "help.title");
    draw_help(&list, &view);
    int before = place_of(&list, first), head = place_of(&list, title);
    assert_true(before > 0);
    view.scroll[PANEL_HELP] = 20;
    draw_help(&list, &view);
    assert_int_equal(place_of(&list, first), before - 20);
    assert_int_equal(place_of(&list, title), head);
    view.width = 500; /* words are cut, and their tooltips must not stand beside the card */
    for (view.scroll[PANEL_HELP] = 0; view.scroll[PANEL_HELP] < 400; view.scroll[PANEL_HELP] += 40) {
        draw_help(&list, &view);
        Rect card = rect(0, 0, 0, 0);
        for (size_t k = 0; k < list.hot_count; k++)
            if (list.hots[k].action == DO_SCROLL)
                card = list.hots[k].r;
        for (size_t k = 0; k < list.hot_count; k++)
            assert_true(list.hots[k].action == DO_HELP || list.hots[k].r.h == 0 ||
                        rect_inside(list.hots[k].r, card));
    }
    draw_free(&list);
}

static void it_looks_as_it_did(void **state)
{
    DrawList list = {.measure = fake_measure()};
    View view = view_of(1920, 1080, LANG_ZH);
    draw_help(&list, &view);
    assert_golden(&list, "help");
    draw_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_card_is_inside_the_window_at_every_size),
        cmocka_unit_test(a_click_beside_the_card_closes_it_and_one_on_it_does_not),
        cmocka_unit_test(where_the_card_is_too_small_its_rows_scroll),
        cmocka_unit_test(it_looks_as_it_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
