/*
 * What lessons say of themselves: both languages everywhere, every note at a moment that comes, every knob's
 * literal on its line, and no program without an expectation in the table.
 */
#include "expected.h"
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------------------------ a traced run ---- */

typedef struct Traced {
    Ran ran;
    cJSON *header;
    cJSON *events; /* an array */
} Traced;

static Traced trace(const Expected *lesson)
{
    Traced traced = {.ran = lesson->variant
                                ? LOOPRUN(lesson->lesson, "--trace", "-", "--variant", lesson->variant)
                                : LOOPRUN(lesson->lesson, "--trace", "-"),
                     .events = cJSON_CreateArray()};
    char *rest = traced.ran.out;
    traced.header = cJSON_Parse(strsep(&rest, "\n"));
    assert_non_null(traced.header);
    for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n"))
        cJSON_AddItemToArray(traced.events, cJSON_Parse(line));
    return traced;
}

static void traced_free(Traced *traced)
{
    cJSON_Delete(traced->header);
    cJSON_Delete(traced->events);
    ran_free(&traced->ran);
}

static const cJSON *about(const Traced *traced)
{
    return cJSON_GetObjectItem(cJSON_GetObjectItem(traced->header, "program"), "about");
}

/* --------------------------------------------------------------------------------------- languages ---- */

static void assert_both_languages(const cJSON *texts)
{
    static const char *const languages[] = {"zh", "en"};
    for (size_t k = 0; k < 2; k++) {
        const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(texts, languages[k]));
        assert_non_null(text);
        assert_string_not_equal(text, "");
        /* What is left in braces names no knob. */
        assert_null(strchr(text, '{'));
        int bold = 0, code = 0;
        for (const char *c = text; *c; c++) {
            bold += c[0] == '*' && c[1] == '*';
            code += *c == '`';
        }
        assert_int_equal(bold % 2, 0);
        assert_int_equal(code % 2, 0);
    }
}

static void every_text_is_there_in_both_languages(void **state)
{
    Traced traced = trace(*state);
    const cJSON *said = about(&traced), *item;
    assert_both_languages(cJSON_GetObjectItem(said, "group"));
    assert_both_languages(cJSON_GetObjectItem(said, "title"));
    assert_both_languages(cJSON_GetObjectItem(said, "summary"));
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(said, "knobs")) assert_both_languages(item);
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(said, "notes")) assert_both_languages(item);
    assert_true(cJSON_GetArraySize(cJSON_GetObjectItem(said, "notes")) > 0);
    traced_free(&traced);
}

/* ----------------------------------------------------------------------------------------- moments ---- */

static bool is(const cJSON *event, const char *key, const char *value)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(event, key));
    return text && strcmp(text, value) == 0;
}

static long long number(const cJSON *event, const char *key)
{
    const cJSON *item = cJSON_GetObjectItem(event, key);
    return cJSON_IsNumber(item) ? (long long)item->valuedouble : -1;
}

/* Is this event one that "line 4", "wait", "mark append", … speaks of? */
static bool speaks_of(const char *kind, int which, const char *name, const cJSON *event)
{
    if (strcmp(kind, "mark") == 0)
        return is(event, "ev", "mark") && is(event, "name", name);
    if (strcmp(kind, "line") == 0)
        return is(event, "ev", "line") && is(event, "source", "s1") && number(event, "line") == which;
    if (strcmp(kind, "iteration") == 0)
        return is(event, "ev", "iteration") && number(event, "n") == which;
    if (strcmp(kind, "wait") == 0)
        return is(event, "ev", "select") && number(event, "timeout") != 0;
    return is(event, "ev", kind);
}

/* How often does the moment come? */
static int count_moments(const cJSON *events, const char *kind, int which, const char *name)
{
    int count = 0;
    const cJSON *event;
    cJSON_ArrayForEach(event, events) count += speaks_of(kind, which, name, event);
    return count;
}

/* "line 4 #2": the second time that line 4 runs; "wait #1", "output #3", "mark append #2"; "stuck". */
static void assert_comes(const Traced *traced, const char *at)
{
    if (strcmp(at, "start") == 0 || strcmp(at, "end") == 0)
        return;
    char kind[16], name[32] = "";
    size_t length = strcspn(at, " ");
    snprintf(kind, sizeof kind, "%.*s", (int)length, at);
    char *rest = (char *)at + length;
    if (strcmp(kind, "mark") == 0) {
        snprintf(name, sizeof name, "%.*s", (int)strcspn(rest + 1, " "), rest + 1);
        rest += 1 + strlen(name);
    }
    int which = (int)strtol(rest, &rest, 10), turn = 1;
    rest += strspn(rest, " ");
    if (*rest == '#')
        turn = (int)strtol(rest + 1, &rest, 10);
    if (*rest || turn < 1 || count_moments(traced->events, kind, which, name) < turn)
        fail_msg("the moment \"%s\" never comes", at);
}

static void every_note_is_at_a_moment_that_comes_and_no_two_at_one(void **state)
{
    Traced traced = trace(*state);
    const cJSON *notes = cJSON_GetObjectItem(about(&traced), "notes"), *note;
    cJSON_ArrayForEach(note, notes)
    {
        const char *at = cJSON_GetStringValue(cJSON_GetObjectItem(note, "at"));
        assert_non_null(at);
        assert_comes(&traced, at);
        for (const cJSON *other = note->next; other; other = other->next)
            assert_false(is(other, "at", at));
    }
    traced_free(&traced);
}

/* The line of a text, "" when there is none. */
static size_t line_length(const char *text, int line)
{
    while (text && --line > 0)
        text = strchr(text, '\n') ? strchr(text, '\n') + 1 : NULL;
    return text ? strcspn(text, "\n") : 0;
}

static void the_lines_that_the_first_note_speaks_of_are_lines_of_the_listing(void **state)
{
    Traced traced = trace(*state);
    const char *listing = cJSON_GetStringValue(cJSON_GetObjectItem(traced.events->child, "text"));
    const cJSON *note;
    cJSON_ArrayForEach(note, cJSON_GetObjectItem(about(&traced), "notes"))
    {
        const cJSON *lines = cJSON_GetObjectItem(note, "lines");
        if (!lines)
            continue;
        assert_true(is(note, "at", "start"));
        assert_int_equal(cJSON_GetArraySize(lines), 2);
        int first = cJSON_GetArrayItem(lines, 0)->valueint, last = cJSON_GetArrayItem(lines, 1)->valueint;
        assert_true(first >= 1 && first <= last);
        assert_true(line_length(listing, first) > 0 && line_length(listing, last) > 0);
    }
    traced_free(&traced);
}

/* ------------------------------------------------------------------------------------------- knobs ---- */

/* A value of the knob that is not its default. */
static void another_value(const cJSON *knob, char *buffer, size_t size)
{
    const cJSON *standard = cJSON_GetObjectItem(knob, "default");
    const cJSON *choice;
    cJSON_ArrayForEach(choice, cJSON_GetObjectItem(knob, "choices"))
    {
        if (!is(knob, "default", choice->valuestring))
            snprintf(buffer, size, "%s", choice->valuestring);
    }
    const cJSON *max = cJSON_GetObjectItem(knob, "max");
    if (cJSON_IsNumber(standard)) {
        double way = max && standard->valuedouble + 1 > max->valuedouble ? -1 : 1;
        snprintf(buffer, size, "%g", standard->valuedouble + way);
    }
}

static void every_knob_turns_and_is_seen_in_the_listing(void **state)
{
    const Expected *lesson = *state;
    Traced before = trace(lesson);
    const char *listing = cJSON_GetStringValue(cJSON_GetObjectItem(before.events->child, "text"));
    const cJSON *knob;
    cJSON_ArrayForEach(knob, cJSON_GetObjectItem(about(&before), "knobs"))
    {
        char value[64] = "", set[128];
        another_value(knob, value, sizeof value);
        snprintf(set, sizeof set, "%s=%s", cJSON_GetStringValue(cJSON_GetObjectItem(knob, "name")), value);
        const char *words[] = {lesson->lesson,  "--trace", "-",
                               "--set",         set,       lesson->variant ? "--variant" : NULL,
                               lesson->variant, NULL};
        Ran after = looprun(words);
        cJSON *source = cJSON_ParseWithOpts(strchr(after.out, '\n') + 1, NULL, false);
        const char *changed = cJSON_GetStringValue(cJSON_GetObjectItem(source, "text"));
        assert_non_null(changed);
        assert_string_not_equal(changed, listing);
        assert_non_null(strstr(changed, value));
        cJSON_Delete(source);
        ran_free(&after);
    }
    traced_free(&before);
}

/* ------------------------------------------------------------------------------------------- table ---- */

static bool is_expected(const char *lesson, const char *variant)
{
    for (size_t k = 0; k < expected_count; k++)
        if (strcmp(expected[k].lesson, lesson) == 0 &&
            strcmp(expected[k].variant ? expected[k].variant : "", variant ? variant : "") == 0)
            return true;
    return false;
}

static void every_lesson_and_variant_is_in_the_table(void **state)
{
    Ran ran = LOOPRUN("--list", "--json");
    cJSON *all = cJSON_Parse(ran.out);
    assert_non_null(all);
    const cJSON *lesson, *variant;
    cJSON_ArrayForEach(lesson, all)
    {
        const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(lesson, "name"));
        if (!is_expected(name, NULL))
            fail_msg("nothing is expected of %s", name);
        cJSON_ArrayForEach(variant, cJSON_GetObjectItem(lesson, "variants"))
        {
            const char *own = cJSON_GetStringValue(cJSON_GetObjectItem(variant, "name"));
            if (!is_expected(name, own))
                fail_msg("nothing is expected of %s --variant %s", name, own);
        }
    }
    cJSON_Delete(all);
    ran_free(&ran);
}

int main(void)
{
    static const struct {
        const char *name;
        CMUnitTestFunction function;
    } rules[] = {
        {"every text is there in both languages", every_text_is_there_in_both_languages},
        {"every note is at a moment that comes, and no two at one",
         every_note_is_at_a_moment_that_comes_and_no_two_at_one},
        {"the lines that the first note speaks of are lines of the listing",
         the_lines_that_the_first_note_speaks_of_are_lines_of_the_listing},
        {"every knob turns and is seen in the listing", every_knob_turns_and_is_seen_in_the_listing},
    };
    enum { RULES = sizeof rules / sizeof *rules, MOST = 512 };
    static char names[MOST][160];
    struct CMUnitTest tests[MOST] = {cmocka_unit_test(every_lesson_and_variant_is_in_the_table)};
    size_t count = 1;
    for (size_t k = 0; k < expected_count * RULES && count < MOST; k++, count++) {
        char name[96];
        snprintf(names[count], sizeof names[count], "%s: %s",
                 expected_name(&expected[k / RULES], name, sizeof name), rules[k % RULES].name);
        tests[count] = (struct CMUnitTest){.name = names[count],
                                           .test_func = rules[k % RULES].function,
                                           .initial_state = (void *)&expected[k / RULES]};
    }
    return _cmocka_run_group_tests("notes", tests, count, NULL, NULL);
}
