/*
 * Reading a line: what each kind takes from it, and the scanner held against cJSON.
 */
#include "traces.h"

#include "read.h"

static Texts *texts;
static Chains *chains;
static Reader *fast, *slow;

static int set_up(void **state)
{
    texts = texts_new();
    chains = chains_new();
    fast = reader_new(texts, chains);
    slow = reader_new(texts, chains);
    return texts == NULL || chains == NULL || fast == NULL || slow == NULL;
}

static int tear_down(void **state)
{
    reader_free(fast);
    reader_free(slow);
    chains_free(chains);
    texts_free(texts);
    return 0;
}

static Event must_read(const char *line)
{
    Event event;
    assert_int_equal(reader_line(fast, line, strlen(line), &event), READ_EVENT);
    return event;
}

static const char *must_fail(const char *line)
{
    Event event;
    assert_int_equal(reader_line(fast, line, strlen(line), &event), READ_BAD);
    return reader_problem(fast);
}

/* Whatever the line is, both ways lead to the same. */
static void compare(const char *line, size_t length)
{
    Event a, b;
    ReadResult by_scan = reader_line(fast, line, length, &a);
    ReadResult by_cjson = reader_line_by_cjson(slow, line, length, &b);
    if (by_scan != by_cjson || (by_scan == READ_EVENT && !same_event(&a, &b)))
        fail_msg("scanner and cJSON differ on: %.*s", (int)length, line);
}

static void compare_lines(const char *name, Bytes trace)
{
    size_t scanned = 0, lines = 0;
    for (char *line = strchr(trace.text, '\n') + 1, *end; (end = strchr(line, '\n')) != NULL;
         line = end + 1) {
        compare(line, (size_t)(end - line));
        scanned += reader_scans(fast, line, (size_t)(end - line));
        lines++;
    }
    assert_int_equal(scanned, lines);
}

static void the_scanner_reads_every_line_of_the_recordings_as_cjson_does(void **state)
{
    for_each_trace(compare_lines);
}

static int has_long_number(const char *line, size_t length)
{
    size_t digits = 0;
    for (size_t k = 0; k < length && digits < 16; k++)
        digits = line[k] >= '0' && line[k] <= '9' ? digits + 1 : 0;
    return digits >= 16;
}

static void mutate_lines(const char *name, Bytes trace)
{
    static const char spice[] = "\"\\{}[],:0123456789-+.eEtfn u\x01\xff\xe5 \t";
    uint64_t seed = trace.length;
    char *copy = malloc(trace.length * 2 + 16);
    assert_non_null(copy);
    for (char *line = strchr(trace.text, '\n') + 1, *end; (end = strchr(line, '\n')) != NULL;
         line = end + 1) {
        for (int round = 0; round < 60; round++) {
            size_t length = (size_t)(end - line);
            memcpy(copy, line, length);
            for (uint32_t changes = 1 + random_next(&seed) % 3; changes > 0 && length > 1; changes--) {
                size_t at = random_next(&seed) % length;
                char with = spice[random_next(&seed) % (sizeof spice - 1)];
                uint32_t deed = random_next(&seed) % 3;
                if (deed == 0) {
                    copy[at] = with;
                } else if (deed == 1) {
                    memmove(copy + at, copy + at + 1, --length - at);
                } else {
                    memmove(copy + at + 1, copy + at, length++ - at);
                    copy[at] = with;
                }
            }
            /* cJSON's numbers are doubles: past 2^53 only the scanner is exact. */
            if (!has_long_number(copy, length))
                compare(copy, length);
        }
    }
    free(copy);
}

static void the_scanner_never_takes_what_cjson_would_read_otherwise(void **state)
{
    for_each_trace(mutate_lines);
}

static void lines_of_other_writers_give_the_same_event(void **state)
{
    Event ours =
        must_read("{\"i\":4,\"ts\":20,\"ev\":\"ready\",\"handle\":\"h6\",\"by\":\"soon\",\"what\":\"wakeup\","
                  "\"task\":\"t2\",\"future\":\"f1\"}");
    static const char theirs[] =
        " { \"future\" : \"f1\", \"ev\":\"re\\u0061dy\",\"x\":{\"y\":[{}]},\"handle\":\"h6\",\n"
        "\"ts\":2e1,\"i\":4.0, \"by\":\"soon\",\"what\":\"wakeup\",\"task\":\"t2\" } \r";
    assert_false(reader_scans(fast, theirs, strlen(theirs)));
    Event event = must_read(theirs);
    assert_true(same_event(&ours, &event));
    assert_int_equal(event.kind, EV_READY);
    assert_int_equal(event.word, WORD_WAKEUP);
    assert_int_equal(event.by, WORD_SOON);
    assert_int_equal(event.task, ID('t', 2));
}

static void escapes_become_characters(void **state)
{
    Event event = must_read(
        "{\"i\":1,\"ts\":0,\"ev\":\"output\",\"fd\":1,\"text\":\"\\u5f00\\ud83d\\ude00\\t\\\"\\\\\\/\\n\"}");
    assert_string_equal(event.text, "开😀\t\"\\/\n");
}

static void a_nul_in_a_text_does_not_cut_it(void **state)
{
    Event event = must_read("{\"i\":1,\"ts\":0,\"ev\":\"output\",\"fd\":1,\"text\":\"a\\u0000b\\\\u0000\"}");
    assert_string_equal(event.text, "a\xef\xbf\xbd"
                                    "b\\u0000");
}

static void bytes_that_are_no_utf8_become_the_replacement_character(void **state)
{
    Event event = must_read("{\"i\":1,\"ts\":0,\"ev\":\"output\",\"fd\":1,\"text\":\"a\xff\xe5\xbc\"}");
    assert_string_equal(event.text, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

static void the_largest_numbers_are_read_exactly(void **state)
{
    assert_int_equal(must_read("{\"i\":1,\"ts\":123456789012345678,\"ev\":\"mark\"}").ts, 123456789012345678);
    assert_int_equal(must_read("{\"i\":1,\"ts\":0,\"ev\":\"timer\",\"handle\":\"h1\",\"when\":-5}").n, -5);
    must_fail("{\"i\":1,\"ts\":1e999,\"ev\":\"mark\"}");
    must_fail("{\"i\":4294967296,\"ts\":0,\"ev\":\"mark\"}");
    must_fail("{\"i\":0,\"ts\":0,\"ev\":\"mark\"}");
    must_fail("{\"i\":1,\"ts\":0.5,\"ev\":\"mark\"}");
}

static void ids_end_at_2_to_the_24(void **state)
{
    assert_int_equal(must_read("{\"i\":1,\"ts\":0,\"ev\":\"run\",\"handle\":\"h16777215\"}").handle,
                     ID('h', 16777215));
    assert_string_equal(must_fail("{\"i\":1,\"ts\":0,\"ev\":\"run\",\"handle\":\"h16777216\"}"),
                        "handle: id h16777216 is above 16777215");
    must_fail("{\"i\":1,\"ts\":0,\"ev\":\"run\",\"handle\":\"h99999999999999999999\"}");
    assert_string_equal(must_fail("{\"i\":1,\"ts\":0,\"ev\":\"run\",\"handle\":\"t1\"}"),
                        "handle is no id like \"h1\"");
    static const char *const none[] = {"h", "h0", "h01", "h-1", "h1x", "H1", ""};
    for (size_t k = 0; k < sizeof none / sizeof none[0]; k++) {
        char line[80];
        snprintf(line, sizeof line, "{\"i\":1,\"ts\":0,\"ev\":\"run\",\"handle\":\"%s\"}", none[k]);
        must_fail(line);
    }
    assert_int_equal(
        must_read("{\"i\":1,\"ts\":0,\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"}").coroutine, ID_MAIN);
}

static void what_is_missing_is_named(void **state)
{
    assert_string_equal(must_fail("{\"i\":1,\"ts\":0,\"ev\":\"ready\",\"task\":\"t1\"}"),
                        "ready without handle");
    assert_string_equal(must_fail("{\"i\":1,\"ts\":0,\"ev\":\"timer\",\"handle\":\"h1\"}"),
                        "timer without when");
    assert_string_equal(must_fail("{\"i\":1,\"ts\":0}"), "no \"ev\": not an event");
    assert_string_equal(must_fail("[1]"), "not an object");
    assert_string_equal(must_fail("{\"i\":1,}"), "column 8: not JSON");
}

static void nesting_without_end_is_no_event_and_no_crash(void **state)
{
    size_t depth = 100000;
    char *line = malloc(depth + 64);
    assert_non_null(line);
    size_t length = (size_t)sprintf(line, "{\"i\":1,\"ts\":0,\"ev\":\"mark\",\"name\":");
    memset(line + length, '[', depth);
    Event event;
    assert_int_equal(reader_line(fast, line, length + depth, &event), READ_BAD);
    free(line);
}

static void an_unknown_kind_and_unknown_words_are_kept(void **state)
{
    Event event = must_read("{\"i\":1,\"ts\":0,\"ev\":\"comet\",\"handle\":7}");
    assert_int_equal(event.kind, EV_OTHER);
    assert_string_equal(event.text, "comet");
    event = must_read("{\"i\":1,\"ts\":0,\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"magic\",\"why\":"
                      "\"whim\",\"what\":\"new\"}");
    assert_int_equal(event.by, WORD_OTHER);
    assert_int_equal(event.why, WORD_OTHER);
    assert_int_equal(event.word, WORD_OTHER);
}

static void a_chain_names_functions_files_and_lines(void **state)
{
    Event event = must_read("{\"i\":1,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":"
                            "\"waiting\",\"on\":\"f1\","
                            "\"chain\":[[\"main\",\"s1\",12],[\"sleep\",\"asyncio/tasks.py\",649]]}");
    assert_int_equal(event.chain_count, 2);
    assert_string_equal(event.chain[0].function, "main");
    assert_int_equal(event.chain[0].source, ID('s', 1));
    assert_int_equal(event.chain[0].line, 12);
    assert_int_equal(event.chain[1].source, ID_NONE);
    assert_string_equal(event.chain[1].file, "asyncio/tasks.py");
    must_fail("{\"i\":1,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h1\",\"chain\":[[\"main\",\"s1\"]]}");
}

static void kids_and_stuck_tasks_are_lists_of_ids(void **state)
{
    Event event = must_read(
        "{\"i\":1,\"ts\":0,\"ev\":\"future\",\"future\":\"f1\",\"of\":\"wait\",\"kids\":[\"t2\",\"f3\"]}");
    assert_int_equal(event.id_count, 2);
    assert_int_equal(event.ids[1], ID('f', 3));
    event = must_read("{\"i\":1,\"ts\":0,\"ev\":\"stuck\",\"tasks\":[[\"t1\",\"f1\"],[\"t2\",null]]}");
    assert_int_equal(event.id_count, 4);
    assert_int_equal(event.ids[2], ID('t', 2));
    assert_int_equal(event.ids[3], ID_NONE);
}

static void a_wait_for_a_lock_tells_for_which(void **state)
{
    static const char line[] =
        "{\"i\":1,\"ts\":0,\"ev\":\"future\",\"future\":\"f1\",\"of\":\"Lock.acquire\",\"lock\":\"l3\"}";
    assert_int_equal(must_read(line).on, ID('l', 3));
    compare(line, strlen(line));
}

static void a_wait_tells_which_of_its_futures_it_needs(void **state)
{
    static const struct {
        const char *field;
        Until until;
    } waits[] = {
        {"", UNTIL_ALL},
        {",\"return_when\":\"ALL_COMPLETED\"", UNTIL_ALL},
        {",\"return_when\":\"FIRST_COMPLETED\"", UNTIL_FIRST},
        {",\"return_when\":\"FIRST_EXCEPTION\"", UNTIL_EXCEPTION},
        {",\"return_when\":\"FIRST_COMPLETE\"", UNTIL_OTHER},
        {",\"return_when\":\"FIRST_COMPLETED \"", UNTIL_OTHER},
        {",\"return_when\":1", UNTIL_OTHER},
        {",\"return_when\":[\"FIRST_COMPLETED\"]", UNTIL_OTHER},
        {",\"return_when\":null", UNTIL_OTHER},
    };
    for (size_t k = 0; k < sizeof waits / sizeof *waits; k++) {
        char line[160];
        snprintf(line, sizeof line,
                 "{\"i\":1,\"ts\":0,\"ev\":\"future\",\"future\":\"f1\",\"of\":\"wait\"%s}", waits[k].field);
        assert_int_equal(must_read(line).n, waits[k].until);
        compare(line, strlen(line));
    }
}

static void what_a_c_program_writes_besides_is_read(void **state)
{
    Event event =
        must_read("{\"i\":1,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":4,\"also\":[\"s2\",14],"
                  "\"function\":\"func1\",\"coroutine\":\"k1\"}");
    assert_int_equal(event.c_line, 14);
    assert_int_equal(event.coroutine, ID('k', 1));
    event = must_read("{\"i\":1,\"ts\":0,\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"func\",\"never_"
                      "awaited\":true}");
    assert_int_equal(event.word, WORD_NEVER_AWAITED);
    event = must_read(
        "{\"i\":1,\"ts\":0,\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k0\",\"value\":\"3\",\"done\":true}");
    assert_int_equal(event.word, WORD_DONE);
    assert_int_equal(event.on, ID_MAIN);
    event = must_read("{\"i\":1,\"ts\":0,\"ev\":\"run\",\"handle\":\"h1\",\"skipped\":true}");
    assert_int_equal(event.word, WORD_SKIPPED);
    event = must_read("{\"i\":1,\"ts\":0,\"ev\":\"task\",\"task\":\"t1\",\"object\":\"k3\",\"defined\":["
                      "\"s1\",9],\"created\":[\"s1\",23]}");
    assert_int_equal(event.coroutine, ID('k', 3));
    assert_int_equal(event.defined, 9);
    assert_int_equal(event.line, 23);
    event = must_read("{\"i\":1,\"ts\":0,\"ev\":\"select\",\"timeout\":null}");
    assert_int_equal(event.n, -1);
}

/* Every time and number of an event can be taken from every other without an overflow. */
static void a_number_beyond_the_limit_is_refused_by_name_on_both_ways(void **state)
{
    static const char *const lines[][2] = {
        {"{\"i\":1,\"ts\":%s,\"ev\":\"mark\"}", "ts"},
        {"{\"i\":1,\"ts\":0,\"ev\":\"timer\",\"handle\":\"h1\",\"when\":%s}", "when"},
        {"{\"i\":1,\"ts\":0,\"ev\":\"iteration\",\"n\":%s}", "n"},
        {"{\"i\":1,\"ts\":0,\"ev\":\"select\",\"timeout\":%s}", "timeout"},
        {"{\"i\":1,\"ts\":0,\"ev\":\"blocked\",\"duration\":%s}", "duration"},
    };
    static const char *const beyond[] = {"4700000000000000000", "-4700000000000000000", "9223372036854775807",
                                         "-9223372036854775808", "1e40"};
    static const char *const within[] = {"4600000000000000000", "-4600000000000000000"};
    char line[160], problem[80];
    Event event;
    for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
        snprintf(problem, sizeof problem, "%s is beyond 4.6e18", lines[k][1]);
        for (size_t j = 0; j < sizeof beyond / sizeof beyond[0]; j++) {
            snprintf(line, sizeof line, lines[k][0], beyond[j]);
            assert_non_null(strstr(must_fail(line), problem));
            assert_int_equal(reader_line_by_cjson(slow, line, strlen(line), &event), READ_BAD);
            assert_string_equal(reader_problem(slow), reader_problem(fast));
        }
        for (size_t j = 0; j < sizeof within / sizeof within[0]; j++) {
            snprintf(line, sizeof line, lines[k][0], within[j]);
            must_read(line);
            compare(line, strlen(line));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scanner_reads_every_line_of_the_recordings_as_cjson_does),
        cmocka_unit_test(the_scanner_never_takes_what_cjson_would_read_otherwise),
        cmocka_unit_test(lines_of_other_writers_give_the_same_event),
        cmocka_unit_test(escapes_become_characters),
        cmocka_unit_test(a_nul_in_a_text_does_not_cut_it),
        cmocka_unit_test(bytes_that_are_no_utf8_become_the_replacement_character),
        cmocka_unit_test(the_largest_numbers_are_read_exactly),
        cmocka_unit_test(ids_end_at_2_to_the_24),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(nesting_without_end_is_no_event_and_no_crash),
        cmocka_unit_test(an_unknown_kind_and_unknown_words_are_kept),
        cmocka_unit_test(a_chain_names_functions_files_and_lines),
        cmocka_unit_test(kids_and_stuck_tasks_are_lists_of_ids),
        cmocka_unit_test(a_wait_for_a_lock_tells_for_which),
        cmocka_unit_test(a_wait_tells_which_of_its_futures_it_needs),
        cmocka_unit_test(what_a_c_program_writes_besides_is_read),
        cmocka_unit_test(a_number_beyond_the_limit_is_refused_by_name_on_both_ways),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
