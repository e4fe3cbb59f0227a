/*
 * What every lesson and variant prints, how it ends, how long it takes on the virtual clock, and how many
 * iterations and handles the loop needs for it: all as in CPython.
 */
#include "expected.h"
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "history.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static Ran run(const Expected *lesson, bool traced)
{
    const char *words[8] = {lesson->lesson};
    size_t count = 1;
    if (lesson->variant) {
        words[count++] = "--variant";
        words[count++] = lesson->variant;
    }
    if (traced) {
        words[count++] = "--trace";
        words[count++] = "-";
    }
    return looprun(words);
}

/* Each expected line is part of what was written, in their order and once; nothing expected: nothing written.
 */
static void assert_errors(const Expected *lesson, const char *written)
{
    if (!lesson->error) {
        assert_string_equal(written, "");
        return;
    }
    char *lines = strdup(lesson->error);
    assert_non_null(lines);
    const char *at = written;
    for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) {
        at = strstr(at, line);
        if (!at)
            fail_msg("stderr lacks \"%s\":\n%s", line, written);
        at += strlen(line);
        if (strstr(at, line))
            fail_msg("stderr has \"%s\" twice:\n%s", line, written);
    }
    free(lines);
}

static void it_prints_and_ends_as_in_python(void **state)
{
    const Expected *lesson = *state;
    Ran ran = run(lesson, false);
    assert_string_equal(ran.out, lesson->output);
    assert_errors(lesson, ran.err);
    assert_int_equal(ran.status, lesson->status);
    ran_free(&ran);
}

typedef struct Count {
    int iterations, handles;
    double seconds;
    char output[1024];
} Count;

static Count count_events(const char *trace)
{
    Count count = {0};
    size_t used = 0;
    for (const char *at = strchr(trace, '\n'); at && at[1]; at = strchr(at + 1, '\n')) {
        cJSON *event = cJSON_ParseWithOpts(at + 1, NULL, false);
        assert_non_null(event);
        const char *kind = cJSON_GetStringValue(cJSON_GetObjectItem(event, "ev"));
        assert_non_null(kind);
        count.iterations += strcmp(kind, "iteration") == 0;
        count.handles += strcmp(kind, "run") == 0;
        count.seconds = cJSON_GetObjectItem(event, "ts")->valuedouble / 1e9;
        if (strcmp(kind, "output") == 0 && cJSON_GetObjectItem(event, "fd")->valueint == 1)
            used += (size_t)snprintf(count.output + used, sizeof count.output - used, "%s",
                                     cJSON_GetStringValue(cJSON_GetObjectItem(event, "text")));
        cJSON_Delete(event);
    }
    return count;
}

static void it_takes_as_long_as_in_python(void **state)
{
    const Expected *lesson = *state;
    Ran ran = run(lesson, true);
    Count count = count_events(ran.out);
    if (!is_recorded(lesson)) {
        assert_int_equal(count.iterations, lesson->iterations);
        assert_int_equal(count.handles, lesson->handles);
        assert_true(fabs(count.seconds - lesson->seconds) < 1e-9);
    }
    assert_string_equal(count.output, lesson->output);
    assert_int_equal(ran.status, lesson->status);
    ran_free(&ran);
}

static void two_runs_give_the_same_bytes(void **state)
{
    const Expected *lesson = *state;
    Ran one = run(lesson, true);
    Ran other = run(lesson, true);
    assert_true(one.out_length > 0);
    assert_int_equal(one.out_length, other.out_length);
    assert_memory_equal(one.out, other.out, one.out_length);
    assert_string_equal(one.err, other.err);
    ran_free(&one);
    ran_free(&other);
}

static void tell(void *context, uint32_t line, const char *rule, const char *message)
{
    (void)context;
    print_error("line %u: %s: %s\n", line, rule, message);
}

static void its_trace_keeps_every_rule(void **state)
{
    Ran ran = run(*state, true);
    assert_int_equal(history_check(ran.out, ran.out_length, tell, NULL), 0);
    ran_free(&ran);
}

/* What the checker must find, so that its silence means something. */
static void a_trace_that_lost_an_event_breaks_a_rule(void **state)
{
    Ran ran = LOOPRUN("async-await", "--trace", "-");
    char *ready = strstr(ran.out, "\"ev\":\"ready\"");
    assert_non_null(ready);
    while (ready[-1] != '\n')
        ready--;
    char *next = strchr(ready, '\n') + 1;
    memmove(ready, next, strlen(next) + 1);
    assert_true(history_check(ran.out, strlen(ran.out), NULL, NULL) > 0);
    ran_free(&ran);
}

int main(void)
{
    static const struct {
        const char *name;
        CMUnitTestFunction function;
    } rules[] = {
        {"it prints and ends as in Python", it_prints_and_ends_as_in_python},
        {"it takes as long as in Python", it_takes_as_long_as_in_python},
        {"two runs give the same bytes", two_runs_give_the_same_bytes},
        {"its trace keeps every rule", its_trace_keeps_every_rule},
    };
    enum { RULES = sizeof rules / sizeof *rules, MOST = 512 };
    static char names[MOST][160];
    struct CMUnitTest tests[MOST] = {cmocka_unit_test(a_trace_that_lost_an_event_breaks_a_rule)};
    size_t count = 1;
    for (size_t k = 0; k < expected_count * RULES && count < MOST; k++, count++) {
        const Expected *lesson = &expected[k / RULES];
        char name[96];
        snprintf(names[count], sizeof names[count], "%s: %s", expected_name(lesson, name, sizeof name),
                 rules[k % RULES].name);
        tests[count] = (struct CMUnitTest){
            .name = names[count], .test_func = rules[k % RULES].function, .initial_state = (void *)lesson};
    }
    return _cmocka_run_group_tests("output", tests, count, NULL, NULL);
}
