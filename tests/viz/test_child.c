/*
 * Child processes: whatever they do, the reader gets what they wrote, never waits, and can say what happened.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "child.h"

static Child *run(const char *script)
{
    const char *problem = NULL;
    const char *const argv[] = {"/bin/sh", "-c", script, NULL};
    Child *child = child_start(argv, &problem);
    assert_non_null(child);
    return child;
}

/** Reads to the end, at most size - 1 bytes are kept. */
static size_t read_all(Child *child, char *to, size_t size)
{
    size_t count = 0;
    while (!child_ended(child)) {
        struct pollfd wait = {.fd = child_descriptor(child), .events = POLLIN};
        assert_int_equal(poll(&wait, 1, 10000), 1);
        char buffer[512];
        size_t n = child_read(child, buffer, sizeof buffer);
        if (count + n < size)
            memcpy(to + count, buffer, n);
        count += n;
    }
    to[count < size ? count : size - 1] = '\0';
    return count;
}

static void its_output_comes_through_the_pipe(void **state)
{
    char text[64];
    Child *child = run("printf one; sleep 0.05; printf two");
    assert_int_equal(child_status(child), -1);
    read_all(child, text, sizeof text);
    assert_string_equal(text, "onetwo");
    assert_int_equal(child_status(child), 0);
    assert_null(child_message(child, LANG_EN));
    assert_int_equal(child_descriptor(child), -1);
    child_free(child);
}

static void reading_never_waits(void **state)
{
    char buffer[16];
    Child *child = run("sleep 100");
    for (int k = 0; k < 100; k++)
        assert_int_equal(child_read(child, buffer, sizeof buffer), 0);
    assert_false(child_ended(child));
    child_free(child); /* and ends it */
}

static void a_crash_is_told_with_its_signal_and_last_words(void **state)
{
    char text[64];
    Child *child = run("printf half; echo first >&2; echo last words >&2; kill -SEGV $$");
    read_all(child, text, sizeof text);
    assert_string_equal(text, "half");
    assert_int_equal(child_status(child), 128 + SIGSEGV);
    assert_string_equal(child_last_words(child), "last words");
    assert_non_null(strstr(child_message(child, LANG_EN), "crashed: SIGSEGV · last words"));
    assert_non_null(strstr(child_message(child, LANG_ZH), "崩溃"));
    child_free(child);
}

static void an_exception_or_a_stuck_loop_is_no_mishap(void **state)
{
    static const int statuses[] = {0, 1, 3};
    for (int k = 0; k < 3; k++) {
        char script[16], text[4];
        snprintf(script, sizeof script, "exit %d", statuses[k]);
        Child *child = run(script);
        read_all(child, text, sizeof text);
        assert_int_equal(child_status(child), statuses[k]);
        assert_null(child_message(child, LANG_EN));
        child_free(child);
    }
}

static void any_other_status_is_told_with_the_last_words(void **state)
{
    char text[4];
    Child *child = run("echo no such lesson >&2; exit 2");
    read_all(child, text, sizeof text);
    assert_non_null(strstr(child_message(child, LANG_EN), "no such lesson"));
    child_free(child);
}

static void much_on_stderr_does_not_stop_it(void **state)
{
    char text[16];
    Child *child = run("head -c 3000000 /dev/zero | tr '\\0' x >&2; printf done");
    read_all(child, text, sizeof text);
    assert_string_equal(text, "done");
    child_free(child);
}

static void a_child_that_closes_its_output_and_stays_is_ended_and_that_is_no_crash(void **state)
{
    char text[4];
    Child *child = run("echo words >&2; exec >&-; exec sleep 100");
    read_all(child, text, sizeof text);
    assert_int_equal(child_status(child), 128 + SIGKILL);
    assert_true(child_was_stopped(child));
    assert_null(strstr(child_message(child, LANG_EN), "crash"));
    assert_non_null(strstr(child_message(child, LANG_EN), "closed its output but did not end"));
    child_free(child);
}

static void killed_by_somebody_else_is_a_crash(void **state)
{
    char text[4];
    Child *child = run("kill -KILL $$");
    read_all(child, text, sizeof text);
    assert_false(child_was_stopped(child));
    assert_non_null(strstr(child_message(child, LANG_EN), "crashed: SIGKILL"));
    child_free(child);
}

static void what_it_has_started_ends_with_it(void **state)
{
    char text[32];
    Child *child = run("sleep 100 & printf %d $!; sleep 100");
    struct pollfd wait = {.fd = child_descriptor(child), .events = POLLIN};
    poll(&wait, 1, 5000);
    size_t n = child_read(child, text, sizeof text - 1);
    text[n] = '\0';
    pid_t grandchild = (pid_t)atoi(text);
    assert_true(grandchild > 1);
    child_free(child);
    for (int k = 0; k < 500 && kill(grandchild, 0) == 0; k++) {
        char path[64], line[256] = "";
        snprintf(path, sizeof path, "/proc/%d/stat", (int)grandchild);
        FILE *file = fopen(path, "r");
        if (!file)
            return;
        if (fgets(line, sizeof line, file) && strstr(line, ") Z")) { /* dead, not yet buried by init */
            fclose(file);
            return;
        }
        fclose(file);
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
    assert_int_not_equal(kill(grandchild, 0), 0);
}

/** Lets the child come so far that it has written something. */
static void wait_for_output(Child *child)
{
    char text[64];
    struct pollfd wait = {.fd = child_descriptor(child), .events = POLLIN};
    assert_int_equal(poll(&wait, 1, 10000), 1);
    assert_true(child_read(child, text, sizeof text) > 0);
}

static void it_is_asked_to_end_before_it_is_killed(void **state)
{
    char path[] = "/tmp/loopglass-asked-XXXXXX", script[128], text[16] = "";
    int file = mkstemp(path);
    assert_true(file >= 0);
    snprintf(script, sizeof script,
             "trap 'echo asked > %s; exit' TERM; echo ready; while :; do sleep 0.01; done", path);
    Child *child = run(script);
    wait_for_output(child);
    child_free(child);
    assert_int_equal(read(file, text, sizeof text - 1), 6);
    assert_string_equal(text, "asked\n");
    close(file);
    unlink(path);
}

static void who_does_not_listen_is_killed_soon(void **state)
{
    struct timespec from, until;
    Child *child = run("trap '' TERM; echo ready; while :; do sleep 0.01; done");
    wait_for_output(child);
    clock_gettime(CLOCK_MONOTONIC, &from);
    child_free(child); /* and waits for it */
    clock_gettime(CLOCK_MONOTONIC, &until);
    assert_true(until.tv_sec - from.tv_sec < 10);
}

static void a_program_that_is_not_there_is_one_line(void **state)
{
    const char *problem = NULL;
    const char *const argv[] = {"/nowhere/looprun", "--list", NULL};
    assert_null(child_start(argv, &problem));
    assert_non_null(strstr(problem, "/nowhere/looprun: No such file"));
}

static void looprun_is_found_on_the_path(void **state)
{
    char folder[] = "/tmp/loopglass-path-XXXXXX", path[64], variable[128];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/looprun", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    char *old = strdup(getenv("PATH"));
    snprintf(variable, sizeof variable, "/nowhere:%s", folder);
    setenv("PATH", variable, 1);
    char *found = find_looprun();
    if (found) /* not executable: not found, unless there is one beside this test */
        assert_string_not_equal(found, path);
    bool beside = found != NULL;
    free(found);
    chmod(path, 0755);
    found = find_looprun();
    assert_non_null(found);
    if (!beside)
        assert_string_equal(found, path);
    free(found);
    setenv("PATH", old, 1);
    free(old);
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_output_comes_through_the_pipe),
        cmocka_unit_test(reading_never_waits),
        cmocka_unit_test(a_crash_is_told_with_its_signal_and_last_words),
        cmocka_unit_test(an_exception_or_a_stuck_loop_is_no_mishap),
        cmocka_unit_test(any_other_status_is_told_with_the_last_words),
        cmocka_unit_test(much_on_stderr_does_not_stop_it),
        cmocka_unit_test(a_child_that_closes_its_output_and_stays_is_ended_and_that_is_no_crash),
        cmocka_unit_test(killed_by_somebody_else_is_a_crash),
        cmocka_unit_test(what_it_has_started_ends_with_it),
        cmocka_unit_test(it_is_asked_to_end_before_it_is_killed),
        cmocka_unit_test(who_does_not_listen_is_killed_soon),
        cmocka_unit_test(a_program_that_is_not_there_is_one_line),
        cmocka_unit_test(looprun_is_found_on_the_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
