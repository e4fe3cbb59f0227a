/*
 * What a lesson says about itself, and which note belongs to which moment.
 */
#include "traces.h"

#include "about.h"

static const char head[] = "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"program\":";

static History *with_program(const char *program, const char *lines)
{
    Bytes made = make_trace(lines);
    const char *rest = strchr(made.text, '\n');
    History *history = history_new();
    assert_non_null(history);
    history_feed(history, head, strlen(head));
    history_feed(history, program, strlen(program));
    history_feed(history, "}", 1);
    history_feed(history, rest, strlen(rest));
    free(made.text);
    return history;
}

static void a_lesson_has_its_titles_in_both_languages(void **state)
{
    History *history = with_program("{\"lesson\":\"async-await\",\"variant\":\"as-written\",\"about\":{"
                                    "\"title\":{\"zh\":\"异步\",\"en\":\"Async\"},"
                                    "\"summary\":{\"en\":\"Two sleep\"}}}",
                                    "");
    About *about = about_new(history);
    assert_string_equal(about_lesson(about), "async-await");
    assert_string_equal(about_variant(about), "as-written");
    assert_string_equal(about_title(about, LANG_ZH), "异步");
    assert_string_equal(about_title(about, LANG_EN), "Async");
    assert_string_equal(about_summary(about, LANG_ZH), "Two sleep");
    assert_null(about_note(about, history, 0, 10, LANG_EN));
    about_free(about);
    history_free(history);
}

static void a_recording_says_which_python_it_is_of(void **state)
{
    static const struct {
        const char *header, *python;
    } headers[] = {
        {"{},\"semantics\":\"cpython-3.13.0\",\"producer\":{\"language\":\"python\"}", "CPython 3.13.0"},
        {"{},\"semantics\":\"cpython-3.11\",\"producer\":{\"language\":\"c\"}", NULL},
        {"{},\"semantics\":\"mine\",\"producer\":{\"language\":\"python\"}", NULL},
        {"{},\"producer\":7,\"semantics\":7", NULL},
    };
    for (size_t k = 0; k < sizeof headers / sizeof *headers; k++) {
        History *history = with_program(headers[k].header, "");
        About *about = about_new(history);
        const char *python = about_python(about);
        assert_string_equal(python ? python : "none", headers[k].python ? headers[k].python : "none");
        about_free(about);
        history_free(history);
    }
}

static void any_other_program_is_called_by_its_file(void **state)
{
    static const struct {
        const char *program, *title;
    } named[] = {
        {"{\"argv\":[\"/home/me/server.py\",\"8080\"]}", "server.py"},
        {"{\"argv\":[\"-m\",\"package.module\",\"8080\"]}", "package.module"},
        {"{\"lesson\":\"02d\"}", "02d"},
        {"{}", "a.py"},
        {"7", "a.py"},
    };
    for (size_t k = 0; k < sizeof named / sizeof named[0]; k++) {
        History *history =
            with_program(named[k].program, "%\"source\",\"source\":\"s1\",\"name\":\"x/a.py\"}\n");
        About *about = about_new(history);
        assert_string_equal(about_title(about, LANG_EN), named[k].title);
        assert_string_equal(about_title(about, LANG_ZH), named[k].title);
        assert_string_equal(about_summary(about, LANG_EN), "");
        about_free(about);
        history_free(history);
    }
}

#define NOTE(at, text) "{\"at\":\"" at "\",\"en\":\"" text "\",\"zh\":\"注 " text "\"}"

// clang-format off
static const char noted[] =
    "{\"lesson\":\"x\",\"about\":{\"notes\":["
    NOTE("start", "start") ","
    NOTE("line 3", "line 3") ","
    NOTE("line 4 #2", "line 4 again") ","
    NOTE("iteration 2", "iteration 2") ","
    NOTE("wait #1", "wait") ","
    NOTE("output #2", "output") ","
    NOTE("switch #1", "switch") ","
    NOTE("blocked #1", "blocked") ","
    NOTE("stuck", "stuck") ","
    NOTE("end", "end") ","
    NOTE("nowhere 7", "never") ","
    NOTE("line x", "never") "]}}";
// clang-format on

static const char eventful[] =
    "%\"line\",\"source\":\"s1\",\"line\":3}\n%\"line\",\"source\":\"s1\",\"line\":4}\n"
    "%\"line\",\"source\":\"s1\",\"line\":4}\n%\"line\",\"source\":\"s2\",\"line\":3}\n"
    "%\"line\",\"source\":\"s1\",\"line\":3}\n%\"iteration\",\"n\":2}\n%\"select\",\"timeout\":0}\n"
    "%\"selected\",\"n\":0}\n%\"select\",\"timeout\":5}\n{\"i\":10,\"ts\":5,\"ev\":\"selected\",\"n\":0}\n"
    "{\"i\":11,\"ts\":5,\"ev\":\"output\",\"text\":\"a\"}\n{\"i\":12,\"ts\":5,\"ev\":\"output\",\"text\":"
    "\"b\"}\n"
    "{\"i\":13,\"ts\":5,\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"}\n{\"i\":14,\"ts\":5,\"ev\":"
    "\"blocked\",\"duration\":1}\n"
    "{\"i\":15,\"ts\":6,\"ev\":\"stuck\",\"tasks\":[]}\n{\"i\":16,\"ts\":6,\"ev\":\"end\",\"why\":\"stuck\"}"
    "\n";

static const char *const note_of[17] = {
    "start", "line 3", NULL, "line 4 again", NULL,     "line 3",  "iteration 2", NULL,  NULL,
    "wait",  NULL,     NULL, "output",       "switch", "blocked", "stuck",       "end",
};

static void each_note_belongs_to_its_event(void **state)
{
    History *history = with_program(noted, eventful);
    About *about = about_new(history);
    assert_string_equal(about_note(about, history, 0, 0, LANG_EN), "start");
    for (uint32_t i = 2; i <= 16; i++) {
        const char *note = about_note(about, history, i - 1, i, LANG_EN);
        if (note_of[i] == NULL)
            assert_null(note);
        else
            assert_string_equal(note, note_of[i]);
    }
    assert_string_equal(about_note(about, history, 15, 16, LANG_ZH), "注 end");
    about_free(about);
    history_free(history);
}

static void of_several_notes_in_a_moment_the_last_counts(void **state)
{
    History *history = with_program(noted, eventful);
    About *about = about_new(history);
    assert_string_equal(about_note(about, history, 0, 2, LANG_EN), "line 3");
    assert_string_equal(about_note(about, history, 1, 12, LANG_EN), "output");
    assert_null(about_note(about, history, 12, 12, LANG_EN));
    assert_null(about_note(about, history, 16, 16, LANG_EN));
    about_free(about);
    history_free(history);
}

static void a_note_for_this_very_time_stands_before_one_for_every_time(void **state)
{
    static const char marked[] = "{\"lesson\":\"x\",\"about\":{\"notes\":[" NOTE(
        "mark a #2", "second a") "," NOTE("mark a", "an a") "," NOTE("mark", "any") "]}}";
    History *history = with_program(marked, "%\"mark\",\"name\":\"a\"}\n%\"mark\",\"name\":\"b\"}\n"
                                            "%\"mark\",\"name\":\"a\"}\n%\"iteration\",\"n\":1}\n");
    About *about = about_new(history);
    assert_string_equal(about_note(about, history, 1, 3, LANG_EN), "second a");
    assert_string_equal(about_note(about, history, 1, 2, LANG_EN), "any");
    assert_non_null(about_note(about, history, 0, 1, LANG_EN));
    assert_null(about_note(about, history, 3, 4, LANG_EN));
    assert_null(about_note(about, history, 0, 0, LANG_EN));
    assert_true(about_has_note(about, history, 3));
    assert_false(about_has_note(about, history, 4));
    about_free(about);
    history_free(history);
}

static void notes_are_found_while_the_trace_grows(void **state)
{
    History *history = with_program(noted, "");
    About *about = about_new(history);
    assert_string_equal(about_note(about, history, 0, 0, LANG_EN), "start");
    Bytes rest = make_trace(eventful);
    const char *at = strchr(rest.text, '\n') + 1;
    for (uint32_t i = 1; *at; i++) {
        const char *end = strchr(at, '\n') + 1;
        history_feed(history, at, (size_t)(end - at));
        const char *note = about_note(about, history, i - 1, i, LANG_EN);
        if (i > 1 && note_of[i] != NULL)
            assert_string_equal(note, note_of[i]);
        at = end;
    }
    free(rest.text);
    about_free(about);
    history_free(history);
}

static void a_broken_description_is_no_notes_and_no_crash(void **state)
{
    static const char *const broken[] = {
        "{\"about\":{\"notes\":7,\"title\":[],\"summary\":3}}",
        "{\"about\":{\"notes\":[1,{},{\"at\":3},{\"at\":\"end\"}]}}",
        "{\"lesson\":{},\"argv\":{}}",
        "null",
    };
    for (size_t k = 0; k < sizeof broken / sizeof broken[0]; k++) {
        History *history = with_program(broken[k], eventful);
        About *about = about_new(history);
        assert_non_null(about);
        assert_null(about_lesson(about));
        assert_null(about_note(about, history, 0, 16, LANG_EN));
        assert_string_equal(about_title(about, LANG_EN), "Loopglass");
        about_free(about);
        history_free(history);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lesson_has_its_titles_in_both_languages),
        cmocka_unit_test(a_recording_says_which_python_it_is_of),
        cmocka_unit_test(any_other_program_is_called_by_its_file),
        cmocka_unit_test(each_note_belongs_to_its_event),
        cmocka_unit_test(of_several_notes_in_a_moment_the_last_counts),
        cmocka_unit_test(a_note_for_this_very_time_stands_before_one_for_every_time),
        cmocka_unit_test(notes_are_found_while_the_trace_grows),
        cmocka_unit_test(a_broken_description_is_no_notes_and_no_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
