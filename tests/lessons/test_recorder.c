/*
 * The recorder and the loop agree: each lesson's listing, run now by the python3 of this machine under
 * lessons/record, gives the trace that looprun writes for the lesson, line by line under the projection of
 * TRACE.md, and the same lines of the listing light up. And every python3 that is here records every listing
 * that it can run without breaking a rule of the trace.
 */
#include "expected.h"
#include "projection.h"
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "history.h"

#include <cjson/cJSON.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 128, MINOR_COMPARED = 11, MINOR_LEAST = 9, ATTEMPTS = 3 };

/* Since 3.11.7 a server looks at what a client's task ends with, by a callback: one handle more. */
enum { MICRO_OF_SERVERS = 7 };

static const double patience = 120;

static const char recorder[] = PROJECT_DIR "/lessons/record";

enum { INTERPRETERS = 16 };

typedef struct Python {
    char *name;
    int minor, micro; /* 3.minor.micro */
    bool greenlet;
} Python;

/* python3, Debian's, and whatever versions stand beside each other in the home folder. */
static Python pythons[INTERPRETERS];
static size_t python_count;

static const Python *compared[MOST]; /* whose recording of a lesson is compared; NULL: none can */
static Ran recordings[MOST];

/* ------------------------------------------------------------------------------------------ interpreters */

/* Asks an interpreter who it is. One that is not there, or older than the recorder goes back, is left out. */
static void add_python(const char *name)
{
    static const char question[] =
        "import sys, importlib.util as u; print(*sys.version_info[1:3], int(bool(u.find_spec('greenlet'))))";
    Python *python = &pythons[python_count];
    Ran asked;
    int greenlet;
    if (python_count == INTERPRETERS)
        return;
    ran_start(&asked, NULL, (const char *const[]){name, "-c", question, NULL});
    ran_wait(&asked, patience);
    if (asked.status == 0 && sscanf(asked.out, "%d %d %d", &python->minor, &python->micro, &greenlet) == 3 &&
        python->minor >= MINOR_LEAST) {
        python->name = strdup(name);
        assert_non_null(python->name);
        python->greenlet = greenlet;
        python_count++;
    }
    ran_free(&asked);
}

static void find_pythons(void)
{
    char pattern[512];
    glob_t found;
    add_python("python3");
    add_python("/usr/bin/python3");
    snprintf(pattern, sizeof pattern, "%s/.pyenv/versions/3.*/bin/python3", getenv("HOME"));
    if (glob(pattern, 0, NULL, &found) == 0)
        for (size_t k = 0; k < found.gl_pathc; k++)
            add_python(found.gl_pathv[k]);
    globfree(&found);
}

static bool can_run(const Python *python, const Expected *lesson)
{
    return !is_recorded(lesson) && (strcmp(lesson->lesson, "greenlet") != 0 || python->greenlet);
}

static void record(const Python *python, const Expected *lesson, Ran *ran)
{
    char folder[256], listing[64];
    expected_folder(lesson, folder, sizeof folder);
    expected_listing(lesson, listing, sizeof listing);
    ran_start(ran, folder,
              (const char *const[]){python->name, "-B", "-X", "utf8", recorder, "--virtual", "-o", "-",
                                    listing, NULL});
}

/* Its messages pass through the kernel, which takes its time when the machine is busy: it is recorded alone,
   when the others have ended, and once more when something else disturbed it all the same. */
static bool has_sockets(const Expected *lesson)
{
    return strcmp(lesson->lesson, "pictures-sockets") == 0 || strcmp(lesson->lesson, "echo-server") == 0;
}

/* Does it take the steps that the lesson in C takes? */
static bool can_compare(const Python *python, const Expected *lesson)
{
    return can_run(python, lesson) && python->minor == MINOR_COMPARED &&
           (!has_sockets(lesson) || python->micro >= MICRO_OF_SERVERS);
}

static int start_all(void **state)
{
    find_pythons();
    for (size_t k = 0; k < expected_count; k++) {
        for (size_t p = 0; p < python_count && !compared[k]; p++)
            if (can_compare(&pythons[p], &expected[k]))
                compared[k] = &pythons[p];
        if (compared[k] && !has_sockets(&expected[k]))
            record(compared[k], &expected[k], &recordings[k]);
    }
    return 0;
}

static int end_all(void **state)
{
    for (size_t k = 0; k < expected_count; k++)
        if (compared[k]) {
            if (!recordings[k].out && !has_sockets(&expected[k]))
                ran_wait(&recordings[k], 0);
            ran_free(&recordings[k]);
        }
    for (size_t p = 0; p < python_count; p++)
        free(pythons[p].name);
    return 0;
}

/* ----------------------------------------------------------------------------------- against the C loop */

static Projection project(const Ran *ran)
{
    Projection projection = projection_read(ran->out, ran->out_length);
    if (projection.problem)
        fail_msg("%s\n%s", projection.problem, ran->err);
    assert_true(projection.count > 0);
    return projection;
}

/* The events in which control passes by hand, and those of calls: from their kind on, one a line. */
static char *by_hand(const Ran *ran)
{
    static const char *const kinds[] = {"\"ev\":\"switch\"", "\"ev\":\"enter\"", "\"ev\":\"leave\""};
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    for (const char *at = ran->out; *at;) {
        const char *end = strchrnul(at, '\n'), *kind = memmem(at, (size_t)(end - at), "\"ev\":", 5);
        for (size_t k = 0; kind && k < sizeof kinds / sizeof *kinds; k++)
            if (strncmp(kind, kinds[k], strlen(kinds[k])) == 0)
                fprintf(out, "%.*s\n", (int)(end - kind), kind);
        at = *end ? end + 1 : end;
    }
    fclose(out);
    return text;
}

/* Two lessons tell their plain calls. In Python every function would be one, and the recorder leaves them
 * out. */
static bool tells_plain_calls(const Expected *lesson)
{
    return strcmp(lesson->lesson, "calls") == 0 || strcmp(lesson->lesson, "pictures-in-turn") == 0;
}

static void assert_same_by_hand(const Expected *lesson, const Ran *ours, const Ran *recorded)
{
    char *one = by_hand(ours), *other = by_hand(recorded);
    if (!tells_plain_calls(lesson))
        assert_string_equal(other, one);
    free(one);
    free(other);
}

/* Where a task's line is the same again, Python came back to it: for the next item of a comprehension, say.
 */
static void put_line(FILE *out, const Event *event, Id task, uint32_t *last)
{
    if (event->kind != EV_LINE || event->task != task || event->line == *last)
        return;
    fprintf(out, " %u", (unsigned)event->line);
    *last = event->line;
}

/* The lines of the listing that light up, task by task. */
static char *lit_lines(const Ran *ran)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    History *history = history_new();
    assert_non_null(out);
    assert_non_null(history);
    assert_true(history_feed(history, ran->out, ran->out_length));
    assert_true(history_finish(history));
    for (size_t lane = 0; lane < history_lanes(history); lane++) {
        Id task = history_lane(history, lane)->id;
        uint32_t last = 0;
        if (id_kind(task) != 't')
            continue;
        fprintf(out, "%st%u:", lane ? "\n" : "", (unsigned)id_number(task));
        for (uint32_t i = 1; i <= history_count(history); i++) {
            Event event = history_event(history, i);
            put_line(out, &event, task, &last);
        }
    }
    history_free(history);
    fclose(out);
    return text;
}

/* This lesson's C says where it is again, after a plain call, before it goes on to the next. */
static bool comes_back_from_calls(const Expected *lesson)
{
    return strcmp(lesson->lesson, "async-iterator") == 0;
}

static void assert_same_lines(const Expected *lesson, const Ran *ours, const Ran *recorded)
{
    char *one = lit_lines(ours), *other = lit_lines(recorded);
    if (!comes_back_from_calls(lesson))
        assert_string_equal(other, one);
    free(one);
    free(other);
}

static bool are_equal(const Ran *one, const Ran *other)
{
    Projection ours = projection_read(one->out, one->out_length);
    Projection theirs = projection_read(other->out, other->out_length);
    bool equal = !ours.problem && !theirs.problem && projection_differs(&ours, &theirs) == SIZE_MAX;
    projection_free(&ours);
    projection_free(&theirs);
    return equal;
}

static void record_alone(const Python *python, const Expected *lesson, Ran *recorded)
{
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Ran ours = LOOPRUN(lesson->lesson, "--trace", "-");
        ran_free(recorded);
        record(python, lesson, recorded);
        ran_wait(recorded, patience);
        bool equal = are_equal(&ours, recorded);
        ran_free(&ours);
        if (equal)
            return;
    }
}

static void the_recording_equals_the_lessons_trace(void **state)
{
    const Expected *lesson = *state;
    Ran *recorded = &recordings[lesson - expected];
    const Python *python = compared[lesson - expected];
    if (!python) {
        print_message("skipped: no python3.%d here can run %s%s\n", MINOR_COMPARED, lesson->lesson,
                      has_sockets(lesson) ? " as 3.11.7 does: a server has a callback since then" : "");
        skip();
    }
    if (has_sockets(lesson))
        record_alone(python, lesson, recorded);
    else
        ran_wait(recorded, patience);
    Ran ran = lesson->variant ? LOOPRUN(lesson->lesson, "--trace", "-", "--variant", lesson->variant)
                              : LOOPRUN(lesson->lesson, "--trace", "-");
    Projection ours = project(&ran);
    Projection cpythons = project(recorded);
    size_t line = projection_differs(&ours, &cpythons);
    if (line != SIZE_MAX)
        projection_show(&ours, "looprun", &cpythons, "lessons/record", line);
    int status = ran.status;
    if (line == SIZE_MAX) {
        assert_same_by_hand(lesson, &ran, recorded);
        assert_same_lines(lesson, &ran, recorded);
    }
    projection_free(&ours);
    projection_free(&cpythons);
    ran_free(&ran);
    assert_true(line == SIZE_MAX);
    assert_int_equal(recorded->status, status);
}

/* -------------------------------------------------------------------------------------- every python3 */

/*
 * What a version does otherwise than 3.11, of which the table speaks. Nothing else may differ: each of these
 * is recorded and checked all the same, only what it prints or its status is its own.
 */
static const struct {
    const char *lesson, *variant;
    int from, to; /* 3.from up to 3.to */
    const char *why;
} otherwise[] = {
    {"asyncio-coroutine", "as-written", 9, 10, "asyncio.coroutine exists until 3.10"},
    {"timeout", NULL, 9, 10, "asyncio.timeout exists since 3.11"},
    {"timeout", "blocking", 9, 10, "asyncio.timeout exists since 3.11"},
    {"task-group", NULL, 9, 10, "except* and TaskGroup exist since 3.11"},
    {"task-3", "as-written", 9, 10, "wait() takes coroutines until 3.10, with a warning"},
    {"lock", NULL, 9, 9, "until 3.9 a lock made outside a loop belongs to another one"},
    {"event", NULL, 9, 9, "as the lock"},
    {"condition", NULL, 9, 9, "as the lock"},
    {"condition", "if-once", 9, 9, "as the lock"},
    {"semaphore", NULL, 9, 9, "as the lock"},
    {"queue", NULL, 9, 9, "as the lock"},
    {"barrier", NULL, 9, 10, "Barrier exists since 3.11"},
};

/* @param variant NULL: the lesson itself */
static bool is_variant(const Expected *lesson, const char *variant)
{
    return strcmp(lesson->variant ? lesson->variant : "", variant ? variant : "") == 0;
}

static const char *why_otherwise(const Python *python, const Expected *lesson)
{
    for (size_t k = 0; k < sizeof otherwise / sizeof *otherwise; k++)
        if (strcmp(otherwise[k].lesson, lesson->lesson) == 0 && is_variant(lesson, otherwise[k].variant) &&
            python->minor >= otherwise[k].from && python->minor <= otherwise[k].to)
            return otherwise[k].why;
    return NULL;
}

static void tell(void *context, uint32_t line, const char *rule, const char *message)
{
    const char *where = context;
    print_error("%s: line %u: %s: %s\n", where, line, rule, message);
}

static char *printed(const char *trace)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    for (const char *at = strchr(trace, '\n'); at && at[1]; at = strchr(at + 1, '\n')) {
        cJSON *event = cJSON_ParseWithOpts(at + 1, NULL, false);
        assert_non_null(event);
        const cJSON *fd = cJSON_GetObjectItem(event, "fd");
        if (fd && fd->valueint == 1)
            fputs(cJSON_GetStringValue(cJSON_GetObjectItem(event, "text")), out);
        cJSON_Delete(event);
    }
    fclose(out);
    return text;
}

/* @return how many rules it broke */
static size_t judge(const Python *python, const Expected *lesson, const Ran *ran)
{
    char name[96];
    expected_name(lesson, name, sizeof name);
    size_t broken = history_check(ran->out, ran->out_length, tell, name);
    const char *why = why_otherwise(python, lesson);
    if (why) {
        print_message("%s: %s: %s\n", python->name, name, why);
        return broken;
    }
    char *text = printed(ran->out);
    cut_folders(text);
    if (ran->status != lesson->status || strcmp(text, lesson->output) != 0) {
        print_error("%s: %s: status %d, printed:\n%s%s", python->name, name, ran->status, text, ran->err);
        broken++;
    }
    free(text);
    return broken;
}

/* All lessons that a Python can run, with sockets or without: those one after the other, these together. */
static size_t judge_all(const Python *python, bool with_sockets)
{
    static Ran rans[MOST];
    size_t broken = 0;
    for (size_t k = 0; k < expected_count; k++)
        if (can_run(python, &expected[k]) && has_sockets(&expected[k]) == with_sockets) {
            record(python, &expected[k], &rans[k]);
            if (with_sockets)
                ran_wait(&rans[k], patience);
        }
    for (size_t k = 0; k < expected_count; k++)
        if (can_run(python, &expected[k]) && has_sockets(&expected[k]) == with_sockets) {
            if (!with_sockets)
                ran_wait(&rans[k], patience);
            broken += judge(python, &expected[k], &rans[k]);
            ran_free(&rans[k]);
        }
    return broken;
}

static void every_recording_keeps_the_rules(void **state)
{
    size_t broken = 0;
    for (size_t p = 0; p < python_count; p++) {
        if (!pythons[p].greenlet)
            print_message("%s: greenlet: skipped, it is not there\n", pythons[p].name);
        broken += judge_all(&pythons[p], false) + judge_all(&pythons[p], true);
    }
    assert_int_equal(broken, 0);
}

int main(void)
{
    static char names[MOST][128];
    struct CMUnitTest tests[MOST] = {cmocka_unit_test(every_recording_keeps_the_rules)};
    size_t count = 1;
    for (size_t place = 0; place < 2 * expected_count; place++) { /* in a second round those with sockets */
        size_t k = place % expected_count;
        char name[96];
        if (is_recorded(&expected[k]) || has_sockets(&expected[k]) != (place >= expected_count))
            continue; /* a recorded one has no C lesson to compare with: test_recordings.c */
        snprintf(names[count], sizeof names[count], "the recording equals the lesson's trace: %s",
                 expected_name(&expected[k], name, sizeof name));
        tests[count] = (struct CMUnitTest){.name = names[count],
                                           .test_func = the_recording_equals_the_lessons_trace,
                                           .initial_state = (void *)&expected[k]};
        count++;
    }
    return _cmocka_run_group_tests("recorder", tests, count, start_all, end_all);
}
