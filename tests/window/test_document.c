/*
 * What is open: a lesson that goes on and on is stopped, keeps what came until then, and says so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "document.h"

static Document *load(size_t most)
{
    const char *problem;
    Document *document = document_open(&(Opening){.source = "async-await", .most = most}, LANG_EN, &problem);
    assert_non_null(document);
    document_load(document, 30);
    return document;
}

static void a_lesson_that_writes_too_much_is_stopped_and_keeps_what_it_wrote(void **state)
{
    Document *document = load(0);
    size_t all = history_bytes(document_lesson(document, LANG_EN)->history);
    document_free(document);
    document = load(all - 1);
    const Lesson *lesson = document_lesson(document, LANG_EN);
    assert_non_null(lesson->message);
    assert_non_null(strstr(lesson->message, "wrote too many events and was stopped"));
    assert_false(lesson->loading);
    assert_true(history_count(lesson->history) > 0);
    assert_true(beats_count(lesson->beats) > 0);
    assert_false(document_is_broken(document));
    assert_int_equal(document_outcome(document), 5);
    document_free(document);
}

static void a_lesson_is_far_below_the_limit(void **state)
{
    Document *document = load(0);
    assert_null(document_lesson(document, LANG_EN)->message);
    assert_int_equal(document_outcome(document), 0);
    document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lesson_that_writes_too_much_is_stopped_and_keeps_what_it_wrote),
        cmocka_unit_test(a_lesson_is_far_below_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
