/*
 * The listings are real programs: python3 prints for each what looprun prints for the lesson. Their sleeps
 * are real ones, so all of them run at the same time; but for those that print what the clock says, which run
 * alone, when the others have ended.
 */
#include "expected.h"
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

enum { MOST = 128, MINOR_TESTED = 11, MINOR_LEAST = 8, ATTEMPTS = 3 };

/* A program that is stuck never ends: after so long (sleeps are 4 s at most) it is taken for stuck. */
static const double patience = 60, stuck_after = 6;

static Ran pythons[MOST];
static const char *interpreters[MOST]; /* NULL: none can run it */
static const char *with_greenlet;      /* the first python3 that has it, NULL */
static int minor = -1;                 /* python3's version: 3.minor */

static bool succeeds(const char *const *argv)
{
    Ran program;
    ran_start(&program, NULL, argv);
    ran_wait(&program, patience);
    bool success = program.status == 0;
    ran_free(&program);
    return success;
}

static const char *find_greenlet(void)
{
    static const char *const candidates[] = {"python3", "/usr/bin/python3"};
    for (size_t k = 0; k < sizeof candidates / sizeof *candidates; k++)
        if (succeeds((const char *const[]){candidates[k], "-c", "import greenlet", NULL}))
            return candidates[k];
    return NULL;
}

static const char *interpreter_for(const Expected *lesson)
{
    if (minor < MINOR_LEAST || is_recorded(lesson))
        return NULL;
    return strcmp(lesson->lesson, "greenlet") == 0 ? with_greenlet : "python3";
}

/* Does its output tell how fast the machine was? Only an undisturbed one prints what the virtual clock does.
 */
static bool measures(const Expected *lesson)
{
    static const char *const those[] = {"throughput", "pictures-sockets", "echo-server"};
    for (size_t k = 0; k < sizeof those / sizeof *those; k++)
        if (strcmp(lesson->lesson, those[k]) == 0)
            return true;
    return false;
}

static void start(size_t k)
{
    char folder[256], listing[64];
    expected_folder(&expected[k], folder, sizeof folder);
    expected_listing(&expected[k], listing, sizeof listing);
    ran_start(&pythons[k], folder,
              (const char *const[]){interpreters[k], "-u", "-B", "-X", "utf8", listing, NULL});
}

static int start_all(void **state)
{
    Ran version;
    ran_start(&version, NULL,
              (const char *const[]){"python3", "-c", "import sys; print(sys.version_info[1])", NULL});
    ran_wait(&version, patience);
    if (version.status == 0)
        minor = (int)strtol(version.out, NULL, 10);
    ran_free(&version);
    with_greenlet = find_greenlet();
    for (size_t k = 0; k < expected_count; k++) {
        interpreters[k] = interpreter_for(&expected[k]);
        if (interpreters[k] && !measures(&expected[k]))
            start(k);
    }
    return 0;
}

static int end_all(void **state)
{
    for (size_t k = 0; k < expected_count; k++) {
        if (interpreters[k] && !measures(&expected[k]) && !pythons[k].out)
            ran_wait(&pythons[k], 0);
        ran_free(&pythons[k]);
    }
    return 0;
}

static int by_text(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* A printed set of tasks has no order of its own: its members are sorted. Python's order is that of
 * addresses. */
static void put_line(FILE *out, char *line)
{
    char *items[16];
    size_t count = 0;
    if (strncmp(line, "{<Task", 6) != 0) {
        fputs(line, out);
        return;
    }
    line[strlen(line) - 1] = '\0';
    for (char *at = line + 1; at && count < sizeof items / sizeof *items;) {
        items[count++] = at;
        at = strstr(at, ", <Task");
        if (at) {
            *at = '\0';
            at += 2;
        }
    }
    qsort(items, count, sizeof *items, by_text);
    for (size_t k = 0; k < count; k++)
        fprintf(out, "%s%s", k ? ", " : "{", items[k]);
    fputc('}', out);
}

/* The text with folders cut and sets sorted. */
static char *normalise(const char *text)
{
    char *copy = strdup(text);
    char *normal = NULL;
    size_t length;
    FILE *out = open_memstream(&normal, &length);
    assert_non_null(copy);
    assert_non_null(out);
    cut_folders(copy);
    char *rest = copy;
    for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
        put_line(out, line);
        if (rest)
            fputc('\n', out);
    }
    fclose(out);
    free(copy);
    return normal;
}

static void assert_same_output(const char *python, const char *ours)
{
    char *one = normalise(python), *other = normalise(ours);
    assert_string_equal(other, one);
    free(one);
    free(other);
}

static bool is_as_expected(size_t k)
{
    char *one = normalise(pythons[k].out), *other = normalise(expected[k].output);
    bool same = strcmp(one, other) == 0;
    free(one);
    free(other);
    return same;
}

/* What Python writes on stderr holds each line that ours does, in their order and once: an exception's last
 * line, a warning. */
static void assert_errors(const Expected *lesson, const char *python)
{
    char *lines = strdup(lesson->error ? lesson->error : "");
    assert_non_null(lines);
    const char *at = python;
    for (char *line = strtok(lines, "\n"); line && lesson->status != 3; line = strtok(NULL, "\n")) {
        at = strstr(at, line);
        if (!at)
            fail_msg("python3's stderr lacks \"%s\":\n%s", line, python);
        at += strlen(line);
        if (strstr(at, line))
            fail_msg("python3's stderr has \"%s\" twice:\n%s", line, python);
    }
    free(lines);
}

/* Something else may have disturbed it all the same: then once more. */
static void run_alone(size_t k)
{
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        ran_free(&pythons[k]);
        start(k);
        ran_wait(&pythons[k], patience);
        if (is_as_expected(k))
            return;
    }
}

static void python_prints_the_same(void **state)
{
    const Expected *lesson = *state;
    size_t k = (size_t)(lesson - expected);
    if (!interpreters[k]) {
        print_message("skipped: no python3 here can run %s\n", lesson->lesson);
        skip();
    }
    if (lesson->variant && minor != MINOR_TESTED) {
        print_message("skipped: python3 is 3.%d, and this variant is about what 3.%d says\n", minor,
                      MINOR_TESTED);
        skip();
    }
    bool is_stuck = lesson->status == 3;
    if (!measures(lesson))
        ran_wait(&pythons[k], is_stuck ? stuck_after : patience);
    if (measures(lesson) ||
        (!is_stuck && !is_as_expected(k))) /* sleeps that end in another order: too many at once */
        run_alone(k);
    Ran ours =
        lesson->variant ? LOOPRUN(lesson->lesson, "--variant", lesson->variant) : LOOPRUN(lesson->lesson);
    assert_same_output(pythons[k].out, ours.out);
    assert_errors(lesson, pythons[k].err);
    assert_int_equal(pythons[k].timed_out, is_stuck);
    if (!is_stuck)
        assert_int_equal(pythons[k].status, ours.status);
    ran_free(&ours);
}

static void sets_are_compared_as_sets(void **state)
{
    char *one = normalise("a\n{<Task b at defined at /x/y/lesson.py:3>, <Task a>}\n");
    assert_string_equal(one, "a\n{<Task a>, <Task b at defined at lesson.py:3>}\n");
    free(one);
}

int main(void)
{
    static char names[MOST][128];
    struct CMUnitTest tests[MOST] = {cmocka_unit_test(sets_are_compared_as_sets)};
    size_t count = 1;
    for (size_t place = 0; place < 2 * expected_count; place++) { /* in a second round those that run alone */
        size_t k = place % expected_count;
        if (is_recorded(&expected[k]) || measures(&expected[k]) != (place >= expected_count))
            continue; /* the recorded ones are test_recordings.c's */
        char name[96];
        snprintf(names[count], sizeof names[count], "python3 prints the same: %s",
                 expected_name(&expected[k], name, sizeof name));
        tests[count] = (struct CMUnitTest){
            .name = names[count], .test_func = python_prints_the_same, .initial_state = (void *)&expected[k]};
        count++;
    }
    return _cmocka_run_group_tests("python", tests, count, start_all, end_all);
}
