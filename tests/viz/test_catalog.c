/*
 * The list of lessons, from what `looprun --list --json` prints.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "catalog.h"

static Catalog parse(const char *json)
{
    Catalog catalog;
    catalog_parse(&catalog, json, strlen(json));
    return catalog;
}

static void lessons_have_texts_in_both_languages_and_variants(void **state)
{
    Catalog catalog =
        parse("[{\"name\":\"async-await\",\"number\":6,\"group\":{\"zh\":\"协程\",\"en\":\"Coroutines\"},"
              "\"title\":{\"zh\":\"甲\",\"en\":\"A\"},\"summary\":{\"zh\":\"乙\",\"en\":\"B\"},"
              "\"variants\":[{\"name\":\"as-written\",\"title\":{\"zh\":\"原文\",\"en\":\"As written\"},"
              "\"summary\":{\"en\":\"a slip\"}}],"
              "\"knobs\":[]},{\"name\":\"calls\",\"title\":{\"en\":\"Calls\"}}]");
    assert_null(catalog.problem);
    assert_int_equal(catalog.count, 2);
    const LessonEntry *entry = &catalog.entries[0];
    assert_string_equal(entry->name, "async-await");
    assert_int_equal(entry->number, 6);
    assert_string_equal(entry->group[LANG_ZH], "协程");
    assert_string_equal(entry->title[LANG_EN], "A");
    assert_string_equal(entry->summary[LANG_ZH], "乙");
    assert_int_equal(entry->variant_count, 1);
    assert_string_equal(entry->variants[0], "as-written");
    assert_string_equal(entry->variant_titles[LANG_ZH][0], "原文");
    assert_string_equal(entry->variant_summaries[LANG_EN][0], "a slip");
    assert_int_equal(catalog.entries[1].number, 0);
    assert_string_equal(catalog.entries[1].title[LANG_ZH],
                        "Calls"); /* better the other language than nothing */
    assert_string_equal(catalog.entries[1].summary[LANG_ZH], "");
    assert_int_equal(catalog_find(&catalog, "calls"), 1);
    assert_int_equal(catalog_find(&catalog, "call"), -1);
    catalog_free(&catalog);
    assert_int_equal(catalog.count, 0);
}

static void one_s_own_have_a_path_and_perhaps_a_problem(void **state)
{
    Catalog catalog =
        parse("[{\"name\":\"calls\",\"number\":1,\"folder\":\"01-calls\"},"
              "{\"name\":\"calls\",\"number\":101,\"folder\":\"/home/me/calls\",\"title\":{\"en\":\"Mine\"},"
              "\"problem\":\"lesson.json:3: oops\"}]");
    assert_int_equal(catalog.count, 2);
    assert_string_equal(catalog_source(&catalog.entries[0]), "calls");
    assert_string_equal(catalog_source(&catalog.entries[1]), "/home/me/calls");
    assert_string_equal(catalog.entries[1].title[LANG_ZH], "Mine");
    assert_string_equal(catalog.entries[1].summary[LANG_ZH], "lesson.json:3: oops");
    assert_int_equal(catalog_find(&catalog, "/home/me/calls"), 1);
    assert_int_equal(catalog_find(&catalog, "calls"), 0);
    catalog_free(&catalog);
}

static void what_is_no_list_is_a_problem_and_no_crash(void **state)
{
    static const char *const texts[] = {"", "{", "{}", "null", "\"text\"", "[{\"name\":"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        Catalog catalog = parse(texts[k]);
        assert_int_equal(catalog.count, 0);
        assert_non_null(catalog.problem);
        catalog_free(&catalog);
    }
}

static void entries_that_make_no_sense_are_left_out(void **state)
{
    Catalog catalog =
        parse("[1,null,{},{\"name\":5},{\"name\":\"good\",\"variants\":[{},{\"name\":\"v\"}]}]");
    assert_int_equal(catalog.count, 1);
    assert_string_equal(catalog.entries[0].name, "good");
    assert_int_equal(catalog.entries[0].variant_count, 1);
    assert_string_equal(catalog.entries[0].variants[0], "v");
    catalog_free(&catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lessons_have_texts_in_both_languages_and_variants),
        cmocka_unit_test(one_s_own_have_a_path_and_perhaps_a_problem),
        cmocka_unit_test(what_is_no_list_is_a_problem_and_no_crash),
        cmocka_unit_test(entries_that_make_no_sense_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
