/*
 * The checker: silent on every good trace, and one broken line is named by line and rule.
 */
#include "traces.h"

#include "synthetic.h"

typedef struct Told {
    uint32_t line, count;
    char rule[32], message[200];
} Told;

static void tell(void *context, uint32_t line, const char *rule, const char *message)
{
    Told *told = context;
    if (told->count++ == 0) {
        told->line = line;
        snprintf(told->rule, sizeof told->rule, "%s", rule);
        snprintf(told->message, sizeof told->message, "%s", message);
    }
}

static void must_be_good(const char *name, Bytes trace)
{
    Told told = {0};
    if (history_check(trace.text, trace.length, tell, &told) != 0)
        fail_msg("%s:%u: %s: %s", name, told.line, told.rule, told.message);
}

static void every_recording_is_good(void **state)
{
    for_each_trace(must_be_good);
}

static void what_the_benchmarks_read_is_good(void **state)
{
    Synthetic trace;
    synthetic_begin(&trace, 12);
    while (trace.events < 20000)
        synthetic_iterate(&trace);
    synthetic_end(&trace);
    must_be_good("synthetic", (Bytes){trace.text, trace.length});
    synthetic_free(&trace);
}

static void a_signal_s_handle_may_be_queued_twice_and_no_other(void **state)
{
    static const struct {
        const char *by;
        uint32_t complaints;
    } ways[] = {{"io", 0}, {"soon", 1}};
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
        char text[1024];
        int n = snprintf(text, sizeof text,
                         "%%\"loop\",\"op\":\"new\"}\n%%\"loop\",\"op\":\"run\"}\n"
                         "%%\"ready\",\"handle\":\"h1\",\"by\":\"%s\",\"what\":\"call\"}\n"
                         "%%\"ready\",\"handle\":\"h1\",\"by\":\"%s\",\"what\":\"call\"}\n"
                         "%%\"iteration\",\"n\":1}\n%%\"select\",\"timeout\":0}\n%%\"selected\",\"n\":0}\n"
                         "%%\"batch\",\"n\":2}\n"
                         "%%\"run\",\"handle\":\"h1\"}\n%%\"ran\",\"handle\":\"h1\"}\n"
                         "%%\"run\",\"handle\":\"h1\"}\n%%\"ran\",\"handle\":\"h1\"}\n"
                         "%%\"end\",\"why\":\"killed\",\"code\":130}\n",
                         ways[k].by, ways[k].by);
        assert_true(n > 0 && n < (int)sizeof text);
        Bytes trace = make_trace(text);
        Told told = {0};
        if (history_check(trace.text, trace.length, tell, &told) != ways[k].complaints)
            fail_msg("by %s: %u: %s: %s", ways[k].by, told.line, told.rule, told.message);
        free(trace.text);
    }
}

/* Edits one line of a good trace (line 1 is the header) and says what the first complaint must be. */
typedef struct Break {
    uint32_t line;         /* that is edited */
    const char *old, *new; /* new NULL: the line is left out */
    uint32_t told;         /* line of the first complaint; 0: the edited one */
    const char *rule;
} Break;

/* Puts `with` in the place of `old` in a line, or takes the whole line out; numbers the lines anew. */
static Bytes edit(Bytes trace, const Break *how)
{
    Bytes edited = {malloc(trace.length * 2 + 256), 0};
    assert_non_null(edited.text);
    uint32_t line = 0, i = 0;
    for (char *start = trace.text, *end; (end = strchr(start, '\n')) != NULL; start = end + 1) {
        line++;
        if (line == how->line && how->new == NULL)
            continue;
        const char *rest = start;
        if (line > 1) {
            rest = strchr(start, ',');
            edited.length += (size_t)sprintf(edited.text + edited.length, "{\"i\":%u", ++i);
        }
        char *found = line == how->line ? strstr(rest, how->old) : NULL;
        if (line == how->line)
            assert_true(found != NULL && found < end);
        if (found != NULL) {
            edited.length +=
                (size_t)sprintf(edited.text + edited.length, "%.*s%s", (int)(found - rest), rest, how->new);
            rest = found + strlen(how->old);
        }
        edited.length += (size_t)sprintf(edited.text + edited.length, "%.*s\n", (int)(end - rest), rest);
    }
    return edited;
}

/* Line n + 1 of the file is event n of 02d_async_await. */
static const Break breaks[] = {
    // clang-format off
    {3, "\"ts\":0", "\"ts\":5", 0, "time"},
    {16, "\"ts\":0", "\"ts\":-5", 0, "time"},
    {13, "\"n\":1", "\"n\":2", 0, "iteration"},
    {15, "selected", "note", 16, "batch"},
    {16, "\"n\":1", "\"n\":2", 0, "batch"},
    {14, "select", "selected", 0, "select"},
    {33, "\"h2\",\"task\":\"t2\"", "\"h3\",\"task\":\"t3\"", 0, "fifo"},
    {33, "\"h2\"", "\"h77\"", 0, "ready"},
    {33, "\"task\":\"t2\"", "\"task\":\"t3\"", 0, "ready"},
    {33, "}", ",\"skipped\":true}", 0, "skipped"},
    {40, "", NULL, 40, "one"},
    {40, "\"state\":\"waiting\"", "\"state\":\"ready\"", 0, "state"},
    {40, "\"on\":\"f2\",", "", 0, "state"},
    {40, "\"on\":\"f2\"", "\"on\":\"f99\"", 0, "exists"},
    {40, "\"state\":\"waiting\"", "\"state\":\"done\"", 0, "state"},
    {56, "", NULL, 56, "cause"},
    {57, "\"future\":\"f2\"", "\"future\":\"f3\"", 0, "cause"},
    {57, "\"handle\":\"h6\"", "\"handle\":\"h2\"", 0, "new"},
    {52, "\"h4\"", "\"h5\"", 0, "timers"},
    {52, "\"h4\"", "\"h6\"", 0, "cause"},
    {52, "", NULL, 0, "timers"},
    {53, "", NULL, 53, "batch"},
    {38, "2000000000", "2500000000", 52, "timers"},
    {38, "\"h4\"", "\"h2\"", 0, "new"},
    {20, "\"t2\"", "\"t9\"", 0, "exists"},
    {19, "\"t2\"", "\"t1\"", 0, "new"},
    {24, "\"f1\"", "\"t1\"", 0, "new"},
    {24, "}", ",\"return_when\":\"TOMORROW\"}", 0, "return_when"},
    {24, "}", ",\"return_when\":2}", 0, "return_when"},
    {71, "", NULL, 71, "cause"},
    {73, "\"state\":\"done\"", "\"state\":\"waiting\",\"on\":\"f1\"", 0, "state"},
    {88, "\"f1\"", "\"f2\"", 0, "finished"},
    {97, "\"what\":\"callback\",\"future\":\"t1\"", "\"what\":\"step\",\"task\":\"t2\"", 0, "finished"},
    {107, "\"t4\"", "\"t3\"", 0, "new"},
    {68, "\"h4\"", "\"h400\"", 0, "exists"},
    {18, "\"s1\"", "\"s3\"", 0, "exists"},
    {18, "\"line\":11", "\"line\":-1", 0, "format"},
    {103, "", NULL, 104, "one"},
    {148, "\"ev\":\"end\"", "\"ev\":\"note\"", 0, "end"},
    {1, "\"version\":1", "\"version\":2", 0, "header"},
    {1, "loopglass", "someglass", 0, "header"},
    // clang-format on
};

static void each_broken_rule_is_named_with_its_line(void **state)
{
    Bytes trace = read_trace("02d_async_await");
    for (size_t k = 0; k < sizeof breaks / sizeof breaks[0]; k++) {
        Told told = {0};
        Bytes edited = edit(trace, &breaks[k]);
        uint32_t count = history_check(edited.text, edited.length, tell, &told);
        uint32_t line = breaks[k].told != 0 ? breaks[k].told : breaks[k].line;
        if (count == 0 || told.count != count || told.line != line || strcmp(told.rule, breaks[k].rule) != 0)
            fail_msg("edit %zu (line %u): expected %u: %s, told %u: %s: %s (%u in all)", k, breaks[k].line,
                     line, breaks[k].rule, told.line, told.rule, told.message, count);
        free(edited.text);
    }
    free(trace.text);
}

static Told check_text(const char *text, size_t length)
{
    Told told = {0};
    uint32_t count = history_check(text, length, tell, &told);
    assert_int_equal(count, told.count);
    assert_int_not_equal(count, 0);
    return told;
}

static void a_number_that_does_not_count_by_one_is_told(void **state)
{
    Bytes trace = read_trace("07_quick_start");
    char *third = strstr(trace.text, "{\"i\":3,");
    third[5] = '4';
    Told told = check_text(trace.text, trace.length);
    assert_string_equal(told.rule, "order");
    assert_int_equal(told.line, 4);
    free(trace.text);
}

static void a_trace_without_end_is_told(void **state)
{
    Bytes trace = read_trace("07_quick_start");
    char *last = strstr(trace.text, "\"ev\":\"end\"");
    while (last[-1] != '\n')
        last--;
    assert_string_equal(check_text(trace.text, (size_t)(last - trace.text)).rule, "end");
    assert_string_equal(check_text(trace.text, trace.length - 5).rule, "end");
    assert_string_equal(check_text("", 0).rule, "header");
    free(trace.text);
}

static void what_comes_behind_the_end_is_told(void **state)
{
    Bytes trace = make_trace("%\"end\",\"why\":\"exit\",\"code\":0}\n%\"mark\"}\n");
    Told told = check_text(trace.text, trace.length);
    assert_string_equal(told.rule, "end");
    assert_int_equal(told.line, 3);
    free(trace.text);
}

static void a_cancelled_handle_is_skipped_and_may_be_due(void **state)
{
    static const char good[] =
        "%\"loop\",\"op\":\"new\"}\n%\"loop\",\"op\":\"run\"}\n%\"timer\",\"handle\":\"h1\",\"when\":0}\n%"
        "\"handle_cancel\",\"handle\":\"h1\"}\n"
        "%\"iteration\",\"n\":1}\n%\"select\",\"timeout\":0}\n%\"selected\",\"n\":0}\n"
        "%\"ready\",\"handle\":\"h1\",\"by\":\"timer\",\"what\":\"call\"}\n%\"batch\",\"n\":1}\n"
        "%\"run\",\"handle\":\"h1\",\"skipped\":true}\n%\"loop\",\"op\":\"return\"}\n%\"end\",\"why\":"
        "\"exit\"}\n";
    Bytes trace = make_trace(good);
    must_be_good("skipped", trace);
    char *skipped = strstr(trace.text, ",\"skipped\":true");
    memmove(skipped, skipped + 15, strlen(skipped + 15) + 1);
    assert_string_equal(check_text(trace.text, trace.length - 15).rule, "skipped");
    free(trace.text);
}

/* KeyboardInterrupt in a callback ends the run at once; what was behind it stays queued for the next run. */
static void only_an_exception_leaves_an_iteration_unfinished(void **state)
{
#define HALF_A_BATCH(ran)                                                                                 \
    "%\"loop\",\"op\":\"new\"}\n%\"loop\",\"op\":\"run\"}\n"                                              \
    "%\"task\",\"task\":\"t1\",\"name\":\"a\",\"coroutine\":\"a\"}\n"                                     \
    "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n" \
    "%\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"call\"}\n%\"iteration\",\"n\":1}\n"          \
    "%\"select\",\"timeout\":0}\n%\"selected\",\"n\":0}\n%\"batch\",\"n\":2}\n"                           \
    "%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n" ran                                                   \
    "%\"exception\",\"message\":\"Task exception was never retrieved\",\"future\":\"t1\"}\n"              \
    "%\"loop\",\"op\":\"return\"}\n%\"end\",\"why\":\"exception\"}\n"
    Bytes trace =
        make_trace(HALF_A_BATCH("%\"done\",\"future\":\"t1\",\"state\":\"failed\"}\n"
                                "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"failed\"}\n"));
    must_be_good("interrupted", trace);
    free(trace.text);
    trace = make_trace(HALF_A_BATCH("%\"done\",\"future\":\"t1\",\"state\":\"done\"}\n"
                                    "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"done\"}\n"));
    assert_string_equal(check_text(trace.text, trace.length).rule, "batch");
    free(trace.text);
}

/* asyncio queues a signal's one handle each time the signal comes; a task's step is a new handle every time.
 */
static void only_a_call_may_be_queued_again(void **state)
{
#define TWICE(what)                                                                                      \
    "%\"loop\",\"op\":\"new\"}\n%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"" what "\"}\n"   \
    "%\"iteration\",\"n\":1}\n%\"select\",\"timeout\":0}\n%\"selected\",\"n\":0}\n%\"batch\",\"n\":1}\n" \
    "%\"run\",\"handle\":\"h1\"}\n%\"ran\",\"handle\":\"h1\"}\n"                                         \
    "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"" what "\"}\n%\"end\",\"why\":\"killed\"}\n"
    Bytes trace = make_trace(TWICE("call"));
    must_be_good("a signal's handle", trace);
    free(trace.text);
    trace = make_trace(TWICE("callback"));
    assert_string_equal(check_text(trace.text, trace.length).rule, "new");
    free(trace.text);
}

static void a_timer_that_is_due_is_not_left_behind(void **state)
{
    Bytes trace = make_trace(
        "%\"timer\",\"handle\":\"h1\",\"when\":0}\n%\"iteration\",\"n\":1}\n%\"select\",\"timeout\":0}\n"
        "%\"selected\",\"n\":0}\n%\"batch\",\"n\":0}\n%\"end\",\"why\":\"exit\"}\n");
    Told told = check_text(trace.text, trace.length);
    assert_string_equal(told.rule, "timers");
    assert_int_equal(told.line, 6);
    free(trace.text);
}

static void a_coroutine_that_has_ended_is_not_gone_back_to(void **state)
{
    Bytes trace =
        make_trace("%\"coroutine\",\"coroutine\":\"k1\"}\n%\"switch\",\"from\":\"k0\",\"to\":\"k1\"}\n"
                   "%\"switch\",\"from\":\"k1\",\"to\":\"k0\",\"done\":true}\n%\"switch\",\"from\":\"k0\","
                   "\"to\":\"k1\"}\n"
                   "%\"end\",\"why\":\"exit\"}\n");
    Told told = check_text(trace.text, trace.length);
    assert_string_equal(told.rule, "finished");
    assert_int_equal(told.line, 5);
    free(trace.text);
}

/* The largest numbers that a reader takes: nothing that is reckoned with them overflows. */
static void the_largest_numbers_are_reckoned_with_and_told(void **state)
{
    static const char trace[] =
        "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\"}\n"
        "{\"i\":1,\"ts\":-4600000000000000000,\"ev\":\"loop\",\"op\":\"new\"}\n"
        "{\"i\":2,\"ts\":-4600000000000000000,\"ev\":\"iteration\",\"n\":4600000000000000000}\n"
        "{\"i\":3,\"ts\":-4600000000000000000,\"ev\":\"timer\",\"handle\":\"h1\",\"when\":"
        "4600000000000000000}\n"
        "{\"i\":4,\"ts\":-4600000000000000000,\"ev\":\"select\",\"timeout\":4600000000000000000}\n"
        "{\"i\":5,\"ts\":4600000000000000000,\"ev\":\"selected\",\"n\":0}\n"
        "{\"i\":6,\"ts\":-4600000000000000000,\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"timer\"}\n"
        "{\"i\":7,\"ts\":9223372036854775807,\"ev\":\"mark\"}\n";
    Told told = {0};
    assert_int_not_equal(history_check(trace, sizeof trace - 1, tell, &told), 0);
    History *history = history_new();
    assert_true(history_feed(history, trace, sizeof trace - 1) && history_finish(history));
    assert_int_equal(history_count(history), 6);
    assert_int_equal(history_iteration(history, 0)->idle, 9200000000000000000);
    assert_non_null(strstr(history_problem(history), "line 8: ts is beyond 4.6e18"));
    history_free(history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_recording_is_good),
        cmocka_unit_test(what_the_benchmarks_read_is_good),
        cmocka_unit_test(a_signal_s_handle_may_be_queued_twice_and_no_other),
        cmocka_unit_test(each_broken_rule_is_named_with_its_line),
        cmocka_unit_test(a_number_that_does_not_count_by_one_is_told),
        cmocka_unit_test(a_trace_without_end_is_told),
        cmocka_unit_test(what_comes_behind_the_end_is_told),
        cmocka_unit_test(a_cancelled_handle_is_skipped_and_may_be_due),
        cmocka_unit_test(only_an_exception_leaves_an_iteration_unfinished),
        cmocka_unit_test(only_a_call_may_be_queued_again),
        cmocka_unit_test(a_timer_that_is_due_is_not_left_behind),
        cmocka_unit_test(a_coroutine_that_has_ended_is_not_gone_back_to),
        cmocka_unit_test(the_largest_numbers_are_reckoned_with_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
