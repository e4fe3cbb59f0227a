/*
 * test_rich.c — markup becomes lines: where they break, what shrinks, what is cut.
 *
 * A Latin byte is half as wide as the letters are high, a Chinese character as wide as high.
 */
#include "rich.h"
#include "viz/fake_measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The lines of the list as one text: "line|line". Code stands a little higher in its line than the rest. */
static const char *lines_of(const DrawList *list)
{
    static char text[4096];
    int y = -1;
    text[0] = 0;
    for (size_t k = 0; k < list->count; k++) {
        const Draw *item = &list->items[k];
        if (item->op != DRAW_TEXT)
            continue;
        if (y >= 0 && item->r.y - y > item->size / 2)
            strcat(text, "|");
        y = item->r.y;
        strncat(text, draw_string(list, item), item->length);
    }
    return text;
}

static DrawList drawn(Rect r, int size, int smaller, const char *markup)
{
    DrawList list = {.measure = fake_measure()};
    rich_draw(&list, r, size, smaller, COLOR_TEXT, markup);
    assert_false(list.failed);
    return list;
}

static void assert_lines(int width, const char *markup, const char *lines)
{
    DrawList list = drawn(rect(0, 0, width, 1000), 20, 20, markup);
    assert_string_equal(lines_of(&list), lines);
    draw_free(&list);
}

static void latin_breaks_at_spaces(void **state)
{
    assert_lines(100, "one two three four", "one two|three four");
    assert_lines(1000, "one two three four", "one two three four");
}

static void chinese_breaks_after_any_character(void **state)
{
    assert_lines(80, "循环先恢复它", "循环先恢|复它");
}

static void no_line_begins_with_closing_punctuation(void **state)
{
    assert_lines(80, "循环先恢，复它", "循环先|恢，复它");
    assert_lines(80, "循环先恢。”复它", "循环先|恢。”复|它");
}

static void no_line_ends_with_opening_punctuation(void **state)
{
    assert_lines(80, "循环先“恢复它", "循环先|“恢复它");
}

static void marks_choose_the_face_and_are_not_shown(void **state)
{
    DrawList list = drawn(rect(0, 0, 1000, 100), 20, 20, "**img1** awaits `sleep(1)`");
    assert_string_equal(lines_of(&list), "img1 awaits sleep(1)");
    assert_int_equal(list.items[0].face, FACE_UI_BOLD);
    assert_int_equal(list.items[1].face, FACE_UI);
    assert_int_equal(list.items[2].face, FACE_CODE);
    draw_free(&list);
}

static void a_mark_without_its_partner_is_a_letter(void **state)
{
    assert_lines(1000, "2 ** 3 and a ` alone", "2 ** 3 and a ` alone");
}

static void stars_inside_code_are_code(void **state)
{
    assert_lines(1000, "`f(**kw)` and `g(**kw)`", "f(**kw) and g(**kw)");
}

static void a_word_longer_than_the_line_is_broken_anywhere(void **state)
{
    assert_lines(40, "abcdefghij", "abcd|efgh|ij");
}

static void it_shrinks_one_step_before_it_is_cut(void **state)
{
    DrawList list = drawn(rect(0, 0, 100, 50), 20, 10, "one two three four five six");
    assert_int_equal(list.items[0].size, 10);
    assert_null(strstr(lines_of(&list), "…"));
    draw_free(&list);
}

static void what_does_not_fit_ends_in_an_ellipsis_and_a_tooltip_has_it_all(void **state)
{
    DrawList list = drawn(rect(0, 0, 100, 50), 20, 20, "one **two** three four five six");
    assert_string_equal(lines_of(&list), "one two|three…");
    assert_int_equal(list.hot_count, 1);
    assert_string_equal(list.texts + list.hots[0].tip - 1, "one two three four five six");
    draw_free(&list);
}

/* One text: drawn apart, it could come from another font, whose dots stand higher. */
static void an_ellipsis_is_of_the_same_text_and_face_as_what_it_follows(void **state)
{
    static const struct {
        const char *markup, *last;
        Face face;
    } cuts[] = {{"one two three four five six", "three…", FACE_UI},
                {"one two **three** four five six", "three…", FACE_UI_BOLD},
                {"one two `three` four five six", "three...", FACE_CODE}};
    for (size_t k = 0; k < sizeof cuts / sizeof *cuts; k++) {
        DrawList list = drawn(rect(0, 0, 100, 50), 20, 20, cuts[k].markup);
        const Draw *last = &list.items[list.count - 1];
        assert_string_equal(draw_string(&list, last), cuts[k].last);
        assert_int_equal(last->face, cuts[k].face);
        draw_free(&list);
    }
}

static void nothing_to_say_draws_nothing(void **state)
{
    DrawList list = drawn(rect(0, 0, 100, 50), 20, 20, "");
    assert_int_equal(list.count, 0);
    draw_free(&list);
}

static void plain_text_is_cut_at_a_character(void **state)
{
    char buffer[6];
    assert_int_equal(rich_plain(buffer, sizeof buffer, "**循环**"), 3);
    assert_string_equal(buffer, "循");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_breaks_at_spaces),
        cmocka_unit_test(chinese_breaks_after_any_character),
        cmocka_unit_test(no_line_begins_with_closing_punctuation),
        cmocka_unit_test(no_line_ends_with_opening_punctuation),
        cmocka_unit_test(marks_choose_the_face_and_are_not_shown),
        cmocka_unit_test(a_mark_without_its_partner_is_a_letter),
        cmocka_unit_test(stars_inside_code_are_code),
        cmocka_unit_test(a_word_longer_than_the_line_is_broken_anywhere),
        cmocka_unit_test(it_shrinks_one_step_before_it_is_cut),
        cmocka_unit_test(what_does_not_fit_ends_in_an_ellipsis_and_a_tooltip_has_it_all),
        cmocka_unit_test(an_ellipsis_is_of_the_same_text_and_face_as_what_it_follows),
        cmocka_unit_test(nothing_to_say_draws_nothing),
        cmocka_unit_test(plain_text_is_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
