/*
 * test_trace.c — the trace's lines: header, escaping, places, marks, and what a closed trace leaves alone.
 */
#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "trace_format.h"

static Trace *trace;

static int with_trace(void **state)
{
    fresh(state);
    trace = trace_open_memory(&(TraceOptions){.clock = CLOCK_VIRTUAL});
    return trace ? 0 : -1;
}

static int without_trace(void **state)
{
    return trace_close(trace_current(), "exit", 0);
}

#define assert_line(text)                                              \
    do {                                                               \
        if (!strstr(trace_text(trace, NULL), (text)))                  \
            fail_msg("no %s in\n%s", (text), trace_text(trace, NULL)); \
    } while (0)

static void the_header_is_the_first_line(void **state)
{
    assert_string_equal(
        trace_text(trace, NULL),
        "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\","
        "\"semantics\":\"cpython-3.11.7\",\"order\":\"canonical\",\"producer\":{\"name\":\"libloop\","
        "\"version\":\"" LOOP_VERSION "\",\"language\":\"c\"},\"program\":{},"
        "\"has\":[\"lines\",\"callbacks\"]}\n");
    assert_int_equal(trace_events(trace), 0);
}

static void the_header_names_program_producer_and_clock(void **state)
{
    trace_close(trace, "exit", 0);
    trace = trace_open_memory(
        &(TraceOptions){.program = "{\"lesson\":\"x\"}", .producer = "looprun", .clock = CLOCK_REAL});
    assert_line("\"clock\":\"monotonic\"");
    assert_line("\"producer\":{\"name\":\"looprun\"");
    assert_line("\"program\":{\"lesson\":\"x\"}");
}

static void only_one_trace_is_open_in_a_thread(void **state)
{
    assert_null(trace_open_memory(NULL));
    assert_int_equal(errno, EBUSY);
    assert_ptr_equal(trace_current(), trace);
}

static void strings_are_escaped(void **state)
{
    trace_note("quote \" backslash \\ newline \n tab \t bell \a delete \x7f");
    assert_line("\"text\":\"quote \\\" backslash \\\\ newline \\n tab \\t bell \\u0007 delete \x7f\"}");
    trace_output(1, "a\0b", 3);
    assert_line("\"text\":\"a\\u0000b\"}");
    trace_output(1, "\b\f\r", 3);
    assert_line("\"text\":\"\\b\\f\\r\"}");
}

static void utf_8_passes_and_anything_else_is_replaced(void **state)
{
    trace_note("返回值 é 😀");
    assert_line("\"text\":\"返回值 é 😀\"}");
    trace_note("lone \x80 cut \xe8\xbf");
    assert_line("\"text\":\"lone \xef\xbf\xbd cut \xef\xbf\xbd\xef\xbf\xbd\"}");
    trace_note("overlong \xc0\xaf surrogate \xed\xa0\x80 beyond \xf4\x90\x80\x80");
    assert_line("overlong \xef\xbf\xbd\xef\xbf\xbd surrogate \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd beyond ");
}

static void integers_are_written_in_full(void **state)
{
    static const int64_t numbers[] = {0,     9,        10,        99,         100, 999,       1000,
                                      12345, 99999999, 100000000, 1000000009, -1,  INT64_MAX, INT64_MIN};
    static const char *const texts[] = {"0",
                                        "9",
                                        "10",
                                        "99",
                                        "100",
                                        "999",
                                        "1000",
                                        "12345",
                                        "99999999",
                                        "100000000",
                                        "1000000009",
                                        "-1",
                                        "9223372036854775807",
                                        "-9223372036854775808"};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        Line line = {0};
        assert_true(line_open(&line));
        Cursor cursor = put_integer((Cursor){line.text, &line}, numbers[k]);
        assert_int_equal(cursor.at - line.text, strlen(texts[k]));
        assert_memory_equal(line.text, texts[k], strlen(texts[k]));
        line_free(&line);
    }
}

static void a_header_that_finds_no_memory_is_no_trace(void **state)
{
    static char program[8 * LINE_ROOM];
    memset(program, '1', sizeof program - 1);
    trace_close(trace, "exit", 0);
    long failing = 0;
    for (trace = NULL; !trace; failing++) { /* the trace, its line, more of its line, the text */
        memory_fail_after(failing);
        errno = 0;
        trace = trace_open_memory(&(TraceOptions){.program = program});
        memory_fail_after(-1);
        assert_true(trace || errno == ENOMEM);
    }
    assert_true(failing > 3);
    assert_line(program);
}

static void a_very_long_text_is_one_line(void **state)
{
    static char text[300 * 1000];
    memset(text, 'x', sizeof text - 1);
    trace_note(text);
    assert_line(text);
    assert_null(trace_error(trace));
}

static void a_line_carries_both_sources(void **state)
{
    assert_int_equal(trace_source(trace, "lesson.py", "python", "print(1)\n"), 1);
    assert_line("{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"lesson.py\",\"language\":"
                "\"python\","
                "\"text\":\"print(1)\\n\"}\n");
    trace_line(10, 1);
    assert_line(
        "{\"i\":2,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":1,\"function\":\"<module>\"}\n");
    assert_int_equal(trace_source(trace, "lesson.c", "c", ""), 2);
    trace_line(10, 1);
    assert_line("\"source\":\"s1\",\"line\":1,\"also\":[\"s2\",10],\"function\":\"<module>\"}\n");
}

static void without_a_source_no_line_is_written(void **state)
{
    trace_line(10, 1);
    assert_int_equal(trace_events(trace), 0);
}

static int plain(int number)
{
    trace_line(3, 3);
    return number;
}

static void a_call_is_a_frame_of_its_own(void **state)
{
    trace_source(trace, "x.py", "python", "");
    trace_line(7, 7);
    CALL(plain(plain(1)));
    trace_line(8, 8);
    assert_line("\"ev\":\"enter\",\"function\":\"plain\",\"source\":\"s1\",\"line\":7}");
    assert_line("\"line\":3,\"function\":\"plain\"}");
    assert_line("\"ev\":\"leave\",\"function\":\"plain\",\"source\":\"s1\",\"line\":7}");
    assert_line("\"line\":8,\"function\":\"<module>\"}");
    trace_leave(); /* one too many does no harm */
}

static void a_blocking_call_says_where_it_stands(void **state)
{
    trace_source(trace, "x.py", "python", "");
    trace_line(4, 4);
    blocking_sleep(loop_seconds(1));
    trace_line(5, 5);
    assert_line("{\"i\":3,\"ts\":0,\"ev\":\"blocked\",\"duration\":1000000000,\"by\":[\"s1\",4]}\n"
                "{\"i\":4,\"ts\":1000000000,\"ev\":\"line\"");
}

static void marks_and_notes_are_written(void **state)
{
    trace_mark("half");
    trace_note("a remark");
    assert_line("\"ev\":\"mark\",\"name\":\"half\"}");
    assert_line("\"ev\":\"note\",\"text\":\"a remark\"}");
}

static void a_progress_is_written_in_full(void **state)
{
    trace_progress("sun \"1\"", 5000, INT64_MAX);
    assert_line(
        "\"ev\":\"progress\",\"name\":\"sun \\\"1\\\"\",\"done\":5000,\"total\":9223372036854775807}\n");
}

static void a_picture_is_written_in_base64_whatever_its_length(void **state)
{
    static const char *const texts[] = {"", "AA==", "AP8=", "AP9+", "AP9+eg=="};
    for (size_t size = 0; size < sizeof texts / sizeof *texts; size++) {
        char line[80];
        snprintf(line, sizeof line, "\"ev\":\"picture\",\"name\":\"n%zu\",\"data\":\"%s\"}\n", size,
                 texts[size]);
        char name[] = {'n', (char)('0' + size), '\0'};
        trace_picture(name, "\0\xff~z", size);
        assert_line(line);
    }
    trace_picture("none", NULL, 3);
    assert_line("\"name\":\"none\",\"data\":\"\"}\n");
}

static Value in_place(Value unused)
{
    LINE(2);
    return await_sleep(0);
}

static void a_task_says_where_it_was_defined_and_made(void **state)
{
    trace_source(trace, "x.py", "python", "");
    trace_define(trace, "in_place", 1);
    trace_line(9, 9);
    loop_run(coroutine(in_place, NONE));
    assert_line(
        "\"coroutine\":\"in_place\",\"object\":\"k1\",\"defined\":[\"s1\",1],\"created\":[\"s1\",9]}");
    assert_line("\"chain\":[[\"in_place\",\"s1\",2],[\"sleep\",\"loop/sleep.c\",");
}

static void callback(void *unused)
{
    LINE(6);
    loop_stop(loop_running());
}

static void the_lines_of_a_callback_name_it(void **state)
{
    trace_source(trace, "x.py", "python", "");
    Loop *loop = loop_new(NULL);
    loop_call_soon(loop, callback, NULL);
    loop_run_forever(loop);
    loop_free(loop);
    assert_line("\"by\":\"soon\",\"what\":\"call\",\"callback\":\"callback\"}");
    assert_line("\"line\":6,\"function\":\"callback\"}");
}

static void a_second_loop_is_named(void **state)
{
    Loop *first = loop_new(NULL);
    Loop *second = loop_new(NULL);
    loop_call_soon(second, callback, NULL);
    loop_run_forever(second);
    loop_free(first);
    loop_free(second);
    assert_line("\"ev\":\"loop\",\"op\":\"new\"}");
    assert_line("\"ev\":\"loop\",\"op\":\"new\",\"loop\":2}");
    assert_line("\"ev\":\"iteration\",\"n\":1,\"loop\":2}");
}

static void a_skipped_handle_is_marked_and_has_no_end(void **state)
{
    Loop *loop = loop_new(NULL);
    handle_cancel(loop_call_soon(loop, callback, NULL));
    loop_stop(loop);
    loop_run_forever(loop);
    loop_free(loop);
    assert_line("\"ev\":\"handle_cancel\",\"handle\":\"h1\"}");
    assert_line("\"ev\":\"run\",\"handle\":\"h1\",\"skipped\":true}");
    assert_null(strstr(trace_text(trace, NULL), "\"ev\":\"ran\""));
}

static void a_trace_may_close_before_its_loop(void **state)
{
    Loop *loop = loop_new(NULL);
    loop_call_soon(loop, callback, NULL);
    assert_int_equal(trace_close(trace, "exit", 0), 0);
    assert_null(trace_current());
    loop_run_forever(loop);
    loop_free(loop);
}

static Value changes_traces(Value unused)
{
    trace_close(trace, "exit", 0);
    trace = trace_open_memory(&(TraceOptions){.clock = CLOCK_VIRTUAL});
    trace_source(trace, "lesson.py", "python", "one\n");
    LINE(1);
    return await_sleep(0);
}

static void a_task_of_an_earlier_trace_is_not_named_in_the_next(void **state)
{
    loop_run(coroutine(changes_traces, NONE));
    assert_line(
        "\"ev\":\"line\",\"source\":\"s1\",\"line\":1,\"function\":\"changes_traces\",\"coroutine\":\"k1\"}");
    assert_null(strstr(trace_text(trace, NULL), "\"t1\""));
}

static void coroutines_made_before_the_trace_are_introduced(void **state)
{
    trace_close(trace, "exit", 0);
    Coroutine *early = coroutine(in_place, NONE);
    trace = trace_open_memory(&(TraceOptions){.clock = CLOCK_VIRTUAL});
    loop_run(early);
    assert_line("\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"in_place\"}");
    assert_line("\"object\":\"k1\"");
}

static void without_a_trace_all_of_it_is_nothing(void **state)
{
    trace_close(trace, "exit", 0);
    trace_line(1, 1);
    trace_enter("x()");
    trace_leave();
    trace_mark("x");
    trace_note("x");
    trace_progress("x", 1, 2);
    trace_picture("x", "x", 1);
    trace_output(1, "x", 1);
    assert_int_equal(trace_close(NULL, "exit", 0), 0);
    assert_int_equal(trace_source(NULL, "lesson.py", "python", ""), 0);
}

int main(void)
{
#define traced_rule(name) cmocka_unit_test_setup_teardown(name, with_trace, without_trace)
    const struct CMUnitTest tests[] = {
        traced_rule(the_header_is_the_first_line),
        traced_rule(the_header_names_program_producer_and_clock),
        traced_rule(only_one_trace_is_open_in_a_thread),
        traced_rule(strings_are_escaped),
        traced_rule(utf_8_passes_and_anything_else_is_replaced),
        traced_rule(integers_are_written_in_full),
        traced_rule(a_header_that_finds_no_memory_is_no_trace),
        traced_rule(a_very_long_text_is_one_line),
        traced_rule(a_line_carries_both_sources),
        traced_rule(without_a_source_no_line_is_written),
        traced_rule(a_call_is_a_frame_of_its_own),
        traced_rule(a_blocking_call_says_where_it_stands),
        traced_rule(marks_and_notes_are_written),
        traced_rule(a_progress_is_written_in_full),
        traced_rule(a_picture_is_written_in_base64_whatever_its_length),
        traced_rule(a_task_says_where_it_was_defined_and_made),
        traced_rule(the_lines_of_a_callback_name_it),
        traced_rule(a_second_loop_is_named),
        traced_rule(a_skipped_handle_is_marked_and_has_no_end),
        traced_rule(a_trace_may_close_before_its_loop),
        traced_rule(a_task_of_an_earlier_trace_is_not_named_in_the_next),
        traced_rule(coroutines_made_before_the_trace_are_introduced),
        traced_rule(without_a_trace_all_of_it_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
