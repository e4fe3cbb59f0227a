/*
 * test_list.c — the list of lessons: everything in its place, the marked one in sight, every lesson and
 * variant a click away.
 */
#include "viz/picture_check.h"

/** A catalog of `count` lessons in groups of `each`; every third has a variant, every ninth two. */
typedef struct Made {
    LessonEntry entries[64];
    Catalog catalog;
    char texts[64][3][96];
} Made;

static char *variant_names[] = {"as-written", "hidden"};
static char *variant_titles[] = {"As written: it was like this", "The same mistake, and not a sound"};

static void make(Made *made, size_t count, size_t each)
{
    memset(made, 0, sizeof *made);
    for (size_t k = 0; k < count; k++) {
        LessonEntry *entry = &made->entries[k];
        snprintf(made->texts[k][0], 96, "Lesson %zu, and what it is called", k + 1);
        snprintf(made->texts[k][1], 96,
                 "What lesson %zu is about, in a line that a narrow column has to `cut`", k + 1);
        snprintf(made->texts[k][2], 96, "Group %zu", k / each + 1);
        entry->name = made->texts[k][0];
        for (int language = 0; language < LANGUAGES; language++) {
            entry->title[language] = made->texts[k][0];
            entry->summary[language] = made->texts[k][1];
            entry->group[language] = made->texts[k][2];
            entry->variant_titles[language] = variant_titles;
        }
        entry->variants = variant_names;
        entry->variant_count = k % 9 == 8 ? 2 : k % 3 == 2 ? 1 : 0;
    }
    made->catalog = (Catalog){.entries = made->entries, .count = count};
}

static bool is_in_sight(const DrawList *list, const View *view, size_t index)
{
    for (size_t k = 0; k < list->hot_count; k++)
        if (list->hots[k].action == DO_OPEN && list->hots[k].argument == (int64_t)index &&
            rect_inside(list->hots[k].r, rect(0, 0, view->width, view->height)))
            return true;
    return false;
}

static void at_every_size_all_stays_inside_and_the_marked_lesson_is_in_sight(void **state)
{
    static const double scales[] = {0.75, 1, 1.5};
    static const size_t counts[] = {1, 2, 21, 57};
    DrawList list = {.measure = fake_measure()};
    Made made;
    for (size_t c = 0; c < 4; c++)
        for (int size = 0; size < WINDOW_SIZES; size++)
            for (int k = 0; k < 6; k++) {
                make(&made, counts[c], c == 2 ? 4 : 7);
                View view = view_of(window_sizes[size][0], window_sizes[size][1], (Language)(k % 2));
                view.scale = scales[k / 2];
                for (view.list_mark = 0; view.list_mark < counts[c]; view.list_mark++) {
                    scene_list(&list, &made.catalog, &view);
                    assert_inside(&list, rect(0, 0, view.width, view.height));
                    assert_texts_apart(&list);
                    assert_true(is_in_sight(&list, &view, view.list_mark));
                }
            }
    draw_free(&list);
}

/** The rectangle in which a click opens the lesson; empty when it is out of sight. */
static Rect place_of_lesson(const DrawList *list, size_t index)
{
    for (size_t k = 0; k < list->hot_count; k++)
        if (list->hots[k].action == DO_OPEN && list->hots[k].argument == (int64_t)index)
            return list->hots[k].r;
    return rect(0, 0, 0, 0);
}

/* All of a group that fits the window are seen together, and what comes later is never above what came
   before it, but in the next column of the same shelf. */
static void what_does_not_fit_goes_on_in_the_next_shelf(void **state)
{
    DrawList list = {.measure = fake_measure()};
    Made made;
    make(&made, 57, 7);
    View view = view_of(1280, 720, LANG_EN);
    bool later_above[57] = {false};
    for (view.list_mark = 0; view.list_mark < 57; view.list_mark++) {
        scene_list(&list, &made.catalog, &view);
        size_t group = view.list_mark / 7;
        for (size_t k = group * 7; k < group * 7 + 7 && k < 57; k++)
            assert_true(is_in_sight(&list, &view, k));
        if (view.list_mark == 0)
            for (size_t k = 0; k < 57; k++)
                later_above[k] = place_of_lesson(&list, k).w > 0;
    }
    size_t seen = 0;
    while (seen < 57 && later_above[seen])
        seen++;
    assert_true(seen >= 14);
    for (size_t k = seen; k < 57; k++) /* the first screen has the first lessons, and no others */
        assert_false(later_above[k]);
    draw_free(&list);
}

static void on_a_projector_all_21_lessons_are_seen_at_once(void **state)
{
    DrawList list = {.measure = fake_measure()};
    Made made;
    make(&made, 21, 4);
    View view = view_of(1920, 1080, LANG_ZH);
    scene_list(&list, &made.catalog, &view);
    for (size_t k = 0; k < 21; k++)
        assert_true(is_in_sight(&list, &view, k));
    draw_free(&list);
}

static void every_variant_of_the_marked_lesson_is_a_click_away(void **state)
{
    DrawList list = {.measure = fake_measure()};
    Made made;
    make(&made, 21, 4);
    for (int size = 0; size < WINDOW_SIZES; size++) {
        View view = view_of(window_sizes[size][0], window_sizes[size][1], LANG_EN);
        view.list_mark = 8;
        scene_list(&list, &made.catalog, &view);
        for (int64_t variant = 0; variant <= 2; variant++) {
            bool found = false;
            for (size_t k = 0; k < list.hot_count; k++) {
                const Hot *hot = &list.hots[k];
                bool picks = hot->action == DO_LIST_PICK || (hot->action == DO_OPEN && variant == 0);
                if (!picks || hot->argument != (variant << 32 | 8))
                    continue;
                const Hot *wins = draw_hot_at(&list, hot->r.x + hot->r.w / 2, hot->r.y + hot->r.h / 2);
                found = found || wins == hot;
            }
            assert_true(found);
        }
    }
    draw_free(&list);
}

static void the_marked_lesson_opens_with_the_variant_that_is_chosen(void **state)
{
    DrawList list = {.measure = fake_measure()};
    Made made;
    make(&made, 9, 4);
    View view = view_of(1920, 1080, LANG_EN);
    view.list_mark = 8;
    view.list_variant = 2;
    scene_list(&list, &made.catalog, &view);
    int64_t opened = -1;
    for (size_t k = 0; k < list.hot_count; k++)
        if (list.hots[k].action == DO_OPEN && (list.hots[k].argument & UINT32_MAX) == 8)
            opened = list.hots[k].argument;
    assert_int_equal(opened, (int64_t)2 << 32 | 8);
    draw_free(&list);
}

static void a_lesson_is_shown_by_its_own_number_and_one_without_by_its_place(void **state)
{
    DrawList list = {.measure = fake_measure()};
    Made made;
    make(&made, 3, 4);
    made.entries[1].number = 11;
    View view = view_of(1920, 1080, LANG_EN);
    scene_list(&list, &made.catalog, &view);
    assert_true(says(&list, "01"));
    assert_true(says(&list, "11"));
    assert_false(says(&list, "02"));
    draw_free(&list);
}

static void wherever_a_click_in_a_row_goes_it_opens_the_lesson_or_chooses_a_variant(void **state)
{
    DrawList list = {.measure = fake_measure()};
    Made made;
    make(&made, 21, 4);
    for (int size = 0; size < WINDOW_SIZES; size++) {
        View view = view_of(window_sizes[size][0], window_sizes[size][1], LANG_EN);
        scene_list(&list, &made.catalog, &view);
        for (size_t k = 0; k < list.hot_count; k++) {
            Rect r = list.hots[k].r;
            if (list.hots[k].action != DO_OPEN || r.w <= 0 || r.h <= 0)
                continue;
            for (int x = r.x; x < r.x + r.w; x += 5)
                for (int y = r.y; y < r.y + r.h; y += 5) {
                    const Hot *hot = draw_hot_at(&list, x, y);
                    assert_true(hot && (hot->action == DO_OPEN || hot->action == DO_LIST_PICK));
                }
        }
    }
    draw_free(&list);
}

static void the_foot_tells_what_the_marked_lesson_or_its_variant_is_about(void **state)
{
    DrawList list = {.measure = fake_measure()};
    Made made;
    make(&made, 9, 4);
    View view = view_of(1920, 1080, LANG_EN);
    view.list_mark = 8;
    scene_list(&list, &made.catalog, &view);
    assert_true(says(&list, "What lesson 9 is about, in a line that a narrow column has to cut"));
    view.list_variant = 2;
    scene_list(&list, &made.catalog, &view);
    assert_true(says(&list, "The same mistake, and not a sound"));
    draw_free(&list);
}

static void without_lessons_it_says_why_and_what_else_can_be_done(void **state)
{
    DrawList list = {.measure = fake_measure()};
    Catalog catalog = {.problem = "looprun was not found"};
    for (int size = 0; size < WINDOW_SIZES; size++) {
        View view = view_of(window_sizes[size][0], window_sizes[size][1], LANG_EN);
        scene_list(&list, &catalog, &view);
        assert_inside(&list, rect(0, 0, view.width, view.height));
        assert_true(says(&list, lang_text(LANG_EN, "list.empty")));
        assert_null(hot_of(&list, DO_OPEN));
        char *dump = draw_dump(&list);
        assert_non_null(strstr(dump, "looprun"));
        free(dump);
    }
    draw_free(&list);
}

static void it_looks_as_it_did(void **state)
{
    DrawList list = {.measure = fake_measure()};
    Made made;
    make(&made, 21, 4);
    View view = view_of(1920, 1080, LANG_ZH);
    view.list_mark = 8;
    scene_list(&list, &made.catalog, &view);
    assert_golden(&list, "list");
    view = view_of(1024, 768, LANG_EN);
    view.scale = 1.5;
    view.list_mark = 17;
    scene_list(&list, &made.catalog, &view);
    assert_golden(&list, "list_scrolled");
    draw_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_all_stays_inside_and_the_marked_lesson_is_in_sight),
        cmocka_unit_test(what_does_not_fit_goes_on_in_the_next_shelf),
        cmocka_unit_test(on_a_projector_all_21_lessons_are_seen_at_once),
        cmocka_unit_test(every_variant_of_the_marked_lesson_is_a_click_away),
        cmocka_unit_test(the_marked_lesson_opens_with_the_variant_that_is_chosen),
        cmocka_unit_test(a_lesson_is_shown_by_its_own_number_and_one_without_by_its_place),
        cmocka_unit_test(wherever_a_click_in_a_row_goes_it_opens_the_lesson_or_chooses_a_variant),
        cmocka_unit_test(the_foot_tells_what_the_marked_lesson_or_its_variant_is_about),
        cmocka_unit_test(without_lessons_it_says_why_and_what_else_can_be_done),
        cmocka_unit_test(it_looks_as_it_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
