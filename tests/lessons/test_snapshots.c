/*
 * The state that the window shows, rebuilt from a recording's events alone, is at every iteration and after
 * every step the one that the recorder saw in CPython: on recordings of every lesson's listing and of every
 * program of the fidelity pairs. Without a python3 there is nothing to record with: skipped by name.
 */
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "history.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROOM = 16, PATIENCE = 110 };

static char folder[] = "/tmp/loopglass-snapshots-XXXXXX";

static bool has_python(void)
{
    return system("python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' >/dev/null 2>&1") == 0;
}

/* Records every script that the pattern finds into the folder. @return how many there are */
static size_t record(const char *pattern)
{
    glob_t found;
    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    const char **argv = calloc(found.gl_pathc + ROOM, sizeof *argv);
    assert_non_null(argv);
    const char *const words[] = {
        "python3", PROJECT_DIR "/lessons/record", "--batch", folder, "--virtual", "--snapshots", "--quiet"};
    size_t count = sizeof words / sizeof *words;
    memcpy(argv, words, sizeof words);
    for (size_t k = 0; k < found.gl_pathc; k++)
        argv[count++] = found.gl_pathv[k];
    Ran program;
    ran_start(&program, NULL, argv);
    ran_wait(&program, PATIENCE);
    if (program.timed_out)
        fail_msg("recording %s took too long", pattern);
    count = found.gl_pathc;
    ran_free(&program);
    free(argv);
    globfree(&found);
    return count;
}

static void complain(void *context, uint32_t line, const char *rule, const char *message)
{
    print_error("%s:%u: %s: %s\n", (const char *)context, line, rule, message);
}

/* @return how many snapshots it has */
static size_t check(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size_t length = (size_t)ftell(file), snapshots = 0;
    rewind(file);
    char *text = malloc(length + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, length, file), length);
    text[length] = '\0';
    fclose(file);
    for (const char *at = text; (at = strstr(at, "\"ev\":\"snapshot\"")); at++)
        snapshots++;
    if (history_check(text, length, complain, (void *)(uintptr_t)path) > 0)
        fail_msg("%s is not sound", path);
    free(text);
    return snapshots;
}

/* @return of how many programs it saw something */
static size_t the_state_is_what_the_recorder_saw(const char *pattern)
{
    char traces[256];
    glob_t found;
    size_t snapshots = 0, looped = 0, scripts = record(pattern);
    snprintf(traces, sizeof traces, "%s/*.jsonl", folder);
    assert_int_equal(glob(traces, 0, NULL, &found), 0);
    for (size_t k = 0; k < found.gl_pathc; k++) {
        size_t its = check(found.gl_pathv[k]);
        snapshots += its;
        looped += its > 0;
        unlink(found.gl_pathv[k]);
    }
    print_message("%zu scripts, %zu traces, %zu snapshots\n", scripts, found.gl_pathc, snapshots);
    globfree(&found);
    return looped;
}

static void every_lesson(void **state)
{
    if (!has_python())
        skip();
    /* Of the same name in each folder: one folder after the other. */
    glob_t folders;
    size_t looped = 0;
    assert_int_equal(glob(PROJECT_DIR "/lessons/[0-9]*-*", GLOB_ONLYDIR, NULL, &folders), 0);
    for (size_t k = 0; k < folders.gl_pathc; k++) {
        char pattern[512];
        snprintf(pattern, sizeof pattern, "%s/*.py", folders.gl_pathv[k]);
        looped += the_state_is_what_the_recorder_saw(pattern);
    }
    globfree(&folders);
    assert_true(looped >= 17);
}

static void every_program_of_a_pair(void **state)
{
    glob_t pairs = {0};
    bool some = glob(PROJECT_DIR "/tests/fidelity/*.py", 0, NULL, &pairs) == 0;
    size_t count = pairs.gl_pathc;
    globfree(&pairs);
    if (!some || !has_python())
        skip();
    assert_true(the_state_is_what_the_recorder_saw(PROJECT_DIR "/tests/fidelity/*.py") >= count * 9 / 10);
}

static int make_folder(void **state)
{
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_lesson),
        cmocka_unit_test(every_program_of_a_pair),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
