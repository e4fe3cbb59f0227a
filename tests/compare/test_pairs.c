/*
 * Every pair: what NAME.c does on the loop equals what NAME.py does on CPython, event by event. And the
 * comparison sees a difference where there is one.
 */
#include "compare/versions.h"
#include "projection.h"
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "history.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 512, AT_ONCE = 4 };

static const double patience = 60;

static const char pairs[] = BUILD_DIR "/pairs", recorder[] = PROJECT_DIR "/lessons/record";

typedef struct Pair {
    char *name;
    char *text;              /* of NAME.py */
    const VersionRule *rule; /* why it cannot be compared here; NULL: it can */
    Ran python;
} Pair;

static Pair all[MOST];
static size_t pair_count, started;
static char python[1024]; /* the interpreter itself, not what stands for it on PATH */
static Version version;

/* ----------------------------------------------------------------------------------------- the children */

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s is missing: a pair has two halves", path);
    char *text = NULL;
    size_t size = 0;
    ssize_t length = getdelim(&text, &size, '\0', file);
    fclose(file);
    assert_true(length > 0);
    return text;
}

/* Which Python is compared with: LOOPGLASS_PYTHON, or python3. */
static void ask_python(void)
{
    static const char question[] =
        "import sys; print(sys.executable, '%d%02d%02d' % sys.version_info[:3], sep='\\n')";
    const char *name = getenv("LOOPGLASS_PYTHON");
    Ran asked;
    ran_start(&asked, NULL, (const char *const[]){name ? name : "python3", "-c", question, NULL});
    ran_wait(&asked, patience);
    if (asked.status != 0 || sscanf(asked.out, "%1023s %d", python, &version) != 2)
        fail_msg("python3 does not answer: %s", asked.err);
    ran_free(&asked);
}

static void start_python(Pair *pair, const char *script)
{
    ran_start(&pair->python, PROJECT_DIR "/tests/fidelity",
              (const char *const[]){python, "-B", "-X", "utf8", recorder, "--virtual", "--no-lines", "-o",
                                    "-", script, NULL});
}

/* Keeps a few of them running ahead of the one that is wanted. */
static void start_until(size_t wanted)
{
    for (; started < pair_count && started <= wanted + AT_ONCE; started++)
        if (!all[started].rule) {
            char script[300];
            snprintf(script, sizeof script, "%s.py", all[started].name);
            start_python(&all[started], script);
        }
}

static void list_pairs(void)
{
    Ran listed;
    ran_start(&listed, NULL, (const char *const[]){pairs, "--list", NULL});
    ran_wait(&listed, patience);
    assert_int_equal(listed.status, 0);
    for (char *name = strtok(listed.out, "\n"); name; name = strtok(NULL, "\n")) {
        assert_true(pair_count < MOST);
        Pair *pair = &all[pair_count++];
        char path[512];
        pair->name = strdup(name);
        assert_non_null(pair->name);
        snprintf(path, sizeof path, PROJECT_DIR "/tests/fidelity/%s.py", name);
        pair->text = read_file(path);
        pair->rule = version_rule_of(pair->text, version);
    }
    ran_free(&listed);
}

static int end_all(void **state)
{
    for (size_t k = 0; k < pair_count; k++) {
        if (k < started && !all[k].rule && !all[k].python.out)
            ran_wait(&all[k].python, 0);
        ran_free(&all[k].python);
        free(all[k].name);
        free(all[k].text);
    }
    return 0;
}

/* ------------------------------------------------------------------------------------- the comparison ----
 */

static void tell(void *context, uint32_t line, const char *rule, const char *message)
{
    print_error("%s: line %u: %s: %s\n", (const char *)context, line, rule, message);
}

static void assert_keeps_the_rules(const Ran *ran, const char *whose)
{
    assert_int_equal(history_check(ran->out, ran->out_length, tell, (void *)whose), 0);
}

static Projection project(const Ran *ran)
{
    Projection projection = projection_read_bare(ran->out, ran->out_length);
    if (projection.problem)
        fail_msg("%s\n%s", projection.problem, ran->err);
    assert_true(projection.count > 0);
    return projection;
}

/* @return whether they are equal; tells the first difference on stdout if wanted */
static bool equal(const Ran *c, const Ran *cpython, bool telling)
{
    Projection ours = project(c), cpythons = project(cpython);
    size_t line = projection_differs(&ours, &cpythons);
    if (line != SIZE_MAX && telling)
        projection_show(&ours, "the C loop", &cpythons, "CPython", line);
    projection_free(&ours);
    projection_free(&cpythons);
    return line == SIZE_MAX;
}

static Ran run_c(const char *name)
{
    Ran ran;
    ran_start(&ran, NULL, (const char *const[]){pairs, name, NULL});
    ran_wait(&ran, patience);
    if (ran.timed_out)
        fail_msg("%s.c does not end", name);
    return ran;
}

static void the_c_loop_does_what_cpython_does(void **state)
{
    Pair *pair = *state;
    start_until((size_t)(pair - all));
    if (pair->rule) {
        print_message("skipped: %s, which %s\n", pair->rule->name, pair->rule->what);
        skip();
    }
    Ran ran = run_c(pair->name);
    ran_wait(&pair->python, patience);
    if (pair->python.timed_out)
        fail_msg("%s.py does not end", pair->name);
    bool same = equal(&ran, &pair->python, true);
    if (!same)
        print_error("what Python said: %s\nwhat C said: %s\n", pair->python.err, ran.err);
    assert_true(same);
    assert_keeps_the_rules(&ran, "the C loop");
    assert_keeps_the_rules(&pair->python, "CPython");
    assert_int_equal(ran.status, pair->python.status);
    ran_free(&ran);
}

/* Writes NAME.py with one thing replaced, and runs it. */
static void run_changed(Pair *changed, const Pair *pair, const char *from, const char *to)
{
    char script[] = "/tmp/loopglass-pair-XXXXXX.py";
    char *at = strstr(pair->text, from);
    assert_non_null(at);
    int fd = mkstemps(script, 3);
    assert_true(fd >= 0);
    FILE *file = fdopen(fd, "wb");
    fprintf(file, "%.*s%s%s", (int)(at - pair->text), pair->text, to, at + strlen(from));
    fclose(file);
    start_python(changed, script);
    ran_wait(&changed->python, patience);
    unlink(script);
}

static void a_changed_program_is_a_difference(void **state)
{
    static const struct {
        const char *name, *from, *to;
    } changes[] = {
        {"sleepers", "sleep(2)", "sleep(2.000000001)"},
        {"sleepers", "print(\"awake\")", "print(\"awoke\")"},
        {"sleepers", "sleep(0)", "sleep(0.5)"},
        {"cancelled_twice", "task.cancel(\"first\")", "True"},
        {"cancelled_twice", "        raise\n", "        pass\n"},
    };
    for (size_t k = 0; k < sizeof changes / sizeof *changes; k++) {
        Pair changed = {0};
        for (size_t p = 0; p < pair_count; p++)
            if (strcmp(all[p].name, changes[k].name) == 0)
                run_changed(&changed, &all[p], changes[k].from, changes[k].to);
        assert_non_null(changed.python.out);
        Ran ran = run_c(changes[k].name);
        if (equal(&ran, &changed.python, false))
            fail_msg("%s in place of %s goes unseen", changes[k].to, changes[k].from);
        ran_free(&ran);
        ran_free(&changed.python);
    }
}

/* Of other Pythons no program is skipped that does not depend on what differs. */
static void a_version_rule_skips_by_name(void **state)
{
    static const char stated[] = "# A comment.\n# differs: gather-done-children (3.12)\nimport asyncio\n";
    assert_null(version_rule_of("import asyncio\nasyncio.run(main())\n", 31200));
    assert_null(version_rule_of("await asyncio.wait_for(x, 1)\n", 31102));
    assert_null(version_rule_of("async with asyncio.timeout(1):\n", PROFILE));
    assert_string_equal(version_rule_of("# differs: timeout-counts-cancels\n", 31102)->name,
                        "timeout-counts-cancels");
    assert_null(version_rule_of("# differs: timeout-counts-cancels\n", 31104));
    assert_string_equal(version_rule_of(stated, 31301)->name, "gather-done-children");
    assert_null(version_rule_of(stated, 31109));
    for (const VersionRule *rule = version_rules; rule->name; rule++)
        assert_false(version_differs(PROFILE, rule));
}

int main(void)
{
    static char names[MOST + 2][160];
    static struct CMUnitTest tests[MOST + 2] = {
        cmocka_unit_test(a_version_rule_skips_by_name),
        cmocka_unit_test(a_changed_program_is_a_difference),
    };
    ask_python();
    version_tell(version);
    list_pairs();
    for (size_t k = 0; k < pair_count; k++) {
        snprintf(names[k], sizeof names[k], "the C loop does what CPython does: %s", all[k].name);
        tests[k + 2] = (struct CMUnitTest){
            .name = names[k], .test_func = the_c_loop_does_what_cpython_does, .initial_state = &all[k]};
    }
    return _cmocka_run_group_tests("pairs", tests, pair_count + 2, NULL, end_all);
}
