/*
 * CPython's own tests of asyncio, with and without the recorder: the same number of tests run, and they end
 * the same way. Who records changes nothing.
 */
#include "ran.h"

#include "history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Those that take seconds. They wait more than they work, so the longest one, the last, runs beside the
 * others from the beginning. */
static const char *const modules[] = {
    "test_base_events", "test_buffered_proto", "test_context",     "test_futures",         "test_futures2",
    "test_locks",       "test_pep492",         "test_protocols",   "test_queues",          "test_runners",
    "test_server",      "test_sock_lowlevel",  "test_streams",     "test_selector_events", "test_taskgroups",
    "test_threads",     "test_timeouts",       "test_unix_events", "test_waitfor",         "test_tasks",
};

enum { MODULES = sizeof modules / sizeof *modules, LONGEST = MODULES - 1 };

/* One module, without the recorder and with it, both at the same time. */
typedef struct Pair {
    const char *module;
    char trace[128];
    Ran plain, recorded;
} Pair;

static Pair pairs[MODULES];

static const double patience = 200; /* seconds for a module on a busy machine */
static const char *python;          /* that has the tests, or NULL */
static char folder[] = "/tmp/looprun-asyncio-XXXXXX";

static void start(Pair *pair)
{
    char name[64];
    snprintf(name, sizeof name, "test.test_asyncio.%s", pair->module);
    snprintf(pair->trace, sizeof pair->trace, "%s/%s.jsonl", folder, pair->module);
    ran_start(&pair->plain, folder, (const char *const[]){python, "-m", name, NULL});
    ran_start(
        &pair->recorded, folder,
        (const char *const[]){looprun_path, "--python", python, "--trace", pair->trace, "-m", name, NULL});
}

static int start_longest(void **state)
{
    static const char *const candidates[] = {"/usr/bin/python3", "python3"};
    for (size_t k = 0; !python && k < sizeof candidates / sizeof *candidates; k++) {
        Ran ran;
        ran_start(&ran, NULL,
                  (const char *const[]){candidates[k], "-c",
                                        "import sys, test.test_asyncio; sys.exit(sys.version_info < (3, 9))",
                                        NULL});
        ran_wait(&ran, 30);
        python = ran.status == 0 ? candidates[k] : NULL;
        ran_free(&ran);
    }
    setenv("PYTHONDONTWRITEBYTECODE", "1", 1);
    if (!mkdtemp(folder))
        return -1;
    if (python)
        start(&pairs[LONGEST]);
    return 0;
}

static int remove_folder(void **state)
{
    char line[128];
    snprintf(line, sizeof line, "rm -r %s", folder);
    return system(line);
}

/* "913 tests, OK (skipped=1)": what unittest says at the end. */
static void summary(const Ran *ran, char *buffer, size_t size)
{
    const char *count = strstr(ran->err, "\nRan "), *verdict = strstr(ran->err, "\nOK");
    if (!verdict)
        verdict = strstr(ran->err, "\nFAILED (");
    snprintf(buffer, size, "%d tests, %.*s, status %d", count ? (int)strtol(count + 5, NULL, 10) : -1,
             verdict ? (int)strcspn(verdict + 1, "\n") : 0, verdict ? verdict + 1 : "", ran->status);
}

/* Waits for both. @return whether they say the same, as texts that are told if not */
static bool ends_the_same(Pair *pair, char *plain, char *recorded, size_t size)
{
    ran_wait(&pair->plain, patience);
    ran_wait(&pair->recorded, patience);
    summary(&pair->plain, plain, size);
    summary(&pair->recorded, recorded, size);
    bool same = strcmp(plain, recorded) == 0;
    if (!same)
        print_message("%s\n", pair->recorded.err);
    ran_free(&pair->plain);
    ran_free(&pair->recorded);
    return same;
}

static void tell(void *context, uint32_t line, const char *rule, const char *message)
{
    print_error("line %u: %s: %s\n", line, rule, message);
}

static void assert_sound(const char *trace)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(trace, "r");
    assert_non_null(file);
    ssize_t length = getdelim(&text, &size, '\0', file);
    fclose(file);
    assert_true(length > 0);
    assert_int_equal(history_check(text, (size_t)length, tell, NULL), 0);
    free(text);
}

/* Some of the tests look at the clock: on a machine that is busy, a second try decides. */
static void it_ends_the_same_under_the_recorder(void **state)
{
    Pair *pair = *state;
    char plain[256], recorded[256];
    if (!python) {
        print_message("skipped: no python3 here has CPython's tests (Debian: libpython3.11-testsuite)\n");
        skip();
    }
    if (pair != &pairs[LONGEST])
        start(pair);
    if (!ends_the_same(pair, plain, recorded, sizeof plain)) {
        start(pair);
        if (!ends_the_same(pair, plain, recorded, sizeof plain))
            fail_msg("%s: %s; under the recorder: %s", pair->module, plain, recorded);
    }
    assert_null(strstr(plain, "-1 tests"));
    assert_sound(pair->trace);
}

int main(void)
{
    struct CMUnitTest tests[MODULES];
    for (size_t k = 0; k < MODULES; k++) {
        pairs[k].module = modules[k];
        tests[k] = (struct CMUnitTest){
            .name = modules[k], .test_func = it_ends_the_same_under_the_recorder, .initial_state = &pairs[k]};
    }
    return cmocka_run_group_tests_name("asyncio", tests, start_longest, remove_folder);
}
