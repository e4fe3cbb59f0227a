/*
 * Causes: from a wake-up back to the timer, step by step.
 */
#include "traces.h"

static void chain_of(const char *trace_name, const uint32_t *events, size_t count)
{
    Bytes trace = read_trace(trace_name);
    History *history = history_of(trace.text, trace.length);
    for (size_t k = 0; k + 1 < count; k++)
        assert_int_equal(history_cause(history, events[k]), events[k + 1]);
    history_free(history);
    free(trace.text);
}

static void a_wake_up_leads_back_to_the_timer_that_began_it(void **state)
{
    /* func1 prints 2 ← its step ← queued ← f2 done ← h4 runs ← h4 due ← h4 pushed ← func1's first step ←
       queued ← created ← main's step ← queued ← main made by the program */
    static const uint32_t events[] = {69, 66, 56, 55, 54, 51, 37, 32, 19, 18, 16, 9, 8, 0};
    chain_of("02d_async_await", events, sizeof events / sizeof events[0]);
}

static void a_wait_ends_because_its_last_task_did(void **state)
{
    /* main goes on ← queued ← f1 done ← the completion callback runs ← queued ← t3 done ← t3's step */
    static const uint32_t events[] = {94, 88, 87, 86, 78, 77, 73};
    chain_of("02d_async_await", events, sizeof events / sizeof events[0]);
}

static void what_the_loop_does_by_itself_has_its_phase_as_cause(void **state)
{
    static const uint32_t selected[] = {50, 49, 48, 0};
    static const uint32_t batch[] = {53, 50};
    chain_of("02d_async_await", selected, sizeof selected / sizeof selected[0]);
    chain_of("02d_async_await", batch, sizeof batch / sizeof batch[0]);
}

static void what_the_program_does_before_the_loop_has_no_cause(void **state)
{
    static const uint32_t line[] = {2, 0};
    static const uint32_t beyond[] = {400, 0};
    chain_of("02d_async_await", line, 2);
    chain_of("02d_async_await", beyond, 2);
}

static void a_turn_given_up_is_the_cause_of_the_next_step(void **state)
{
    Bytes trace = make_trace(
        "%\"loop\",\"op\":\"new\"}\n%\"task\",\"task\":\"t1\"}\n"
        "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"
        "%\"iteration\",\"n\":1}\n%\"batch\",\"n\":1}\n%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
        "%\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"yield\"}\n"
        "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"ready\"}\n%\"run\",\"handle\":\"h2\","
        "\"task\":\"t1\"}\n");
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_cause(history, 9), 7);
    assert_int_equal(history_cause(history, 8), 6);
    assert_int_equal(history_cause(history, 7), 6);
    assert_int_equal(history_cause(history, 6), 3);
    assert_int_equal(history_cause(history, 3), 2);
    history_free(history);
    free(trace.text);
}

/* A callback that is added to what is done already was queued by who added it. */
static void a_late_callback_is_caused_by_who_adds_it(void **state)
{
    Bytes trace = make_trace(
        "%\"loop\",\"op\":\"new\"}\n%\"future\",\"future\":\"f1\"}\n%\"done\",\"future\":\"f1\",\"state\":"
        "\"done\"}\n"
        "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"call\"}\n%\"run\",\"handle\":\"h1\"}\n"
        "%\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"callback\",\"future\":\"f1\"}\n");
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_cause(history, 6), 5);
    history_free(history);
    free(trace.text);
}

static void by_hand_the_switch_is_the_cause(void **state)
{
    Bytes trace = make_trace("%\"coroutine\",\"coroutine\":\"k1\"}\n%\"switch\",\"from\":\"k0\",\"to\":"
                             "\"k1\"}\n%\"output\",\"text\":\"1\"}\n");
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_cause(history, 3), 2);
    assert_int_equal(history_cause(history, 2), 0);
    history_free(history);
    free(trace.text);
}

/* A handle that was cancelled is taken from the queue, but does nothing: what follows is not its doing. */
static void a_handle_that_is_skipped_causes_nothing(void **state)
{
    Bytes trace = make_trace(
        "%\"loop\",\"op\":\"new\"}\n%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"call\"}\n"
        "%\"loop\",\"op\":\"run\"}\n%\"iteration\",\"n\":1}\n%\"select\",\"timeout\":0}\n"
        "%\"selected\",\"n\":0}\n%\"batch\",\"n\":1}\n"
        "%\"run\",\"handle\":\"h1\",\"skipped\":true}\n" /* 8 */
        "%\"iteration\",\"n\":2}\n%\"select\",\"timeout\":0}\n%\"loop\",\"op\":\"return\"}\n");
    History *history = history_of(trace.text, trace.length);
    assert_int_equal(history_cause(history, 9), 0);
    assert_int_equal(history_cause(history, 10), 9);
    assert_int_equal(history_cause(history, 11), 0);
    assert_int_equal(history_cause(history, 8), 2);
    history_free(history);
    free(trace.text);
}

/* Causes lie before their effects, whatever the trace. */
static void causes_go_back(const char *name, Bytes trace)
{
    History *history = history_of(trace.text, trace.length);
    for (uint32_t i = 1; i <= history_count(history); i++)
        assert_true(history_cause(history, i) < i);
    history_free(history);
}

static void a_cause_lies_before_its_effect(void **state)
{
    for_each_trace(causes_go_back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wake_up_leads_back_to_the_timer_that_began_it),
        cmocka_unit_test(a_wait_ends_because_its_last_task_did),
        cmocka_unit_test(what_the_loop_does_by_itself_has_its_phase_as_cause),
        cmocka_unit_test(what_the_program_does_before_the_loop_has_no_cause),
        cmocka_unit_test(a_turn_given_up_is_the_cause_of_the_next_step),
        cmocka_unit_test(a_late_callback_is_caused_by_who_adds_it),
        cmocka_unit_test(by_hand_the_switch_is_the_cause),
        cmocka_unit_test(a_handle_that_is_skipped_causes_nothing),
        cmocka_unit_test(a_cause_lies_before_its_effect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
