/*
 * Connections, in beats and in words: what the other side has done is told where the trace knows it, and what
 * asyncio does by itself before a program hears of a connection is one beat.
 */
#include "told.h"

#include "vocabulary.h"

#define CALL(handle, by, callback)                                                    \
    "\"ev\":\"ready\",\"handle\":\"" handle "\",\"by\":\"" by "\",\"what\":\"call\"," \
    "\"callback\":\"" callback "\"\n"
#define RUN(handle)     "\"ev\":\"run\",\"handle\":\"" handle "\"\n"
#define RAN(handle)     "\"ev\":\"ran\",\"handle\":\"" handle "\"\n"
#define LINE            "\"ev\":\"line\",\"source\":\"s1\",\"line\":1,\"function\":\"f\"\n"
#define SELECT(timeout) "\"ev\":\"iteration\",\"n\":1\n\"ev\":\"select\",\"timeout\":" timeout "\n"
#define BATCH(n)        "\"ev\":\"selected\",\"n\":0\n\"ev\":\"batch\",\"n\":" n "\n"
#define STEP(handle, task)                                                          \
    "\"ev\":\"ready\",\"handle\":\"" handle "\",\"by\":\"soon\",\"what\":\"step\"," \
    "\"task\":\"" task "\",\"why\":\"start\"\n"

/** The stops behind the first batch, as text: "9 15 20". */
static const char *stops_of(const char *events)
{
    static char text[1024];
    Told told = told_from(events);
    size_t used = 0;
    bool runs = false;
    text[0] = '\0';
    for (size_t k = 0; k < beats_count(told.beats); k++) {
        uint32_t stop = beats_stop(told.beats, k);
        if (runs)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%u", used > 0 ? " " : "", stop);
        runs = runs || history_kind(told.history, stop) == EV_BATCH;
    }
    told_free(&told);
    return text;
}

/* --------------------------------------------------------------------------------------- setting up ---- */

#define NEW  "\"ev\":\"loop\",\"op\":\"new\"\n"
#define MADE CALL("h1", "soon", "StreamReaderProtocol.connection_made")
#define ADD  CALL("h2", "soon", "_SelectorTransport._add_reader")

static void what_only_sets_connections_up_is_one_beat(void **state)
{
    assert_string_equal(stops_of(NEW MADE ADD SELECT("0") BATCH("2") RUN("h1") RAN("h1") RUN("h2") RAN("h2")
                                     SELECT("0") BATCH("0")),
                        "11 15");
}

static void what_came_of_it_is_told(void **state)
{
    Told told = told_from(NEW MADE ADD SELECT("0") BATCH("2") RUN(
        "h1") "\"ev\":\"task\",\"task\":\"t1\",\"name\":\"Task-1\",\"coroutine\":\"echo\"\n" STEP("h3", "t1")
                              RAN("h1") RUN("h2") RAN("h2") SELECT("0"));
    assert_string_equal(told_stop(&told, 13, LANG_EN),
                        "All 2 of this iteration are asyncio's own work to set connections up: not a line of "
                        "the program runs. For the one that is ready the loop makes the task **echo**.");
    told_free(&told);
}

static void beside_anything_else_each_of_them_is_a_beat(void **state)
{
    assert_string_equal(stops_of(NEW MADE ADD CALL("h3", "soon", "f") SELECT("0") BATCH("3") RUN("h1")
                                     RAN("h1") RUN("h2") RAN("h2") RUN("h3") RAN("h3")),
                        "10 12 14");
    assert_string_equal(stops_of(NEW CALL("h3", "soon", "f") MADE ADD SELECT("0") BATCH("3") RUN("h3")
                                     RAN("h3") RUN("h1") RAN("h1") RUN("h2") RAN("h2")),
                        "10 12 14");
}

static void from_where_the_program_is_told_of_it_each_of_them_is_a_beat(void **state)
{
    assert_string_equal(stops_of(NEW ADD MADE CALL("h3", "soon", "_SelectorTransport._add_reader") SELECT("0")
                                     BATCH("3") RUN("h2") RAN("h2") RUN("h1") LINE RAN("h1") RUN("h3")
                                         RAN("h3") SELECT("0") BATCH("0")),
                        "10 13 15 19");
}

static void a_step_of_a_task_of_the_loop_s_own_is_one_beat(void **state)
{
    static const char task[] = "BaseSelectorEventLoop._accept_connection2";
    char events[2048];
    for (int own = 0; own < 2; own++) {
        snprintf(events, sizeof events,
                 NEW "\"ev\":\"task\",\"task\":\"t1\",\"name\":\"Task-1\",\"coroutine\":\"%s\"\n" STEP(
                     "h1", "t1") CALL("h9", "soon", "f") SELECT("0")
                     BATCH("2") "\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"\n" MADE ADD
                                "\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"done\"\n" RUN(
                                    "h9") RAN("h9"),
                 own ? task : "serve");
        assert_string_equal(stops_of(events), own ? "12 14" : "10 11 12 14");
    }
}

/* ------------------------------------------------------------------------------------------ reading ---- */

#define MAIN                                                                                   \
    "\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\",\"text\":"  \
    "\"async def main():\\n    await reader.read()\\n    await reader.readline()\\n    await " \
    "reader.read(9)\\n\"\n" NEW                                                                \
    "\"ev\":\"task\",\"task\":\"t1\",\"name\":\"Task-1\",\"coroutine\":\"main\"\n" STEP("h1", "t1")
/* Task-1 runs, comes to a line, and waits there for data. */
#define WAITS(handle, future, line, method)                                                           \
    "\"ev\":\"run\",\"handle\":\"" handle "\",\"task\":\"t1\"\n"                                      \
    "\"ev\":\"line\",\"source\":\"s1\",\"line\":" line ",\"function\":\"main\",\"task\":\"t1\"\n"     \
    "\"ev\":\"future\",\"future\":\"" future "\",\"of\":\"StreamReader._wait_for_data\"\n"            \
    "\"ev\":\"callback_add\",\"future\":\"" future "\",\"callback\":\"c1\",\"task\":\"t1\"\n"         \
    "\"ev\":\"ran\",\"handle\":\"" handle "\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"" future \
    "\",\"chain\":[[\"main\",\"s1\"," line "],[\"" method "\",\"asyncio/streams.py\",1]]\n"
/* The loop reads, which wakes it. */
#define READS(future, more)                                                             \
    CALL("h2", "io", "_SelectorSocketTransport._read_ready")                            \
    BATCH("1")                                                                          \
    RUN("h2")                                                                           \
    "\"ev\":\"done\",\"future\":\"" future "\",\"state\":\"done\",\"value\":\"None\"\n" \
    "\"ev\":\"ready\",\"handle\":\"h3\",\"by\":\"soon\",\"what\":\"wakeup\","           \
    "\"task\":\"t1\",\"future\":\"" future "\"\n" more RAN("h2")
#define GOES_ON SELECT("0") BATCH("1") "\"ev\":\"run\",\"handle\":\"h3\",\"task\":\"t1\"\n"
#define ENDS                                                                               \
    "\"ev\":\"line\",\"source\":\"s1\",\"line\":3,\"function\":\"main\",\"task\":\"t1\"\n" \
    "\"ev\":\"done\",\"future\":\"t1\",\"state\":\"done\",\"value\":\"None\"\n"            \
    "\"ev\":\"ran\",\"handle\":\"h3\",\"task\":\"t1\",\"state\":\"done\",\"value\":\"None\"\n"
#define STOPS_ITSELF "\"ev\":\"handle_cancel\",\"handle\":\"h2\"\n"

/** The k-th event of a kind. */
static uint32_t event_of(const Told *told, EventKind kind, int k)
{
    for (uint32_t i = 1; i <= history_count(told->history); i++)
        if (history_kind(told->history, i) == kind && --k == 0)
            return i;
    fail_msg("no such event");
    return 0;
}

static void assert_begins(const char *text, const char *with)
{
    if (strncmp(text, with, strlen(with)) != 0)
        fail_msg("\"%s\" does not begin with \"%s\"", text, with);
}

/* What is said of the read, of the card in the queue, and of the task that goes on. */
static void assert_read(const char *events, const char *read, const char *card, const char *goes_on)
{
    Told told = told_from(events);
    char label[128];
    uint32_t ran = event_of(&told, EV_RAN, 2);
    assert_begins(told_stop(&told, ran, LANG_EN), read);
    assert_int_equal(told.state.ready_count, 1);
    ready_label(told.history, &told.state, &told.state.ready[0], LANG_EN, label, sizeof label);
    assert_string_equal(label, card);
    assert_begins(
        told_stop(&told, beats_after(told.beats, told.history, event_of(&told, EV_BATCH, 3)), LANG_EN),
        goes_on);
    told_free(&told);
}

#define READLINE MAIN SELECT("0") BATCH("1") WAITS("h1", "f1", "3", "StreamReader.readline") SELECT("null")

static void a_read_that_stops_looking_has_met_the_end(void **state)
{
    assert_read(READLINE READS("f1", "") GOES_ON ENDS, "Data has come: the loop reads it.",
                "data is there → goes on", "Data has come, and **main** goes on.");
    assert_read(
        READLINE READS("f1", STOPS_ITSELF) GOES_ON ENDS,
        "The other side has closed its end and sends no more: the loop stops watching this connection.",
        "end of data → goes on", "The other side has closed its end and sends no more: **main** goes on.");
}

static void who_waits_for_data_again_may_only_have_been_given_too_much(void **state)
{
    assert_read(READLINE READS("f1", STOPS_ITSELF) GOES_ON
                "\"ev\":\"future\",\"future\":\"f2\",\"of\":\"StreamReader._wait_for_data\"\n"
                "\"ev\":\"callback_add\",\"future\":\"f2\",\"callback\":\"c2\",\"task\":\"t1\"\n"
                "\"ev\":\"ran\",\"handle\":\"h3\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f2\"\n",
                "Data has come, or the other side has closed: the loop reads.", "data is there → goes on",
                "Data has come, and **main** goes on.");
}

static void read_without_a_number_waits_for_the_end(void **state)
{
    static const struct {
        const char *events, *says, *waits;
    } cases[] = {
        {MAIN SELECT("0") BATCH("1") WAITS("h1", "f1", "2", "StreamReader.read"),
         "`read()` reads until the other side closes: **main** suspends until it does.", "waiting.for_end"},
        {MAIN SELECT("0") BATCH("1") WAITS("h1", "f1", "4", "StreamReader.read"),
         "No data has come yet: **main** suspends until its connection has some.", "waiting.data"},
        {MAIN SELECT("0") BATCH("1") WAITS("h1", "f1", "2", "StreamReader.readline"),
         "No data has come yet: **main** suspends until its connection has some.", "waiting.data"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        Told told = told_from(cases[k].events);
        uint32_t ran = event_of(&told, EV_RAN, 1);
        assert_begins(told_stop(&told, ran, LANG_EN), cases[k].says);
        const TaskState *task = &told.state.tasks[0];
        assert_string_equal(awaited_words(told.history, &told.state, task->on, task->ran)->waits,
                            cases[k].waits);
        told_free(&told);
    }
}

static void who_watches_sockets_sleeps_no_longer_than_the_timer(void **state)
{
#define TIMER "\"ev\":\"timer\",\"handle\":\"h8\",\"when\":2000000000,\"callback\":\"f\"\n"
    Told told = told_from(NEW TIMER SELECT("2000000000"));
    assert_begins(told_stop(&told, history_count(told.history), LANG_EN),
                  "Nobody is ready, so the loop sleeps in `select` for 2 s, until");
    assert_null(strstr(told.text, "socket"));
    told_free(&told);
    told = told_from(MAIN TIMER SELECT("0") BATCH("1") WAITS("h1", "f1", "3", "StreamReader.readline")
                         SELECT("2000000000"));
    assert_begins(told_stop(&told, history_count(told.history), LANG_EN),
                  "Nobody is ready, so the loop sleeps in `select` for at most 2 s, until");
    assert_non_null(strstr(told.text, "A socket may wake it earlier."));
    assert_begins(told_stop(&told, history_count(told.history), LANG_ZH),
                  "没有谁就绪，循环在 `select` 里最多睡 2 秒");
    told_free(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_only_sets_connections_up_is_one_beat),
        cmocka_unit_test(what_came_of_it_is_told),
        cmocka_unit_test(beside_anything_else_each_of_them_is_a_beat),
        cmocka_unit_test(from_where_the_program_is_told_of_it_each_of_them_is_a_beat),
        cmocka_unit_test(a_step_of_a_task_of_the_loop_s_own_is_one_beat),
        cmocka_unit_test(a_read_that_stops_looking_has_met_the_end),
        cmocka_unit_test(who_waits_for_data_again_may_only_have_been_given_too_much),
        cmocka_unit_test(read_without_a_number_waits_for_the_end),
        cmocka_unit_test(who_watches_sockets_sleeps_no_longer_than_the_timer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
