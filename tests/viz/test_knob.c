/*
 * Knobs: read from the header, turned along their notches, shown in a strip of their own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "viz/scene_shown.h"

#include "knob.h"

#include <cjson/cJSON.h>

static const char declared[] =
    "[{\"name\":\"seconds\",\"default\":2,\"min\":0.1,\"max\":60,\"zh\":\"多久\",\"en\":\"how long\"},"
    "{\"name\":\"n\",\"default\":3,\"min\":1,\"max\":20,\"whole\":true,\"en\":\"how many\"},"
    "{\"name\":\"until\",\"default\":\"ALL\",\"choices\":[\"ALL\",\"FIRST\"]}]";

static Knobs knobs_of(const char *declarations, const char *set)
{
    Knobs knobs;
    cJSON *json = cJSON_Parse(declarations), *values = cJSON_Parse(set);
    assert_true(knobs_read(&knobs, json, values));
    cJSON_Delete(json);
    cJSON_Delete(values);
    return knobs;
}

/* The value after one turn, or "-". */
static const char *turned(const char *set, size_t k, int way)
{
    static char value[64];
    Knobs knobs = knobs_of(declared, set);
    if (!knob_turned(&knobs.items[k], way, value, sizeof value))
        strcpy(value, "-");
    knobs_free(&knobs);
    return value;
}

static void a_knob_has_its_default_until_it_is_set(void **state)
{
    Knobs knobs = knobs_of(declared, "{\"seconds\":0.5,\"until\":\"FIRST\"}");
    assert_int_equal(knobs.count, 3);
    assert_string_equal(knobs.items[0].shown, "0.5");
    assert_true(knobs.items[0].changed);
    assert_string_equal(knobs.items[0].usual, "2");
    assert_string_equal(knobs.items[0].meaning[LANG_ZH], "多久");
    assert_string_equal(knobs.items[1].shown, "3");
    assert_false(knobs.items[1].changed);
    assert_string_equal(knobs.items[1].meaning[LANG_ZH], "how many");
    assert_string_equal(knobs.items[2].shown, "FIRST");
    assert_string_equal(knobs.items[2].meaning[LANG_EN], "until");
    knobs_free(&knobs);
}

static void numbers_turn_along_round_values_within_their_limits(void **state)
{
    assert_string_equal(turned("{}", 0, 1), "3");
    assert_string_equal(turned("{}", 0, -1), "1.5");
    assert_string_equal(turned("{\"seconds\":0.9}", 0, 1), "1");
    assert_string_equal(turned("{\"seconds\":1}", 0, -1), "0.9");
    assert_string_equal(turned("{\"seconds\":9}", 0, 1), "10");
    assert_string_equal(turned("{\"seconds\":10}", 0, 1), "15");
    assert_string_equal(turned("{\"seconds\":7.3}", 0, 1), "8");
    assert_string_equal(turned("{\"seconds\":0.1}", 0, -1), "-");
    assert_string_equal(turned("{\"seconds\":60}", 0, 1), "-");
    assert_string_equal(turned("{\"seconds\":50}", 0, 1), "60");
}

static void whole_numbers_have_no_fractions(void **state)
{
    assert_string_equal(turned("{\"n\":1}", 1, 1), "2");
    assert_string_equal(turned("{\"n\":2}", 1, -1), "1");
    assert_string_equal(turned("{\"n\":9}", 1, 1), "10");
    assert_string_equal(turned("{\"n\":15}", 1, 1), "20");
    assert_string_equal(turned("{\"n\":1}", 1, -1), "-");
}

static void words_turn_in_their_order(void **state)
{
    assert_string_equal(turned("{}", 2, 1), "FIRST");
    assert_string_equal(turned("{}", 2, -1), "-");
    assert_string_equal(turned("{\"until\":\"FIRST\"}", 2, 1), "-");
    assert_string_equal(turned("{\"until\":\"FIRST\"}", 2, -1), "ALL");
}

static void a_knob_at_another_value_turns_from_there(void **state)
{
    char value[64];
    Knobs knobs = knobs_of(declared, "{}");
    Knob at = knob_at(&knobs.items[0], "5");
    assert_true(at.changed);
    assert_true(knob_turned(&at, 1, value, sizeof value));
    assert_string_equal(value, "6");
    at = knob_at(&knobs.items[2], "FIRST");
    assert_true(knob_turned(&at, -1, value, sizeof value));
    assert_string_equal(value, "ALL");
    knobs_free(&knobs);
}

static void back_is_to_the_default(void **state)
{
    assert_string_equal(turned("{\"seconds\":50}", 0, 0), "2");
    assert_string_equal(turned("{}", 0, 0), "-");
}

static void numbers_without_limits_pass_zero(void **state)
{
    static const struct {
        const char *value;
        int way;
        const char *to;
    } steps[] = {{"0", 1, "0.1"}, {"0.1", -1, "0"}, {"0", -1, "-1"}, {"-1", 1, "0"}, {"-0.5", 1, "0"}};
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
        char json[96], value[64];
        snprintf(json, sizeof json, "[{\"name\":\"x\",\"default\":%s}]", steps[k].value);
        Knobs knobs = knobs_of(json, "{}");
        assert_true(knob_turned(&knobs.items[0], steps[k].way, value, sizeof value));
        assert_string_equal(value, steps[k].to);
        knobs_free(&knobs);
    }
}

static void what_makes_no_sense_is_left_out(void **state)
{
    Knobs knobs = knobs_of("[7,{\"name\":\"a\"},{\"default\":1},{\"name\":\"b\",\"default\":1},"
                           "{\"name\":\"c\",\"default\":\"w\",\"choices\":[1,null]}]",
                           "{\"b\":\"word\",\"c\":5}");
    char value[64];
    assert_int_equal(knobs.count, 2);
    assert_string_equal(knobs.items[0].shown, "1");
    assert_string_equal(knobs.items[1].shown, "w");
    assert_false(knob_turned(&knobs.items[1], 1, value, sizeof value));
    knobs_free(&knobs);
    knobs = knobs_of("{}", "7");
    assert_int_equal(knobs.count, 0);
    knobs_free(&knobs);
}

/* ---------------------------------------------------------------------------------------------- picture */

#define HEADER "\"program\":{\"lesson\":\"x\",\"set\":{\"seconds\":5},\"about\":{\"knobs\":" KNOBS "}}"
#define KNOBS \
    "[{\"name\":\"seconds\",\"default\":2,\"min\":0.1,\"max\":5,\"zh\":\"多久\",\"en\":\"how long\"}]"

static size_t buttons(const Shown *shown, int64_t argument)
{
    size_t found = 0;
    for (size_t k = 0; k < shown->list.hot_count; k++)
        found += shown->list.hots[k].action == DO_TURN && shown->list.hots[k].argument == argument;
    return found;
}

static void a_lesson_with_knobs_shows_them_below_its_source(void **state)
{
    Shown shown;
    start_with(&shown, HEADER, "");
    shown.opened.lesson.runs_again = true;
    show(&shown);
    Rect strip = shown.scene.layout.knobs;
    assert_int_equal(strip.y, shown.scene.layout.source.y + shown.scene.layout.source.h);
    assert_int_equal(strip.y + strip.h, shown.scene.layout.console.y);
    assert_true(says_in(&shown, strip, "seconds"));
    assert_true(says_in(&shown, strip, "5"));
    assert_true(says_in(&shown, strip, "how long"));
    assert_int_equal(buttons(&shown, TURN_OF(0, -1)), 1);
    assert_int_equal(buttons(&shown, TURN_OF(0, 1)), 0); /* it is at its most */
    assert_int_equal(buttons(&shown, TURN_OF(0, 0)), 1); /* its value, which is not the default */
    stop(&shown);
}

/* "+" once more, with the mouse where it is. */
static void what_turns_a_knob_stays_where_it_is(void **state)
{
    static const struct {
        const char *declared, *to[3];
    } knobs[] = {
        {"\"default\":1,\"min\":0.1,\"max\":60", {"1", "1.5", "10"}},
        {"\"default\":9,\"min\":1,\"max\":1000,\"whole\":true", {"9", "10", "600"}},
        {"\"default\":\"one\",\"choices\":[\"one\",\"a long word\",\"two\"]",
         {"\"one\"", "\"a long word\"", "\"one\""}},
    };
    for (size_t k = 0; k < sizeof knobs / sizeof *knobs; k++)
        for (int j = 0, x = 0; j < 3; j++) {
            Shown shown;
            char about[512];
            snprintf(about, sizeof about,
                     "\"program\":{\"lesson\":\"x\",\"set\":{\"it\":%s},\"about\":{\"knobs\":[{\"name\":"
                     "\"it\",%s}]}}",
                     knobs[k].to[j], knobs[k].declared);
            start_with(&shown, about, "");
            shown.opened.lesson.runs_again = true;
            show(&shown);
            const Hot *up = hot_of(&shown, DO_TURN, TURN_OF(0, 1));
            assert_non_null(up);
            if (j > 0)
                assert_int_equal(up->r.x, x);
            x = up->r.x;
            stop(&shown);
        }
}

static void the_knobs_of_a_file_do_not_turn(void **state)
{
    Shown shown;
    start_with(&shown, HEADER, "");
    assert_true(says_in(&shown, shown.scene.layout.knobs, "5"));
    for (int way = -1; way <= 1; way++)
        assert_int_equal(buttons(&shown, TURN_OF(0, way)), 0);
    stop(&shown);
}

static void a_program_without_knobs_gives_the_room_to_its_source(void **state)
{
    Shown shown;
    start_with(&shown, "", "");
    assert_int_equal(shown.scene.layout.knobs.h, 0);
    assert_int_equal(shown.scene.layout.source.y + shown.scene.layout.source.h, shown.scene.layout.console.y);
    stop(&shown);
}

static void a_key_marks_one_knob_after_the_other_and_then_none(void **state)
{
    View view;
    view_init(&view);
    size_t marks[4];
    for (size_t k = 0; k < 4; k++) {
        assert_true(view_do(&view, NULL, NULL, 0, DO_KNOB, 2));
        marks[k] = view.knob;
    }
    assert_int_equal(marks[0], 1);
    assert_int_equal(marks[1], 2);
    assert_int_equal(marks[2], 0);
    assert_int_equal(marks[3], 1);
    view_do(&view, NULL, NULL, 0, DO_KNOB, -2);
    assert_int_equal(view.knob, 0);
    view_do(&view, NULL, NULL, 0, DO_KNOB, -2);
    assert_int_equal(view.knob, 2);
    assert_true(view_do(&view, NULL, NULL, 0, DO_BACK_OUT, 0));
    assert_int_equal(view.knob, 0);
    assert_false(view_do(&view, NULL, NULL, 0, DO_KNOB, 0)); /* there are none */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_knob_has_its_default_until_it_is_set),
        cmocka_unit_test(numbers_turn_along_round_values_within_their_limits),
        cmocka_unit_test(whole_numbers_have_no_fractions),
        cmocka_unit_test(words_turn_in_their_order),
        cmocka_unit_test(a_knob_at_another_value_turns_from_there),
        cmocka_unit_test(back_is_to_the_default),
        cmocka_unit_test(numbers_without_limits_pass_zero),
        cmocka_unit_test(what_makes_no_sense_is_left_out),
        cmocka_unit_test(a_lesson_with_knobs_shows_them_below_its_source),
        cmocka_unit_test(what_turns_a_knob_stays_where_it_is),
        cmocka_unit_test(the_knobs_of_a_file_do_not_turn),
        cmocka_unit_test(a_program_without_knobs_gives_the_room_to_its_source),
        cmocka_unit_test(a_key_marks_one_knob_after_the_other_and_then_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
