/*
 * The lessons that are recordings, recorded anew with the frameworks that are installed here: the recorder
 * sees what it saw, and what the lesson says about it is so.
 *
 * Their sleeps are real ones, so all of them run at the same time.
 */
#include "expected.h"
#include "ran.h"

#include "history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A recording, and what has to be installed for it. */
typedef struct Recording {
    const char *variant; /* of the lesson "frameworks"; NULL: the lesson itself */
    const char *modules; /* that its program imports */
    bool blocks;         /* its sync handlers hold up the loop */
    double sync;         /* seconds that the three sync requests take at least */
    const char *python;  /* that can run it, or NULL */
    char trace[64];
    Ran ran;
} Recording;

static Recording recordings[] = {
    {.variant = NULL, .modules = "tornado", .blocks = true, .sync = 3},
    {.variant = "fastapi-server", .modules = "fastapi, uvicorn", .blocks = false, .sync = 1},
    {.variant = "django-server", .modules = "django, uvicorn", .blocks = false, .sync = 1},
    {.variant = "aiohttp-server", .modules = "aiohttp", .blocks = true, .sync = 3},
};

enum { RECORDINGS = sizeof recordings / sizeof *recordings };

static char folder[] = "/tmp/looprun-recordings-XXXXXX";

/* ---------------------------------------------------------------------------------------- recording ---- */

static const char *find_python(const char *modules)
{
    static const char *const candidates[] = {"/usr/bin/python3", "python3"};
    for (size_t k = 0; k < sizeof candidates / sizeof *candidates; k++) {
        char program[128];
        snprintf(program, sizeof program, "import %s", modules);
        Ran ran;
        ran_start(&ran, NULL, (const char *const[]){candidates[k], "-c", program, NULL});
        ran_wait(&ran, 30);
        bool found = ran.status == 0;
        ran_free(&ran);
        if (found)
            return candidates[k];
    }
    return NULL;
}

static int start_all(void **state)
{
    if (!mkdtemp(folder))
        return -1;
    for (size_t k = 0; k < RECORDINGS; k++) {
        Recording *recording = &recordings[k];
        const Expected lesson = {.lesson = "frameworks", .variant = recording->variant};
        char listing[64], where[256];
        recording->python = find_python(recording->modules);
        snprintf(recording->trace, sizeof recording->trace, "%s/%zu.jsonl", folder, k);
        expected_listing(&lesson, listing, sizeof listing);
        expected_folder(&lesson, where, sizeof where);
        if (recording->python)
            ran_start(&recording->ran, where,
                      (const char *const[]){looprun_path, listing, "--python", recording->python, "--trace",
                                            recording->trace, NULL});
    }
    for (size_t k = 0; k < RECORDINGS; k++)
        if (recordings[k].python)
            ran_wait(&recordings[k].ran, 60);
    return 0;
}

static int end_all(void **state)
{
    for (size_t k = 0; k < RECORDINGS; k++) {
        unlink(recordings[k].trace);
        if (recordings[k].python)
            ran_free(&recordings[k].ran);
    }
    return rmdir(folder);
}

/* The recorded trace; skips the test where nothing could be recorded. */
static char *trace_of(const Recording *recording)
{
    if (!recording->python) {
        print_message("skipped: no python3 here has %s\n", recording->modules);
        skip();
    }
    FILE *file = fopen(recording->trace, "r");
    assert_non_null(file);
    char *text = NULL;
    size_t size = 0;
    assert_true(getdelim(&text, &size, '\0', file) > 0);
    fclose(file);
    return text;
}

/* ------------------------------------------------------------------------------------------- reading ---- */

/* An event, with what the tests ask for. */
typedef struct Seen {
    const char *kind, *handle, *text;
    double seconds, when; /* of a timer: from now on */
    cJSON *json;
} Seen;

static const char *text_of(const cJSON *json, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(json, key));
    return text ? text : "";
}

/* The next event of a trace, *at behind its header or an event. @return false after the last */
static bool next_event(const char **at, Seen *seen)
{
    const char *line = strchr(*at, '\n');
    if (!line || !line[1])
        return false;
    *at = line + 1;
    cJSON *json = cJSON_ParseWithOpts(*at, NULL, false);
    assert_non_null(json);
    double seconds = cJSON_GetNumberValue(cJSON_GetObjectItem(json, "ts")) / 1e9;
    const cJSON *when = cJSON_GetObjectItem(json, "when");
    *seen = (Seen){.kind = text_of(json, "ev"),
                   .handle = text_of(json, "handle"),
                   .text = text_of(json, "text"),
                   .seconds = seconds,
                   .when = cJSON_IsNumber(when) ? when->valuedouble / 1e9 - seconds : 0,
                   .json = json};
    return true;
}

/* When the output came that begins so. */
static double output_at(const char *trace, const char *start)
{
    Seen seen;
    double seconds = -1;
    for (const char *at = trace; seconds < 0 && next_event(&at, &seen); cJSON_Delete(seen.json))
        if (strcmp(seen.kind, "output") == 0 && strncmp(seen.text, start, strlen(start)) == 0)
            seconds = seen.seconds;
    assert_true(seconds >= 0);
    return seconds;
}

/* ---------------------------------------------------------------------------------------------- rules ----
 */

static void it_prints_what_the_lesson_ships(void **state)
{
    Recording *recording = *state;
    free(trace_of(recording));
    Ran shipped =
        recording->variant ? LOOPRUN("frameworks", "--variant", recording->variant) : LOOPRUN("frameworks");
    assert_int_equal(recording->ran.status, 0);
    assert_string_equal(recording->ran.out, shipped.out);
    assert_string_equal(recording->ran.err, "");
    ran_free(&shipped);
}

static void tell(void *context, uint32_t line, const char *rule, const char *message)
{
    print_error("line %u: %s: %s\n", line, rule, message);
}

static void its_trace_keeps_every_rule(void **state)
{
    char *trace = trace_of(*state);
    assert_int_equal(history_check(trace, strlen(trace), tell, NULL), 0);
    free(trace);
}

/* The handlers' sleeps are the timers of just one second. */
static void three_async_requests_wait_at_the_same_time(void **state)
{
    enum { MOST = 64 };
    char *trace = trace_of(*state), pending[MOST][16];
    double until = output_at(trace, "/async");
    int count = 0, most = 0;
    Seen seen;
    for (const char *at = trace; next_event(&at, &seen); cJSON_Delete(seen.json)) {
        if (strcmp(seen.kind, "timer") == 0 && seen.when > 0.9 && seen.when <= 1 && seen.seconds < until) {
            assert_true(count < MOST);
            snprintf(pending[count++], sizeof pending[0], "%s", seen.handle);
        } else if (strcmp(seen.kind, "ready") == 0) {
            for (int k = 0; k < count; k++)
                if (strcmp(pending[k], seen.handle) == 0)
                    memcpy(pending[k], pending[--count], sizeof pending[0]);
        }
        most = count > most ? count : most;
    }
    assert_int_equal(most, 3);
    free(trace);
}

static void sync_handlers_hold_up_the_loop_or_do_not(void **state)
{
    const Recording *recording = *state;
    char *trace = trace_of(recording);
    double from = output_at(trace, "/async"), until = output_at(trace, "/sync"), free_at = 0;
    int blocked = 0;
    Seen seen;
    for (const char *at = trace; next_event(&at, &seen); cJSON_Delete(seen.json)) {
        double duration = cJSON_GetNumberValue(cJSON_GetObjectItem(seen.json, "duration")) / 1e9;
        if (strcmp(seen.kind, "blocked") != 0 ||
            duration != 1) /* measured to the ns: a slow machine's step */
            continue;
        assert_true(seen.seconds > from && seen.seconds < until);
        assert_true(seen.seconds >= free_at); /* one after the other */
        free_at = seen.seconds + duration;
        blocked++;
    }
    assert_int_equal(blocked, recording->blocks ? 3 : 0);
    assert_true(until - from >= recording->sync);
    free(trace);
}

/* The lines of one kind, without what is before it: number and time. */
static char *lines_of(const char *trace, const char *kind)
{
    char *lines = NULL, wanted[32];
    size_t size = 0;
    FILE *to = open_memstream(&lines, &size);
    assert_non_null(to);
    snprintf(wanted, sizeof wanted, "\"ev\":\"%s\"", kind);
    for (const char *at = trace; at && *at; at = strchr(at, '\n')) {
        at += *at == '\n';
        const char *found = strstr(at, wanted);
        size_t length = strcspn(at, "\n");
        if (found && found < at + length)
            fprintf(to, "%.*s\n", (int)(at + length - found), found);
    }
    fclose(to);
    return lines;
}

static void greenlets_switch_as_the_lesson_in_c(void **state)
{
    char listing[300];
    const char *python = find_python("greenlet");
    if (!python) {
        print_message("skipped: no python3 here has greenlet\n");
        skip();
    }
    expected_folder(&(Expected){.lesson = "greenlet"}, listing, sizeof listing);
    strcat(listing, "/lesson.py");
    Ran recorded = LOOPRUN(listing, "--python", python, "--virtual", "--trace", "-");
    Ran lesson = LOOPRUN("greenlet", "--trace", "-");
    char *switches = lines_of(recorded.out, "switch"), *wanted = lines_of(lesson.out, "switch");
    assert_string_equal(switches, wanted);
    assert_non_null(strstr(wanted, "\"from\":\"k0\",\"to\":\"k1\""));
    assert_int_equal(history_check(recorded.out, recorded.out_length, tell, NULL), 0);
    free(switches);
    free(wanted);
    ran_free(&recorded);
    ran_free(&lesson);
}

int main(void)
{
    static const struct {
        const char *name;
        CMUnitTestFunction function;
    } rules[] = {
        {"it prints what the lesson ships", it_prints_what_the_lesson_ships},
        {"its trace keeps every rule", its_trace_keeps_every_rule},
        {"three async requests wait at the same time", three_async_requests_wait_at_the_same_time},
        {"sync handlers hold up the loop, or do not", sync_handlers_hold_up_the_loop_or_do_not},
    };
    enum { RULES = sizeof rules / sizeof *rules };
    static char names[RECORDINGS * RULES][128];
    struct CMUnitTest tests[RECORDINGS * RULES + 1];
    for (size_t k = 0; k < RECORDINGS * RULES; k++) {
        Recording *recording = &recordings[k / RULES];
        snprintf(names[k], sizeof names[k], "%s: %s", recording->modules, rules[k % RULES].name);
        tests[k] = (struct CMUnitTest){
            .name = names[k], .test_func = rules[k % RULES].function, .initial_state = recording};
    }
    tests[RECORDINGS * RULES] = (struct CMUnitTest)cmocka_unit_test(greenlets_switch_as_the_lesson_in_c);
    return _cmocka_run_group_tests("recordings", tests, RECORDINGS * RULES + 1, start_all, end_all);
}
