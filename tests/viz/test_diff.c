/*
 * The first difference of two traces, in words: a sentence for every way in which two runs can part.
 */
#include "traces.h"

#include "diff.h"
#include "intern.h"

/* What both have done: n1 and n2 exist, and line 4 is the last that ran. Nine events count: the last is
   number 14. */
#define BEFORE                                                                                              \
    "%\"source\",\"source\":\"s1\",\"name\":\"lesson.py\",\"language\":\"python\",\"text\":\"\"}\n"         \
    "%\"line\",\"source\":\"s1\",\"line\":4,\"function\":\"main\"}\n"                                       \
    "%\"loop\",\"op\":\"new\"}\n"                                                                           \
    "%\"task\",\"task\":\"t1\",\"name\":\"n1\",\"coroutine\":\"one\",\"created\":[\"s1\",2]}\n"             \
    "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"   \
    "%\"task\",\"task\":\"t2\",\"name\":\"Task-2\",\"coroutine\":\"main.<locals>.two\",\"created\":[\"s1\"" \
    ",3]}\n"                                                                                                \
    "%\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t2\",\"why\":\"start\"}\n"   \
    "%\"future\",\"future\":\"f1\",\"of\":\"sleep\"}\n"                                                     \
    "%\"future\",\"future\":\"f2\",\"of\":\"user\"}\n"                                                      \
    "%\"iteration\",\"n\":1}\n%\"select\",\"timeout\":0}\n%\"selected\",\"n\":0}\n%\"batch\",\"n\":2}\n"    \
    "%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"

#define PYTHON                                                                                       \
    "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"semantics\":\"cpython-3.11.7\"," \
    "\"producer\":{\"name\":\"recorder\",\"language\":\"python\"}}\n"
#define C_LOOP                                                                                       \
    "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"semantics\":\"cpython-3.11.7\"," \
    "\"producer\":{\"name\":\"looprun\",\"language\":\"c\"}}\n"

#define REAL \
    "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"monotonic\",\"semantics\":\"cpython-3.11.7\"}\n"

static const char *const names[2] = {"CPython 3.11.7", "the C loop"};
static const char *const names_zh[2] = {"CPython 3.11.7", "C 循环"};

/* -------------------------------------------------------------------------------------- two sides ---- */

typedef struct Pair {
    DiffSide sides[2];
    Bytes traces[2];
    DiffAspect aspect;
} Pair;

static void open_side(Pair *pair, int k, const char *header, const char *before, const char *after)
{
    char *lines = malloc(strlen(before) + strlen(after) + 1);
    assert_non_null(lines);
    strcpy(stpcpy(lines, before), after);
    Bytes body = make_trace(lines);
    const char *events = strchr(body.text, '\n') + 1;
    pair->traces[k].text = malloc(strlen(header) + strlen(events) + 1);
    assert_non_null(pair->traces[k].text);
    strcpy(stpcpy(pair->traces[k].text, header), events);
    pair->traces[k].length = strlen(pair->traces[k].text);
    FILE *file = fmemopen(pair->traces[k].text, pair->traces[k].length, "r");
    assert_non_null(file);
    assert_true(diff_open(&pair->sides[k], file));
    free(body.text);
    free(lines);
}

/* Both after BEFORE. The caller closes it. */
static Pair *pair_of(const char *after, const char *other_after)
{
    Pair *pair = calloc(1, sizeof *pair);
    assert_non_null(pair);
    open_side(pair, 0, PYTHON, BEFORE, after);
    open_side(pair, 1, C_LOOP, BEFORE, other_after);
    pair->aspect = diff_sides(&pair->sides[0], &pair->sides[1], true);
    return pair;
}

static void pair_close(Pair *pair)
{
    for (int k = 0; k < 2; k++) {
        diff_close(&pair->sides[k]);
        free(pair->traces[k].text);
    }
    free(pair);
}

static void assert_told(const char *after, const char *other_after, Language language, const char *sentence)
{
    char told[1024];
    Pair *pair = pair_of(after, other_after);
    assert_int_not_equal(pair->aspect, DIFF_NONE);
    diff_sentence(told, sizeof told, &pair->sides[0], &pair->sides[1], language == LANG_EN ? names : names_zh,
                  pair->aspect, language);
    assert_string_equal(told, sentence);
    pair_close(pair);
}

/* ---------------------------------------------------------------------------------------- sentences ---- */

typedef struct Case {
    const char *after, *other, *sentence; /* without "After event 14 " */
} Case;

static void assert_cases(const Case *cases, size_t count)
{
    char sentence[1024];
    for (size_t k = 0; k < count; k++) {
        snprintf(sentence, sizeof sentence, "After event 14 %s", cases[k].sentence);
        assert_told(cases[k].after, cases[k].other, LANG_EN, sentence);
    }
}

#define ASSERT_CASES(...) \
    assert_cases((const Case[]){__VA_ARGS__}, sizeof((const Case[]){__VA_ARGS__}) / sizeof(Case))

#define WAKE(handle, task, future)                                                              \
    "%\"ready\",\"handle\":\"" handle "\",\"by\":\"soon\",\"what\":\"wakeup\",\"task\":\"" task \
    "\",\"future\""                                                                             \
    ":\"" future "\"}\n"
#define RAN(state, more) "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"" state "\"" more "}\n"
#define OUTPUT(text)     "%\"output\",\"fd\":1,\"text\":\"" text "\"}\n"
#define END              "%\"end\",\"why\":\"exit\"}\n"

static void the_order_of_wake_ups_is_named_by_who_comes_first(void **state)
{
    const char *one = WAKE("h3", "t2", "f1") WAKE("h4", "t1", "f2") END;
    const char *other = WAKE("h3", "t1", "f2") WAKE("h4", "t2", "f1") END;
    assert_told(one, other, LANG_EN,
                "After event 14 CPython 3.11.7 wakes Task-2 (two) first, the C loop n1.");
    assert_told(one, other, LANG_ZH, "事件 14 之后，CPython 3.11.7 先唤醒 Task-2 (two)，C 循环先唤醒 n1。");
}

static void first_is_not_said_where_the_other_never_comes(void **state)
{
    ASSERT_CASES({WAKE("h3", "t2", "f1") END, WAKE("h3", "t1", "f2") END,
                  "CPython 3.11.7 wakes Task-2 (two), the C loop wakes n1."},
                 {WAKE("h3", "t2", "f1") "%\"iteration\",\"n\":2}\n" WAKE("h4", "t1", "f2") END,
                  WAKE("h3", "t1", "f2") "%\"iteration\",\"n\":2}\n" WAKE("h4", "t2", "f1") END,
                  "CPython 3.11.7 wakes Task-2 (two), the C loop wakes n1."});
}

static void the_order_of_other_things_is_named_too(void **state)
{
    ASSERT_CASES(
        {OUTPUT("a\\n") OUTPUT("b\\n"), OUTPUT("b\\n") OUTPUT("a\\n"),
         "CPython 3.11.7 prints \"a\\n\" first, the C loop \"b\\n\"."},
        {"%\"run\",\"handle\":\"h2\",\"task\":\"t2\"}\n%\"run\",\"handle\":\"h3\",\"task\":\"t1\"}\n",
         "%\"run\",\"handle\":\"h3\",\"task\":\"t1\"}\n%\"run\",\"handle\":\"h2\",\"task\":\"t2\"}\n",
         "CPython 3.11.7 runs Task-2 (two) first, the C loop n1."},
        {"%\"done\",\"future\":\"f2\",\"state\":\"done\"}\n" OUTPUT("a"),
         OUTPUT("a") "%\"done\",\"future\":\"f2\",\"state\":\"done\"}\n",
         "CPython 3.11.7 first completes f2 (user) with a result, the C loop first prints \"a\"."});
}

static void an_iteration_more_is_counted(void **state)
{
    ASSERT_CASES(
        {"%\"iteration\",\"n\":2}\n%\"select\",\"timeout\":0}\n" END, END,
         "CPython 3.11.7 begins iteration 2, the C loop ends. In all, CPython 3.11.7 takes 2 iterations, "
         "the C loop 1."},
        {OUTPUT("a") END, "%\"iteration\",\"n\":2}\n" OUTPUT("a") END,
         "CPython 3.11.7 prints \"a\", the C loop begins iteration 2. In all, CPython 3.11.7 takes 1 "
         "iterations, the C loop 2."},
        {"%\"iteration\",\"n\":2}\n", "%\"iteration\",\"n\":3}\n",
         "CPython 3.11.7 begins iteration 2, the C loop begins iteration 3."});
}

static void another_timeout_is_told_to_the_nanosecond(void **state)
{
    ASSERT_CASES(
        {"%\"select\",\"timeout\":2000000000}\n", "%\"select\",\"timeout\":2000000001}\n",
         "CPython 3.11.7 waits in select for at most 2 s, the C loop waits in select for at most "
         "2.000000001 s."},
        {"%\"select\",\"timeout\":null}\n", "%\"select\",\"timeout\":0}\n",
         "CPython 3.11.7 waits in select for ever, the C loop only looks in select."},
        {"%\"timer\",\"handle\":\"h3\",\"when\":1500000000}\n", "%\"timer\",\"handle\":\"h3\",\"when\":1}\n",
         "CPython 3.11.7 sets the timer h3 to 1.5 s, the C loop sets the timer h3 to 0.000000001 s."},
        {"%\"blocked\",\"duration\":1000000000}\n", "%\"blocked\",\"duration\":2000000000}\n",
         "CPython 3.11.7 is blocked for 1 s, the C loop is blocked for 2 s."});
}

static void the_same_at_another_time_is_told_by_its_times(void **state)
{
    ASSERT_CASES({"{\"i\":15,\"ts\":1000000000,\"ev\":\"selected\",\"n\":0}\n",
                  "{\"i\":15,\"ts\":2000000000,\"ev\":\"selected\",\"n\":0}\n",
                  "CPython 3.11.7 leaves select with 0 I/O events at 1 s, the C loop at 2 s."});
}

/* No two runs on a real clock take the same times. */
static void of_a_real_clock_no_times_are_compared(void **state)
{
    static const struct {
        const char *after, *other;
        DiffAspect aspect;
    } cases[] = {
        {"{\"i\":15,\"ts\":1,\"ev\":\"selected\",\"n\":0}\n",
         "{\"i\":15,\"ts\":2,\"ev\":\"selected\",\"n\":0}\n", DIFF_NONE},
        {"%\"select\",\"timeout\":7}\n", "%\"select\",\"timeout\":8}\n", DIFF_NONE},
        {"%\"select\",\"timeout\":7}\n", "%\"select\",\"timeout\":0}\n", DIFF_WHAT},
        {"%\"select\",\"timeout\":7}\n", "%\"select\",\"timeout\":null}\n", DIFF_WHAT},
        {"%\"timer\",\"handle\":\"h3\",\"when\":5}\n", "%\"timer\",\"handle\":\"h3\",\"when\":6}\n",
         DIFF_NONE},
        {"%\"selected\",\"n\":1}\n", "%\"selected\",\"n\":0}\n", DIFF_WHAT},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        Pair *pair = calloc(1, sizeof *pair);
        assert_non_null(pair);
        open_side(pair, 0, REAL, BEFORE, cases[k].after);
        open_side(pair, 1, k % 2 ? REAL : C_LOOP, BEFORE, cases[k].other);
        pair->aspect = diff_sides(&pair->sides[0], &pair->sides[1], true);
        assert_int_equal(pair->aspect, cases[k].aspect);
        pair_close(pair);
    }
}

static void another_output_is_quoted(void **state)
{
    ASSERT_CASES(
        {OUTPUT("3\\n"), OUTPUT("4\\n"), "CPython 3.11.7 prints \"3\\n\", the C loop prints \"4\\n\"."},
        {OUTPUT("3\\n"), OUTPUT("3"), "CPython 3.11.7 prints \"3\\n\", the C loop prints \"3\"."},
        {OUTPUT("3\\n"), END, "CPython 3.11.7 prints \"3\\n\", the C loop ends."});
}

static void long_outputs_are_shown_where_they_part(void **state)
{
#define LONG "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
    char told[1024];
    Pair *pair = pair_of(OUTPUT(LONG LONG "a"), OUTPUT(LONG LONG "b"));
    assert_int_equal(pair->aspect, DIFF_TEXT);
    diff_sentence(told, sizeof told, &pair->sides[0], &pair->sides[1], names, pair->aspect, LANG_EN);
    assert_non_null(strstr(told, "十a\""));
    assert_non_null(strstr(told, "十b\""));
    pair_close(pair);
}

static void a_missing_end_is_named(void **state)
{
    ASSERT_CASES({END, "", "CPython 3.11.7 ends, the C loop breaks off."},
                 {OUTPUT("a"), "", "CPython 3.11.7 prints \"a\", the C loop breaks off."});
    assert_told(END OUTPUT("a"), END, LANG_EN,
                "After event 15 CPython 3.11.7 prints \"a\", the C loop has nothing more.");
}

static void how_it_ends_is_compared(void **state)
{
    ASSERT_CASES(
        {"%\"end\",\"why\":\"exception\"}\n", END, "CPython 3.11.7 ends with an exception, the C loop ends."},
        {"%\"stuck\",\"tasks\":[[\"t1\",\"f1\"]]}\n%\"end\",\"why\":\"stuck\"}\n", END,
         "CPython 3.11.7 is stuck with 1 tasks waiting, the C loop ends."},
        {"%\"end\",\"why\":\"killed\"}\n", "%\"end\",\"why\":\"limit\"}\n",
         "CPython 3.11.7 is killed, the C loop is recorded no further, at its limit."},
        {"%\"end\",\"why\":\"stuck\"}\n", END, "CPython 3.11.7 ends as stuck, the C loop ends."});
}

static void what_becomes_of_a_task_is_compared(void **state)
{
    ASSERT_CASES({RAN("cancelled", ""), RAN("waiting", ",\"on\":\"f1\""),
                  "CPython 3.11.7 ends n1 as cancelled, the C loop has n1 wait for f1 (sleep)."},
                 {RAN("waiting", ",\"on\":\"f2\""), RAN("waiting", ",\"on\":\"f1\""),
                  "CPython 3.11.7 has n1 wait for f2 (user), the C loop has n1 wait for f1 (sleep)."},
                 {RAN("waiting", ",\"on\":\"t2\""), RAN("ready", ""),
                  "CPython 3.11.7 has n1 wait for Task-2 (two), the C loop has n1 give up its turn."},
                 {RAN("done", ""), RAN("failed", ""),
                  "CPython 3.11.7 ends n1 with a result, the C loop ends n1 with an exception."},
                 {"%\"ran\",\"handle\":\"h1\"}\n", RAN("done", ""),
                  "CPython 3.11.7 is through with the handle h1, the C loop ends n1 with a result."});
}

static void a_cancel_is_compared_by_how_it_works(void **state)
{
    static const char *const hows[][2] = {
        {"waiter", "cancels n1 by what it waits for"},
        {"flag", "cancels n1 by a note for its next step"},
        {"children", "cancels n1 by all that it waits for"},
        {"none", "cancels n1 in vain"},
    };
    char after[2][128], sentence[256];
    for (size_t k = 0; k < 4; k++) {
        size_t m = (k + 1) % 4;
        snprintf(after[0], sizeof after[0], "%%\"cancel\",\"task\":\"t1\",\"how\":\"%s\"}\n", hows[k][0]);
        snprintf(after[1], sizeof after[1], "%%\"cancel\",\"task\":\"t1\",\"how\":\"%s\"}\n", hows[m][0]);
        snprintf(sentence, sizeof sentence, "After event 14 CPython 3.11.7 %s, the C loop %s.", hows[k][1],
                 hows[m][1]);
        assert_told(after[0], after[1], LANG_EN, sentence);
    }
}

static void how_a_future_ends_is_compared(void **state)
{
    ASSERT_CASES({"%\"done\",\"future\":\"f2\",\"state\":\"done\"}\n",
                  "%\"done\",\"future\":\"f2\",\"state\":\"failed\"}\n",
                  "CPython 3.11.7 completes f2 (user) with a result, the C loop completes f2 (user) with an "
                  "exception."},
                 {"%\"done\",\"future\":\"t1\",\"state\":\"cancelled\"}\n",
                  "%\"done\",\"future\":\"t2\",\"state\":\"cancelled\"}\n",
                  "CPython 3.11.7 cancels n1, the C loop cancels Task-2 (two)."});
}

#define READY(by, what, more) \
    "%\"ready\",\"handle\":\"h3\",\"by\":\"" by "\",\"what\":\"" what "\"" more "}\n"

static void what_is_queued_is_compared(void **state)
{
    ASSERT_CASES(
        {READY("soon", "callback", ""), READY("soon", "call", ""),
         "CPython 3.11.7 queues the callback h3, the C loop queues the call h3."},
        {READY("timer", "call", ""), READY("io", "call", ""),
         "CPython 3.11.7 finds the timer h3 due, the C loop queues h3 for I/O."},
        {READY("thread", "call", ""), READY("soon", "step", ",\"task\":\"t1\",\"why\":\"yield\""),
         "CPython 3.11.7 gets h3 from another thread, the C loop queues n1 again, which gave up its turn."},
        {READY("soon", "step", ",\"task\":\"t1\",\"why\":\"start\""),
         READY("soon", "step", ",\"task\":\"t1\""),
         "CPython 3.11.7 queues the first step of n1, the C loop queues another step of n1."},
        {WAKE("h3", "t1", "f1"), WAKE("h4", "t1", "f1"), "CPython 3.11.7 wakes n1 as h3, the C loop as h4."});
}

static void what_runs_is_compared(void **state)
{
    ASSERT_CASES(
        {"%\"run\",\"handle\":\"h2\",\"task\":\"t2\"}\n", "%\"run\",\"handle\":\"h2\",\"skipped\":true}\n",
         "CPython 3.11.7 runs Task-2 (two), the C loop skips the cancelled handle h2."},
        {"%\"run\",\"handle\":\"h2\"}\n", "%\"run\",\"handle\":\"h3\"}\n",
         "CPython 3.11.7 runs the handle h2, the C loop runs the handle h3."},
        {"%\"batch\",\"n\":1}\n", "%\"batch\",\"n\":2}\n",
         "CPython 3.11.7 has 1 handles to run in this iteration, the C loop has 2 handles to run in this "
         "iteration."});
}

static void a_task_is_compared_by_name_coroutine_and_lines(void **state)
{
#define TASK(name, coroutine, line)                                              \
    "%\"task\",\"task\":\"t3\",\"name\":\"" name "\",\"coroutine\":\"" coroutine \
    "\",\"created\":[\"s1\"," line "]}\n"
    ASSERT_CASES({TASK("a", "f", "3"), TASK("b", "f", "3"),
                  "CPython 3.11.7 makes the task a of f, the C loop makes the task b of f."},
                 {TASK("a", "f", "3"), TASK("a", "g", "3"),
                  "CPython 3.11.7 makes the task a of f, the C loop makes the task a of g."},
                 {TASK("a", "f", "3"), TASK("a", "f", "5"),
                  "CPython 3.11.7 makes the task a of f at line 3, the C loop at line 5."});
}

static void source_lines_are_compared_where_a_reader_looks(void **state)
{
#define LINE(line) "%\"line\",\"source\":\"s1\",\"line\":" line ",\"function\":\"f\",\"task\":\"t1\"}\n"
    Pair *pair = pair_of(LINE("6") OUTPUT("a"), LINE("7") OUTPUT("a"));
    assert_int_equal(pair->aspect, DIFF_PLACE);
    pair_close(pair);
    assert_told(RAN("waiting", ",\"on\":\"f1\",\"chain\":[[\"f\",\"s1\",6],[\"sleep\",\"tasks.py\",9]]"),
                RAN("waiting", ",\"on\":\"f1\",\"chain\":[[\"f\",\"s1\",7]]"), LANG_EN,
                "After event 14 CPython 3.11.7 has n1 wait for f1 (sleep) at line 6, the C loop at line 7.");
    /* A line that nobody looks at is no difference, and neither are the library's own frames. */
    pair = pair_of(LINE("6") LINE("8") OUTPUT("a") END, LINE("8") OUTPUT("a") END);
    assert_int_equal(pair->aspect, DIFF_NONE);
    pair_close(pair);
    pair =
        pair_of(RAN("waiting", ",\"on\":\"f1\",\"chain\":[[\"f\",\"s1\",6],[\"sleep\",\"tasks.py\",9]]") END,
                RAN("waiting", ",\"on\":\"f1\",\"chain\":[[\"f\",\"s1\",6]]") END);
    assert_int_equal(pair->aspect, DIFF_NONE);
    pair_close(pair);
}

static void a_trace_without_lines_is_compared_without_them(void **state)
{
    Pair *pair = calloc(1, sizeof *pair);
    assert_non_null(pair);
    open_side(pair, 0, PYTHON, "", LINE("6") OUTPUT("a") END);
    open_side(pair, 1, C_LOOP, "", OUTPUT("a") END);
    assert_int_equal(diff_sides(&pair->sides[0], &pair->sides[1], true), DIFF_NONE);
    assert_int_equal(pair->sides[0].count, 2);
    pair_close(pair);
}

static void what_an_event_does_not_count_by_is_no_difference(void **state)
{
    Pair *pair = pair_of(
        "%\"source\",\"source\":\"s2\",\"name\":\"x.c\",\"text\":\"x\"}\n"
        "%\"callback_add\",\"future\":\"f1\",\"callback\":\"c7\",\"name\":\"asyncio.tasks:wakeup\"}\n"
        "%\"task\",\"task\":\"t3\",\"name\":\"Task-3\",\"coroutine\":\"BaseEventLoop.shutdown_asyncgens\"}\n"
        "%\"done\",\"future\":\"f1\",\"state\":\"done\",\"value\":\"<object at 0x1>\"}\n"
        "%\"output\",\"fd\":1,\"text\":\"at "
        "lesson.py:3\\n\"}\n%\"output\",\"fd\":2,\"text\":\"Traceback\"}\n" END,
        "%\"callback_add\",\"future\":\"f1\",\"callback\":\"c8\",\"name\":\"wakeup\"}\n"
        "%\"source\",\"source\":\"s1\",\"name\":\"my.py\",\"text\":\"x\"}\n"
        "%\"task\",\"task\":\"t3\",\"name\":\"Task-9\",\"coroutine\":\"BaseEventLoop.shutdown_asyncgens\"}\n"
        "%\"done\",\"future\":\"f1\",\"state\":\"done\",\"value\":\"<object at 0x2>\"}\n"
        "%\"output\",\"fd\":1,\"text\":\"at my.py:3\\n\"}\n" END);
    assert_int_equal(pair->aspect, DIFF_NONE);
    assert_int_equal(pair->sides[0].count, 13);
    pair_close(pair);
}

static void a_difference_at_the_very_start_has_no_event_before_it(void **state)
{
    char told[512];
    Pair *pair = calloc(1, sizeof *pair);
    assert_non_null(pair);
    open_side(pair, 0, PYTHON, "", OUTPUT("a"));
    open_side(pair, 1, C_LOOP, "", OUTPUT("b"));
    pair->aspect = diff_sides(&pair->sides[0], &pair->sides[1], true);
    diff_sentence(told, sizeof told, &pair->sides[0], &pair->sides[1], names, pair->aspect, LANG_EN);
    assert_string_equal(told,
                        "From the first event on CPython 3.11.7 prints \"a\", the C loop prints \"b\".");
    pair_close(pair);
}

static void where_their_numbers_differ_both_are_named(void **state)
{
    char told[512];
    Pair *pair = calloc(1, sizeof *pair);
    assert_non_null(pair);
    open_side(pair, 0, PYTHON, BEFORE, OUTPUT("a"));
    open_side(pair, 1, C_LOOP, "%\"mark\",\"name\":\"x\"}\n" BEFORE, OUTPUT("b"));
    pair->aspect = diff_sides(&pair->sides[0], &pair->sides[1], true);
    diff_sentence(told, sizeof told, &pair->sides[0], &pair->sides[1], names, pair->aspect, LANG_EN);
    assert_string_equal(told, "After event 14 (the C loop: event 15) CPython 3.11.7 prints \"a\", the C loop "
                              "prints \"b\".");
    pair_close(pair);
}

/* Where two points differ and their clauses do not, the reader must still see in what. */
static void every_difference_can_be_seen(void **state)
{
    static const char *const events[] = {
        "%\"iteration\",\"n\":2}\n",
        "%\"iteration\",\"n\":3}\n",
        "%\"select\",\"timeout\":5}\n",
        "%\"select\",\"timeout\":6}\n",
        "%\"select\",\"timeout\":null}\n",
        "%\"selected\",\"n\":1}\n",
        "%\"selected\",\"n\":2}\n",
        "%\"batch\",\"n\":3}\n",
        "%\"batch\",\"n\":4}\n",
        READY("io", "call", ""),
        READY("timer", "call", ""),
        READY("thread", "call", ""),
        READY("soon", "call", ""),
        READY("soon", "callback", ""),
        READY("soon", "step", ",\"task\":\"t1\""),
        READY("soon", "wakeup", ",\"task\":\"t1\""),
        WAKE("h4", "t1", "f1"),
        RAN("done", ""),
        RAN("ready", ""),
        RAN("failed", ""),
        RAN("cancelled", ""),
        RAN("waiting", ",\"on\":\"f1\""),
        RAN("waiting", ",\"on\":\"f2\""),
        "%\"ran\",\"handle\":\"h1\"}\n",
        "%\"ran\",\"handle\":\"h2\"}\n",
        OUTPUT("a"),
        OUTPUT("b"),
        END,
        "%\"end\",\"why\":\"stuck\"}\n",
        "%\"stuck\",\"tasks\":[[\"t1\",\"f1\"]]}\n",
        "",
        "%\"timer\",\"handle\":\"h3\",\"when\":1}\n",
        "%\"timer\",\"handle\":\"h3\",\"when\":2}\n",
    };
    enum { COUNT = sizeof events / sizeof *events };
    for (size_t a = 0; a < COUNT; a++) {
        for (size_t b = 0; b < COUNT; b++) {
            for (int language = 0; a != b && language < LANGUAGES; language++) {
                char told[1024], turned[1024];
                Pair *pair = pair_of(events[a], events[b]), *other = pair_of(events[b], events[a]);
                diff_sentence(told, sizeof told, &pair->sides[0], &pair->sides[1], names, pair->aspect,
                              language);
                diff_sentence(turned, sizeof turned, &other->sides[0], &other->sides[1], names, other->aspect,
                              language);
                assert_int_not_equal(pair->aspect, DIFF_NONE);
                assert_string_not_equal(told, turned);
                assert_null(strchr(told, '{'));
                assert_null(strstr(told, "diff."));
                pair_close(pair);
                pair_close(other);
            }
        }
    }
}

/* ------------------------------------------------------------------------------------------- traces ---- */

static DiffAspect compare_files(FILE *one, FILE *other, uint32_t *count)
{
    DiffSide *sides = calloc(2, sizeof *sides);
    assert_non_null(sides);
    assert_true(diff_open(&sides[0], one));
    assert_true(diff_open(&sides[1], other));
    DiffAspect aspect = diff_sides(&sides[0], &sides[1], true);
    assert_string_equal(sides[0].problem, "");
    assert_string_equal(sides[1].problem, "");
    *count = sides[0].count;
    diff_close(&sides[0]);
    diff_close(&sides[1]);
    free(sides);
    return aspect;
}

static void every_recording_equals_itself(const char *name, Bytes trace)
{
    uint32_t count = 0;
    assert_int_equal(compare_files(fopen(name, "r"), fopen(name, "r"), &count), DIFF_NONE);
    assert_true(count > 1);
}

static void a_recording_is_no_different_from_itself(void **state)
{
    for_each_trace(every_recording_equals_itself);
}

/* Each event that counts, left out of one side: seen at its very place. */
static void an_event_left_out_is_always_a_difference(void **state)
{
    Bytes trace = read_trace("02d_async_await");
    char *less = malloc(trace.length + 1);
    assert_non_null(less);
    size_t tried = 0;
    for (char *line = strchr(trace.text, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
        static const char *const counts[] = {"iteration", "select", "selected", "batch", "ready",  "run",
                                             "ran",       "timer",  "task",     "done",  "output", "end"};
        char kind[32] = "";
        const char *ev = strstr(line, "\"ev\":\"");
        sscanf(ev, "\"ev\":\"%31[a-z_]", kind);
        bool counted = false;
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
            counted = counted || strcmp(kind, counts[k]) == 0;
        if (!counted)
            continue;
        size_t before = (size_t)(line - trace.text), length = (size_t)(strchr(line, '\n') + 1 - line);
        memcpy(less, trace.text, before);
        memcpy(less + before, line + length, trace.length - before - length);
        uint32_t count = 0;
        FILE *one = fmemopen(trace.text, trace.length, "r");
        FILE *other = fmemopen(less, trace.length - length, "r");
        assert_int_not_equal(compare_files(one, other, &count), DIFF_NONE);
        tried++;
    }
    assert_true(tried > 90);
    free(less);
    free(trace.text);
}

static void a_line_that_is_no_event_is_named(void **state)
{
    Pair *pair = calloc(1, sizeof *pair);
    assert_non_null(pair);
    open_side(pair, 0, PYTHON, BEFORE, "nonsense\n");
    open_side(pair, 1, C_LOOP, BEFORE, END);
    assert_int_equal(diff_sides(&pair->sides[0], &pair->sides[1], true), DIFF_NONE);
    assert_non_null(strstr(pair->sides[0].problem, "line 16: column 1"));
    pair_close(pair);
}

static void what_is_no_trace_is_refused(void **state)
{
    static const char *const texts[][2] = {{"hello\n", "header"},
                                           {"{\"trace\":\"loopglass\",\"version\":9}\n", "version 9"}};
    for (size_t k = 0; k < 2; k++) {
        DiffSide *side = calloc(1, sizeof *side);
        char text[64];
        assert_non_null(side);
        strcpy(text, texts[k][0]);
        assert_false(diff_open(side, fmemopen(text, strlen(text), "r")));
        assert_non_null(strstr(side->problem, texts[k][1]));
        diff_close(side);
        free(side);
    }
}

/* A side forgets the texts that it only compares. */
static void a_long_trace_takes_little_memory(void **state)
{
    enum { EVENTS = 120000 };
    FILE *files[2];
    for (int k = 0; k < 2; k++) {
        files[k] = tmpfile();
        assert_non_null(files[k]);
        fputs(PYTHON, files[k]);
        for (int i = 1; i <= EVENTS; i++)
            fprintf(files[k], "{\"i\":%d,\"ts\":0,\"ev\":\"output\",\"fd\":1,\"text\":\"%0100d\\n\"}\n", i,
                    i);
        rewind(files[k]);
    }
    DiffSide *sides = calloc(2, sizeof *sides);
    assert_non_null(sides);
    assert_true(diff_open(&sides[0], files[0]));
    assert_true(diff_open(&sides[1], files[1]));
    assert_int_equal(diff_sides(&sides[0], &sides[1], true), DIFF_NONE);
    assert_int_equal(sides[0].count, EVENTS);
    assert_true(texts_bytes(sides[0].passing) < 5 << 20);
    assert_true(texts_bytes(sides[0].names) < 1 << 20);
    diff_close(&sides[0]);
    diff_close(&sides[1]);
    free(sides);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_wake_ups_is_named_by_who_comes_first),
        cmocka_unit_test(first_is_not_said_where_the_other_never_comes),
        cmocka_unit_test(the_order_of_other_things_is_named_too),
        cmocka_unit_test(an_iteration_more_is_counted),
        cmocka_unit_test(another_timeout_is_told_to_the_nanosecond),
        cmocka_unit_test(the_same_at_another_time_is_told_by_its_times),
        cmocka_unit_test(of_a_real_clock_no_times_are_compared),
        cmocka_unit_test(another_output_is_quoted),
        cmocka_unit_test(long_outputs_are_shown_where_they_part),
        cmocka_unit_test(a_missing_end_is_named),
        cmocka_unit_test(how_it_ends_is_compared),
        cmocka_unit_test(what_becomes_of_a_task_is_compared),
        cmocka_unit_test(a_cancel_is_compared_by_how_it_works),
        cmocka_unit_test(how_a_future_ends_is_compared),
        cmocka_unit_test(what_is_queued_is_compared),
        cmocka_unit_test(what_runs_is_compared),
        cmocka_unit_test(a_task_is_compared_by_name_coroutine_and_lines),
        cmocka_unit_test(source_lines_are_compared_where_a_reader_looks),
        cmocka_unit_test(a_trace_without_lines_is_compared_without_them),
        cmocka_unit_test(what_an_event_does_not_count_by_is_no_difference),
        cmocka_unit_test(a_difference_at_the_very_start_has_no_event_before_it),
        cmocka_unit_test(where_their_numbers_differ_both_are_named),
        cmocka_unit_test(every_difference_can_be_seen),
        cmocka_unit_test(a_recording_is_no_different_from_itself),
        cmocka_unit_test(an_event_left_out_is_always_a_difference),
        cmocka_unit_test(a_line_that_is_no_event_is_named),
        cmocka_unit_test(what_is_no_trace_is_refused),
        cmocka_unit_test(a_long_trace_takes_little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
