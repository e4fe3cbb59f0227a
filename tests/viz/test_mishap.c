/*
 * A trace in which nothing ran, and what it was about.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mishap.h"

#define HEADER \
    "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\",\"program\":{}}\n"
#define BROKEN                                                                                   \
    "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\",\"program\":{" \
    "\"compiles\":false}}\n"
#define SOURCE(name, language)                                                                             \
    "{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"" name "\",\"language\":\"" language \
    "\",\"text\":\"a\\nb\\n\"}\n"
#define END "{\"i\":9,\"ts\":0,\"ev\":\"end\",\"why\":\"exception\",\"code\":1}\n"

static History *history_with(const char *text)
{
    History *history = history_new();
    assert_true(history_feed(history, text, strlen(text)));
    assert_true(history_finish(history));
    return history;
}

static void a_compilers_words_and_the_line_it_stopped_at(void **state)
{
    History *history = history_with(BROKEN SOURCE(
        "my.c",
        "c") "{\"i\":2,\"ts\":0,\"ev\":\"output\",\"fd\":2,\"text\":\"my.c:2: error\\n\"}\n"
             "{\"i\":3,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"m\"}\n" END);
    Mishap *mishap = mishap_of(history);
    assert_non_null(mishap);
    assert_string_equal(mishap->said, "my.c:2: error\n");
    assert_string_equal(mishap->name, "my.c");
    assert_string_equal(mishap->language, "c");
    assert_int_equal(mishap->line, 2);
    mishap_free(mishap);
    history_free(history);
}

static void python_names_the_line_itself_and_the_last_one_counts(void **state)
{
    History *history =
        history_with(HEADER SOURCE("my.py", "python") "{\"i\":2,\"ts\":0,\"ev\":\"output\",\"fd\":2,\"text\":"
                                                      "\"File \\\"/a/my.py\\\", line 1\\n\"}\n"
                                                      "{\"i\":3,\"ts\":0,\"ev\":\"output\",\"fd\":2,\"text\":"
                                                      "\"File \\\"/a/my.py\\\", line 2\\n\"}\n" END);
    Mishap *mishap = mishap_of(history);
    assert_non_null(mishap);
    assert_int_equal(mishap->line, 2);
    mishap_free(mishap);
    history_free(history);
}

static void a_lesson_s_compiler_error_names_its_line(void **state)
{
    History *history = history_with(BROKEN SOURCE(
        "lesson.c", "c") "{\"i\":2,\"ts\":0,\"ev\":\"output\",\"fd\":2,\"text\":\"  from mine/lesson.c:1:\\n"
                         "mine/lesson.c:1:3: warning: w\\nmine/lesson.c:2:9: error: e\\n\"}\n" END);
    Mishap *mishap = mishap_of(history);
    assert_non_null(mishap);
    assert_int_equal(mishap->line, 2);
    mishap_free(mishap);
    history_free(history);
}

static void a_program_that_ran_is_none_however_it_ended(void **state)
{
    History *at_once = history_with(HEADER SOURCE("my.c", "c") END);
    assert_null(mishap_of(at_once)); /* it compiles, and ends with an exception */
    history_free(at_once);
    History *ran = history_with(HEADER SOURCE(
        "my.c",
        "c") "{\"i\":2,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":1,\"function\":\"m\"}\n"
             "{\"i\":3,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"m\"}\n" END);
    assert_null(mishap_of(ran));
    assert_false(mishap_may_come(ran));
    history_free(ran);
    History *open = history_with(HEADER SOURCE("my.py", "python"));
    assert_null(mishap_of(open));
    assert_true(mishap_may_come(open));
    history_free(open);
    History *well = history_with(
        HEADER SOURCE("my.c", "c") "{\"i\":2,\"ts\":0,\"ev\":\"end\",\"why\":\"exit\",\"code\":0}\n");
    assert_null(mishap_of(well));
    history_free(well);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_compilers_words_and_the_line_it_stopped_at),
        cmocka_unit_test(python_names_the_line_itself_and_the_last_one_counts),
        cmocka_unit_test(a_lesson_s_compiler_error_names_its_line),
        cmocka_unit_test(a_program_that_ran_is_none_however_it_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
