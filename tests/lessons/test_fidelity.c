/*
 * Every lesson's trace equals what CPython did with its listing, line by line under the projection of
 * TRACE.md: the same iterations, the same queue, the same wake-ups at the same times.
 */
#include "expected.h"
#include "projection.h"
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*length + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, *length, file), *length);
    text[*length] = '\0';
    fclose(file);
    return text;
}

static Projection project(const char *trace, size_t length)
{
    Projection projection = projection_read(trace, length);
    if (projection.problem)
        fail_msg("%s", projection.problem);
    return projection;
}

static Projection project_reference(const char *name)
{
    char path[512];
    size_t length;
    snprintf(path, sizeof path, TESTS_DIR "/data/traces/%s.jsonl", name);
    char *trace = read_file(path, &length);
    Projection projection = project(trace, length);
    free(trace);
    return projection;
}

static void the_trace_equals_cpythons(void **state)
{
    const Expected *lesson = *state;
    Ran ran = lesson->variant ? LOOPRUN(lesson->lesson, "--trace", "-", "--variant", lesson->variant)
                              : LOOPRUN(lesson->lesson, "--trace", "-");
    Projection ours = project(ran.out, ran.out_length);
    Projection cpythons = project_reference(lesson->reference);
    size_t line = projection_differs(&ours, &cpythons);
    if (line != SIZE_MAX)
        projection_show(&ours, "libloop", &cpythons, "CPython", line);
    assert_true(ours.count > 0);
    projection_free(&ours);
    projection_free(&cpythons);
    ran_free(&ran);
    assert_true(line == SIZE_MAX);
}

/* The comparison itself must see a difference where there is one. */
static void one_changed_event_is_a_difference(void **state)
{
    static const char *const changes[][2] = {
        {"\"timeout\":2000000000", "\"timeout\":2000000001"},
        {"\"what\":\"wakeup\",\"task\":\"t2\"", "\"what\":\"wakeup\",\"task\":\"t3\""},
        {"[[\"func1\",\"s1\",4]", "[[\"func1\",\"s1\",5]"},
        {"\"created\":[\"s1\",11]", "\"created\":[\"s1\",10]"},
        {"\"text\":\"3\\n\"", "\"text\":\"4\\n\""},
        {"\"ts\":2000000000,\"ev\":\"done\"", "\"ts\":1000000000,\"ev\":\"done\""},
        {"\"line\":9,", "\"line\":8,"},
    };
    size_t length;
    char *trace = read_file(TESTS_DIR "/data/traces/02d_async_await.jsonl", &length);
    Projection before = project(trace, length);
    for (size_t k = 0; k < sizeof changes / sizeof *changes; k++) {
        char *at = strstr(trace, changes[k][0]);
        assert_non_null(at);
        memcpy(at, changes[k][1], strlen(changes[k][1]));
        Projection after = project(trace, length);
        assert_true(projection_differs(&before, &after) != SIZE_MAX);
        projection_free(&after);
        memcpy(at, changes[k][0], strlen(changes[k][0]));
    }
    projection_free(&before);
    free(trace);
}

static void a_missing_end_is_a_difference(void **state)
{
    size_t length;
    char *trace = read_file(TESTS_DIR "/data/traces/02d_async_await.jsonl", &length);
    Projection whole = project(trace, length);
    char *end = strstr(trace, "\"ev\":\"end\"");
    while (end[-1] != '\n')
        end--;
    Projection cut = project(trace, (size_t)(end - trace));
    assert_int_equal(projection_differs(&whole, &cut), cut.count);
    projection_free(&whole);
    projection_free(&cut);
    free(trace);
}

int main(void)
{
    static char names[128][128];
    struct CMUnitTest tests[128] = {
        cmocka_unit_test(one_changed_event_is_a_difference),
        cmocka_unit_test(a_missing_end_is_a_difference),
    };
    size_t count = 2;
    for (size_t k = 0; k < expected_count; k++) {
        if (!expected[k].reference)
            continue;
        char name[96];
        snprintf(names[count], sizeof names[count], "the trace equals CPython's: %s",
                 expected_name(&expected[k], name, sizeof name));
        tests[count] = (struct CMUnitTest){.name = names[count],
                                           .test_func = the_trace_equals_cpythons,
                                           .initial_state = (void *)&expected[k]};
        count++;
    }
    return _cmocka_run_group_tests("fidelity", tests, count, NULL, NULL);
}
