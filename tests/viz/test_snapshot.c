/*
 * What the recorder saw is held against the state that the events give.
 */
#include "traces.h"

static char told[2048];
static unsigned violations;

static void remember(void *context, uint32_t line, const char *rule, const char *message)
{
    snprintf(told + strlen(told), sizeof told - strlen(told), "%u %s: %s\n", line, rule, message);
    violations++;
}

static void check_bytes(const char *text, size_t length)
{
    told[0] = '\0';
    violations = 0;
    uint32_t count = history_check(text, length, remember, NULL);
    assert_int_equal(count, violations);
}

/* t1 runs and waits for f1, which a timer completes; t2 is queued. */
#define EVENTS                                                                                               \
    "%\"loop\",\"op\":\"new\"}\n"                                                                            \
    "%\"task\",\"task\":\"t1\",\"name\":\"a\",\"coroutine\":\"a\"}\n"                                        \
    "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"    \
    "%\"task\",\"task\":\"t2\",\"name\":\"b\",\"coroutine\":\"b\"}\n"                                        \
    "%\"iteration\",\"n\":1}\n%\"select\",\"timeout\":0}\n%\"selected\",\"n\":0}\n%\"batch\",\"n\":1}\n"     \
    "%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"                                                          \
    "%\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t2\",\"why\":\"start\"}\n"    \
    "%\"ready\",\"handle\":\"h3\",\"by\":\"soon\",\"what\":\"call\"}\n"                                      \
    "%\"future\",\"future\":\"f1\",\"of\":\"sleep\"}\n"                                                      \
    "%\"timer\",\"handle\":\"h4\",\"when\":7,\"future\":\"f1\"}\n%\"timer\",\"handle\":\"h5\",\"when\":7}\n" \
    "%\"timer\",\"handle\":\"h6\",\"when\":6}\n"                                                             \
    "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"}\n"
#define END "%\"end\",\"why\":\"killed\"}\n"
#define SNAPSHOT(ready, timers, tasks) \
    "%\"snapshot\",\"ready\":[" ready "],\"timers\":[" timers "],\"tasks\":{" tasks "}}\n"
#define READY  "\"h2\",\"h3\""
#define TIMERS "\"h6\",\"h4\",\"h5\""
#define TASKS  "\"t1\":\"f1\",\"t2\":null"

static void assert_seen(const char *snapshot, const char *violation)
{
    char lines[4096];
    snprintf(lines, sizeof lines, "%s%s%s", EVENTS, snapshot, END);
    Bytes trace = make_trace(lines);
    check_bytes(trace.text, trace.length);
    assert_string_equal(told, violation);
    free(trace.text);
}

static void a_snapshot_that_is_the_state_is_no_violation(void **state)
{
    assert_seen(SNAPSHOT(READY, TIMERS, TASKS), "");
}

static void the_ready_queue_is_compared_from_its_head(void **state)
{
    assert_seen(SNAPSHOT("\"h3\",\"h2\"", TIMERS, TASKS),
                "18 snapshot: the recorder saw h3, h2 in the ready queue, the events give h2, h3\n");
    assert_seen(
        SNAPSHOT("\"h2\"", TIMERS, TASKS),
        "18 snapshot: the recorder saw nothing in the ready queue behind what is the same, the events give "
        "h3\n");
    assert_seen(
        SNAPSHOT(READY ",\"h9\"", TIMERS, TASKS),
        "18 snapshot: the recorder saw h9 in the ready queue behind what is the same, the events give "
        "nothing\n");
}

static void timers_are_compared_in_the_order_in_which_they_are_due(void **state)
{
    assert_seen(SNAPSHOT(READY, "\"h4\",\"h6\",\"h5\"", TASKS),
                "18 snapshot: the recorder saw h4, h6, h5 in the timers, the events give h6, h4, h5\n");
    assert_seen(SNAPSHOT(READY, "\"h6\",\"h5\",\"h4\"", TASKS),
                "18 snapshot: the recorder saw h5, h4 in the timers behind what is the same, the events give "
                "h4, h5\n");
}

static void ties_of_a_real_clock_have_no_order(void **state)
{
    Bytes trace = make_trace(EVENTS SNAPSHOT(READY, "\"h6\",\"h5\",\"h4\"", TASKS) END);
    char *real = NULL;
    assert_true(asprintf(&real, "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"monotonic\"}\n%s",
                         strstr(trace.text, "{\"i\":1,")) > 0);
    check_bytes(real, strlen(real));
    assert_string_equal(told, "");
    free(real);
    free(trace.text);
}

static void every_task_and_what_it_waits_on_is_compared(void **state)
{
    assert_seen(SNAPSHOT(READY, TIMERS, "\"t1\":null,\"t2\":null"),
                "18 snapshot: the recorder saw t1 waiting on nothing, the events give f1\n");
    assert_seen(SNAPSHOT(READY, TIMERS, "\"t1\":\"f1\",\"t2\":\"f1\""),
                "18 snapshot: the recorder saw t2 waiting on f1, the events give nothing\n");
    assert_seen(SNAPSHOT(READY, TIMERS, "\"t1\":\"f1\""),
                "18 snapshot: by the events t2 is pending, the recorder did not see it\n");
    assert_seen(SNAPSHOT(READY, TIMERS, TASKS ",\"t7\":null"),
                "18 snapshot: the recorder saw t7 pending, by the events it is not there\n");
}

static void a_long_queue_is_told_in_part(void **state)
{
    char ready[1024] = "", lines[8192];
    for (int k = 0; k < 40; k++)
        sprintf(ready + strlen(ready), "%s\"h%d\"", k > 0 ? "," : "", 100 + k);
    snprintf(lines, sizeof lines, "%s%%\"snapshot\",\"ready\":[%s],\"timers\":[%s],\"tasks\":{%s}}\n%s",
             EVENTS, ready, TIMERS, TASKS, END);
    Bytes trace = make_trace(lines);
    check_bytes(trace.text, trace.length);
    assert_string_equal(
        told, "18 snapshot: the recorder saw h100, h101, h102, h103, h104, h105, h106, h107, ... in the "
              "ready queue, the events give h2, h3\n");
    free(trace.text);
}

static void a_snapshot_of_another_shape_does_no_harm(void **state)
{
    static const char *const odd[] = {
        "%\"snapshot\"}\n",
        "%\"snapshot\",\"ready\":7,\"timers\":{},\"tasks\":[]}\n",
        "%\"snapshot\",\"ready\":[7,null,\"\",\"h\",\"h99999999999\"],\"timers\":[[]],\"tasks\":{\"\":1,"
        "\"x\":[]}}\n",
    };
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++) {
        char lines[4096];
        snprintf(lines, sizeof lines, "%s%s%s", EVENTS, odd[k], END);
        Bytes trace = make_trace(lines);
        check_bytes(trace.text, trace.length);
        assert_true(violations > 0);
        free(trace.text);
    }
}

/* Loop 2 runs within a step of loop 1. */
static void each_loop_has_a_state_of_its_own(void **state)
{
#define STEP(handle, task)                                                                    \
    "%\"ready\",\"handle\":\"" handle "\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"" task \
    "\",\"why\":\"start\""
#define ROUND(loop)                                                                                         \
    "%\"iteration\",\"n\":1" loop "}\n%\"select\",\"timeout\":0" loop "}\n%\"selected\",\"n\":0" loop "}\n" \
    "%\"batch\",\"n\":1" loop "}\n"
#define SECOND ",\"loop\":2"
    Bytes trace = make_trace(
        "%\"loop\",\"op\":\"new\"}\n%\"task\",\"task\":\"t1\"}\n" STEP("h1", "t1") "}\n" ROUND(
            "") "%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n%\"task\",\"task\":"
                "\"t2\"}\n" STEP("h2", "t2") "}\n"
                                             "%\"loop\",\"op\":\"new\"" SECOND
                                             "}\n%\"task\",\"task\":\"t3\"" SECOND "}\n" STEP("h3", "t3")
                                                 SECOND
        "}\n"
        "%\"snapshot\",\"ready\":[\"h3\"],\"timers\":[],\"tasks\":{\"t3\":null}" SECOND "}\n"
        "%\"snapshot\",\"ready\":[\"h2\"],\"timers\":[],\"tasks\":{\"t1\":null,\"t2\":null}}\n" ROUND(
            SECOND) "%\"run\",\"handle\":\"h3\",\"task\":\"t3\"" SECOND
                    "}\n%\"done\",\"future\":\"t3\",\"state\":\"done\"}\n"
                    "%\"ran\",\"handle\":\"h3\",\"task\":\"t3\",\"state\":\"done\"" SECOND "}\n"
                    "%\"snapshot\",\"ready\":[],\"timers\":[],\"tasks\":{}" SECOND "}\n"
                    "%\"loop\",\"op\":\"close\"" SECOND "}\n"
                    "%\"done\",\"future\":\"t1\",\"state\":\"done\"}\n%\"ran\",\"handle\":\"h1\",\"task\":"
                    "\"t1\",\"state\":\"done\"}\n"
                    "%\"snapshot\",\"ready\":[\"h2\"],\"timers\":[],\"tasks\":{\"t2\":null}}\n" END);
    check_bytes(trace.text, trace.length);
    assert_string_equal(told, "");
    History *history = history_of(trace.text, trace.length);
    assert_true(history_has_loops(history));
    State now = {0}, then = {0};
    /* Whichever way one comes there: the same state. */
    for (uint32_t i = history_count(history); i > 0; i--) {
        assert_true(state_at(&now, history, i));
        state_clear(&then);
        assert_true(state_at(&then, history, i));
        char *one = state_text(history, &now), *other = state_text(history, &then);
        assert_string_equal(one, other);
        assert_int_equal(now.loop, then.loop);
        assert_int_equal(now.loop, history_loop(history, i));
        free(one);
        free(other);
    }
    state_clear(&now);
    state_clear(&then);
    history_free(history);
    free(trace.text);
}

/* CPython 3.12: the first step is taken within create_task. */
static void an_eager_task_waits_as_soon_as_it_registers(void **state)
{
    Bytes trace =
        make_trace(EVENTS "%\"run\",\"handle\":\"h2\",\"task\":\"t2\"}\n"
                          "%\"task\",\"task\":\"t3\",\"name\":\"c\",\"coroutine\":\"c\"}\n"
                          "%\"future\",\"future\":\"f2\",\"of\":\"user\"}\n"
                          "%\"callback_add\",\"future\":\"f2\",\"callback\":\"c1\",\"task\":\"t3\"}\n"
                          "%\"snapshot\",\"ready\":[\"h3\"],\"timers\":[" TIMERS
                          "],\"tasks\":{\"t1\":\"f1\",\"t2\":null,\"t3\":\"f2\"}}\n"
                          "%\"done\",\"future\":\"f2\",\"state\":\"done\"}\n"
                          "%\"ready\",\"handle\":\"h7\",\"by\":\"soon\",\"what\":\"wakeup\",\"task\":\"t3\","
                          "\"future\":\"f2\"}\n"
                          "%\"snapshot\",\"ready\":[\"h3\",\"h7\"],\"timers\":[" TIMERS
                          "],\"tasks\":{\"t1\":\"f1\",\"t2\":null,\"t3\":null}}\n" END);
    check_bytes(trace.text, trace.length);
    assert_null(strstr(told, "snapshot"));
    assert_null(strstr(told, "cause"));
    free(trace.text);
}

static void an_eager_task_may_give_up_its_turn(void **state)
{
    Bytes trace =
        make_trace(EVENTS "%\"run\",\"handle\":\"h2\",\"task\":\"t2\"}\n"
                          "%\"task\",\"task\":\"t3\",\"name\":\"c\",\"coroutine\":\"c\"}\n"
                          "%\"ready\",\"handle\":\"h7\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t3\","
                          "\"why\":\"yield\"}\n"
                          "%\"snapshot\",\"ready\":[\"h3\",\"h7\"],\"timers\":[" TIMERS
                          "],\"tasks\":{\"t1\":\"f1\",\"t2\":null,\"t3\":null}}\n" END);
    check_bytes(trace.text, trace.length);
    assert_null(strstr(told, "snapshot"));
    assert_null(strstr(told, "cause"));
    free(trace.text);
}

/* A line that a thread of the executor runs is not the running task's. */
static void a_line_of_another_thread_moves_nobody(void **state)
{
    Bytes trace =
        make_trace("%\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"text\":\"\"}\n" EVENTS
                   "%\"run\",\"handle\":\"h2\",\"task\":\"t2\"}\n"
                   "%\"line\",\"source\":\"s1\",\"line\":5,\"function\":\"b\",\"task\":\"t2\"}\n"
                   "%\"line\",\"source\":\"s1\",\"line\":9,\"function\":\"c\",\"thread\":\"asyncio_0\"}\n");
    History *history = history_of(trace.text, trace.length);
    State now = {0};
    assert_true(state_at(&now, history, history_count(history)));
    assert_int_equal(now.line, 5);
    assert_int_equal(state_task(&now, ID('t', 2))->line, 5);
    state_clear(&now);
    history_free(history);
    free(trace.text);
}

static void nobody_steps_to_a_snapshot(void **state)
{
    Bytes with = make_trace(EVENTS SNAPSHOT(READY, TIMERS, TASKS) SNAPSHOT("", "", "") END);
    Bytes without = make_trace(EVENTS END);
    History *history = history_of(with.text, with.length), *other = history_of(without.text, without.length);
    assert_null(history_problem(history));
    assert_int_equal(history_count(history), history_count(other));
    for (uint32_t i = 1; i <= history_count(history); i++)
        assert_int_equal(history_kind(history, i), history_kind(other, i));
    history_free(history);
    history_free(other);
    free(with.text);
    free(without.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_snapshot_that_is_the_state_is_no_violation),
        cmocka_unit_test(the_ready_queue_is_compared_from_its_head),
        cmocka_unit_test(timers_are_compared_in_the_order_in_which_they_are_due),
        cmocka_unit_test(ties_of_a_real_clock_have_no_order),
        cmocka_unit_test(every_task_and_what_it_waits_on_is_compared),
        cmocka_unit_test(a_long_queue_is_told_in_part),
        cmocka_unit_test(a_snapshot_of_another_shape_does_no_harm),
        cmocka_unit_test(each_loop_has_a_state_of_its_own),
        cmocka_unit_test(an_eager_task_waits_as_soon_as_it_registers),
        cmocka_unit_test(an_eager_task_may_give_up_its_turn),
        cmocka_unit_test(a_line_of_another_thread_moves_nobody),
        cmocka_unit_test(nobody_steps_to_a_snapshot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
