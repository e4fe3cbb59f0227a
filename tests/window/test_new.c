/*
 * `loopglass new`: what it writes runs as it is, in C as in Python, and nothing is overwritten.
 */
#include "window/shell.h"

static int make_folder(void **state)
{
    char cache[128];
    int made = shell_make_folder(state);
    snprintf(cache, sizeof cache, "%s/cache", folder);
    setenv("XDG_CACHE_HOME", cache, 1);
    unsetenv("LOOPGLASS_LESSONS");
    return made;
}

static void a_new_lesson_runs_and_its_trace_is_whole(void **state)
{
    assert_int_equal(sh("loopglass new mine"), 0);
    assert_non_null(strstr(out, "loopglass ./mine --watch"));
    assert_int_equal(sh("ls mine && looprun mine"), 0);
    assert_string_equal(
        out, "lesson.c\nlesson.json\nlesson.py\nfirst begins\nsecond begins\nfirst ends\nsecond ends\n");
    assert_string_equal(err, "");
    assert_int_equal(
        sh("looprun ./mine --trace t.jsonl && loopglass check t.jsonl && loopglass text t.jsonl"), 0);
    assert_non_null(strstr(out, "Your opening words."));
    assert_non_null(strstr(out, "Said when line 5 runs for the second time"));
}

static void it_does_in_c_what_it_does_in_python(void **state)
{
    if (sh("python3 -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))'") != 0)
        skip();
    assert_int_equal(
        sh("loopglass new mine && looprun mine --trace c.jsonl && "
           "looprun mine/lesson.py --virtual --trace py.jsonl && loopglass diff c.jsonl py.jsonl"),
        0);
}

static void its_knob_turns_and_its_notes_are_in_both_languages(void **state)
{
    assert_int_equal(sh("loopglass new mine && looprun mine --set seconds=3 --trace t.jsonl >/dev/null && "
                        "loopglass text t.jsonl --lang zh"),
                     0);
    assert_non_null(strstr(out, "一共只等 3 秒"));
    assert_int_equal(sh("grep -c 'await asyncio.sleep(3)' t.jsonl"), 0);
}

static void it_is_listed_where_lessons_are_looked_for(void **state)
{
    assert_int_equal(sh("loopglass new one --lessons shelf && loopglass new two --lessons shelf --lang zh"),
                     0);
    assert_non_null(strstr(out, "loopglass shelf/two --watch   打开窗口"));
    assert_int_equal(sh("looprun --list --lessons shelf | tail -n 5"), 0);
    assert_non_null(strstr(out, "101  one "));
    assert_non_null(strstr(out, "102  two "));
}

static void nothing_is_overwritten_and_a_name_is_a_name(void **state)
{
    assert_int_equal(
        sh("loopglass new mine && echo mine >mine/lesson.c && ! loopglass new mine && cat mine/lesson.c"), 0);
    assert_one_line("cannot make mine: File exists; nothing was changed");
    assert_non_null(strstr(out, "mine\n"));
    static const char *const names[] = {"a/b", "..", "my.c", "'two words'", "''"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        assert_int_equal(sh("loopglass new %s", names[k]), 2);
        assert_one_line("a lesson's name is made of letters");
    }
    assert_int_equal(sh("loopglass new"), 2);
    assert_one_line("usage: loopglass new NAME");
    assert_int_equal(sh("loopglass new x --lessons /proc/nowhere"), 4);
    assert_one_line("cannot make /proc/nowhere/x");
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, shell_remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_new_lesson_runs_and_its_trace_is_whole),
        IN_FOLDER(it_does_in_c_what_it_does_in_python),
        IN_FOLDER(its_knob_turns_and_its_notes_are_in_both_languages),
        IN_FOLDER(it_is_listed_where_lessons_are_looked_for),
        IN_FOLDER(nothing_is_overwritten_and_a_name_is_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
