/*
 * test_waiting.c — the waiting panel: who is waited for, how many are missing, and until when.
 */
#include "viz/scene_shown.h"
#include "viz/traces.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static size_t add(char *events, size_t length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    length += (size_t)vsnprintf(events + length, 16384 - length, format, arguments);
    va_end(arguments);
    return length;
}

/** main (t1) waits for t2 … tN, of which the first `over` end; t2 … suspend at f9 before. With a time limit
 * of 5 s or without. */
static void start_waiting(Shown *shown, unsigned others, unsigned over, bool limit)
{
    char events[16384] =
        "%\"loop\",\"op\":\"new\"}\n%\"task\",\"task\":\"t1\",\"name\":\"main\",\"coroutine\":\"m\"}\n"
        "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"
        "%\"loop\",\"op\":\"run\"}\n%\"iteration\",\"n\":1}\n%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
        "%\"future\",\"future\":\"f9\",\"of\":\"user\"}\n";
    size_t length = strlen(events);
    for (unsigned t = 2; t < 2 + others; t++)
        length =
            add(events, length, "%%\"task\",\"task\":\"t%u\",\"name\":\"worker %c\",\"coroutine\":\"f\"}\n",
                t, 'a' + (int)t - 2);
    length = add(events, length, "%%\"future\",\"future\":\"f1\",\"of\":\"wait\",\"kids\":[");
    for (unsigned t = 2; t < 2 + others; t++)
        length = add(events, length, "%s\"t%u\"", t > 2 ? "," : "", t);
    length = add(events, length, "]}\n");
    if (limit)
        length =
            add(events, length,
                "%%\"timer\",\"handle\":\"h2\",\"when\":5000000000,\"future\":\"f1\",\"callback\":\"c\"}\n");
    length = add(events, length,
                 "%%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"}\n");
    for (unsigned t = 2; t < 2 + others; t++) {
        length = add(events, length, "%%\"run\",\"handle\":\"h%u\",\"task\":\"t%u\"}\n", t + 1, t);
        if (t < 2 + over)
            length = add(events, length,
                         "%%\"done\",\"future\":\"t%u\",\"state\":\"done\",\"value\":\"None\"}\n"
                         "%%\"ran\",\"handle\":\"h%u\",\"task\":\"t%u\",\"state\":\"done\"}\n",
                         t, t + 1, t);
        else
            length =
                add(events, length,
                    "%%\"ran\",\"handle\":\"h%u\",\"task\":\"t%u\",\"state\":\"waiting\",\"on\":\"f9\"}\n",
                    t + 1, t);
    }
    Bytes trace = make_trace(events);
    *shown = (Shown){.opened = open_bytes(trace.text, trace.length), .list = {.measure = fake_measure()}};
    free(trace.text);
    shown->view = view_of(1280, 720, LANG_EN);
    shown->view.i = history_count(shown->opened.history);
    show(shown);
}

/** Is the row of a task whole in sight? @return its y, else -1 */
static int row_y(const Shown *shown, Id task)
{
    Rect part = shown->scene.layout.waiting;
    for (size_t k = 0; k < shown->list.count; k++) {
        const Draw *item = &shown->list.items[k];
        if (item->op == DRAW_GROUP && item->key == GROUP_TASK(task) && rect_has(part, item->r.x, item->r.y) &&
            rect_has(part, item->r.x, item->r.y + item->r.h - 1))
            return item->r.y;
    }
    return -1;
}

/** Where the chip of this task is in the row of main; -1: nowhere */
static int chip_x(const Shown *shown, Id task)
{
    int y = row_y(shown, ID('t', 1)), left = shown->scene.layout.waiting.x + 100;
    for (size_t k = 0; k < shown->list.hot_count; k++) {
        const Hot *hot = &shown->list.hots[k];
        if (hot->action == DO_SELECT && hot->argument == (int64_t)task && hot->r.x > left && y >= 0 &&
            hot->r.y >= y && hot->r.y < y + 40)
            return hot->r.x;
    }
    return -1;
}

static bool has_chip(const Shown *shown, Id task)
{
    return chip_x(shown, task) >= 0;
}

/* How long it takes comes before who: those have rows of their own. */
static void the_time_of_a_wait_is_never_cut_for_the_names_of_those_it_waits_for(void **state)
{
    Shown shown;
    start_waiting(&shown, 8, 0, true);
    shown.view.i = 18; /* main alone waits */
    static const char *const left[] = {[LANG_ZH] = "还有 5.000 s", [LANG_EN] = "5.000 s left"};
    static const char *const missing[] = {[LANG_ZH] = "还差 8", [LANG_EN] = "8 to go"};
    for (int language = 0; language < LANGUAGES; language++)
        for (shown.view.width = 1024; shown.view.width < 2000; shown.view.width += 4) {
            shown.view.language = (Language)language;
            shown.view.height = shown.view.width * 9 / 16;
            show(&shown);
            assert_true(row_y(&shown, ID('t', 1)) >= 0);
            assert_true(says_in(&shown, shown.scene.layout.waiting, left[language]));
            assert_true(says_in(&shown, shown.scene.layout.waiting, missing[language]));
        }
    stop(&shown);
}

static void of_many_those_that_are_not_over_are_in_sight(void **state)
{
    Shown shown;
    start_waiting(&shown, 12, 10, false);
    assert_true(has_chip(&shown, ID('t', 12)));
    assert_true(has_chip(&shown, ID('t', 13)));
    assert_false(has_chip(&shown, ID('t', 11)));
    assert_true(says_in(&shown, shown.scene.layout.waiting, "2 to go"));
    stop(&shown);
}

static void where_all_have_room_they_stand_in_the_order_in_which_they_were_given(void **state)
{
    Shown shown;
    start_waiting(&shown, 3, 1, false);
    for (unsigned t = 2; t < 4; t++)
        assert_true(has_chip(&shown, ID('t', t)) &&
                    chip_x(&shown, ID('t', t)) < chip_x(&shown, ID('t', t + 1)));
    stop(&shown);
}

/* The event that says how a task ends comes before the end of its last step. */
static void what_is_missing_is_counted_as_the_chips_show_it(void **state)
{
    Shown shown;
    start_waiting(&shown, 2, 2, false);
    uint32_t end = shown.view.i;
    assert_true(says_in(&shown, shown.scene.layout.waiting, "all have ended"));
    shown.view.i = end - 1; /* done, but still Running */
    show(&shown);
    assert_int_equal(shown.state.running, ID('t', 3));
    assert_true(says_in(&shown, shown.scene.layout.waiting, "1 to go"));
    stop(&shown);
}

static void main_stands_still_above_those_that_scroll(void **state)
{
    Shown shown;
    start_waiting(&shown, 12, 0, false);
    int y = row_y(&shown, ID('t', 1));
    assert_true(y >= 0);
    assert_true(row_y(&shown, ID('t', 13)) > y);
    assert_int_equal(row_y(&shown, ID('t', 2)), -1);
    shown.view.scroll[PANEL_WAITING] = -10000;
    show(&shown);
    assert_int_equal(row_y(&shown, ID('t', 1)), y);
    assert_true(row_y(&shown, ID('t', 2)) > y);
    assert_int_equal(row_y(&shown, ID('t', 13)), -1);
    stop(&shown);
}

/* A sleep is set for 2 s and a limit for 1 s; then a call blocks until 1.5 s. */
static const char blocked[] =
    "{\"i\":1,\"ts\":0,\"ev\":\"loop\",\"op\":\"new\"}\n"
    "{\"i\":2,\"ts\":0,\"ev\":\"task\",\"task\":\"t1\",\"name\":\"main\",\"coroutine\":\"main\"}\n"
    "{\"i\":3,\"ts\":0,\"ev\":\"timer\",\"handle\":\"h2\",\"when\":1000000000,\"callback\":\"ring\"}\n"
    "{\"i\":4,\"ts\":0,\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
    "{\"i\":5,\"ts\":0,\"ev\":\"future\",\"future\":\"f1\",\"of\":\"sleep\"}\n"
    "{\"i\":6,\"ts\":0,\"ev\":\"timer\",\"handle\":\"h3\",\"when\":2000000000,\"future\":\"f1\",\"callback\":"
    "\"c\"}\n"
    "{\"i\":7,\"ts\":1500000000,\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\","
    "\"on\":\"f1\"}\n"
    "{\"i\":8,\"ts\":2000000000,\"ev\":\"selected\",\"n\":0}\n";

static void a_timer_says_when_it_is_due_and_when_its_time_is_over(void **state)
{
    Shown shown;
    start_with(&shown, "", blocked);
    Rect waiting = shown.scene.layout.waiting;
    shown.view.i = 7;
    show(&shown);
    assert_true(says_in(&shown, waiting, "at 1.000 s"));
    assert_true(says_in(&shown, waiting, "0.500 s overdue"));
    assert_true(says_in(&shown, waiting, "at 2.000 s"));
    assert_true(says_in(&shown, waiting, "0.500 s left"));
    shown.view.i = 8;
    show(&shown);
    assert_true(says_in(&shown, waiting, "due now"));
    assert_true(says_in(&shown, waiting, "1.000 s overdue"));
    shown.view.i = 7;
    shown.view.language = LANG_ZH;
    show(&shown);
    assert_true(says_in(&shown, waiting, "到 1.000 s"));
    assert_true(says_in(&shown, waiting, "已过 0.500 s"));
    stop(&shown);
}

static const char stuck[] =
    "%\"loop\",\"op\":\"new\"}\n"
    "%\"task\",\"task\":\"t1\",\"name\":\"main\",\"coroutine\":\"main\"}\n"
    "%\"task\",\"task\":\"t2\",\"name\":\"ann\",\"coroutine\":\"f\"}\n"
    "%\"task\",\"task\":\"t3\",\"name\":\"bob\",\"coroutine\":\"f\"}\n"
    "%\"iteration\",\"n\":1}\n"
    "%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
    "%\"future\",\"future\":\"f1\",\"of\":\"gather\",\"kids\":[\"t2\",\"t3\"]}\n"
    "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"}\n"
    "%\"stuck\",\"tasks\":[[\"t1\",\"f1\"]]}\n"
    "%\"loop\",\"op\":\"close\"}\n";

static void who_waits_for_ever_is_seen_to_wait_for_whom(void **state)
{
    Bytes trace = make_trace(stuck);
    Shown shown = {.opened = open_bytes(trace.text, trace.length), .list = {.measure = fake_measure()}};
    free(trace.text);
    shown.view = view_of(1280, 720, LANG_EN);
    for (shown.view.i = 9; shown.view.i <= 10; shown.view.i++) { /* stuck, then closed as well */
        show(&shown);
        assert_true(has_chip(&shown, ID('t', 2)));
        assert_true(has_chip(&shown, ID('t', 3)));
        assert_true(says_in(&shown, shown.scene.layout.waiting, "nobody will wake it"));
    }
    stop(&shown);
}

/* One waits for a line, the other for an item. */
static const char two_wait[] =
    "%\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\",\"text\":\"\"}\n"
    "%\"loop\",\"op\":\"new\"}\n"
    "%\"task\",\"task\":\"t1\",\"name\":\"main\",\"coroutine\":\"main\"}\n"
    "%\"task\",\"task\":\"t2\",\"name\":\"the other worker\",\"coroutine\":\"work\"}\n"
    "%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
    "%\"future\",\"future\":\"f1\",\"of\":\"StreamReader._wait_for_data\"}\n"
    "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\",\"chain\":[[\"main\","
    "\"s1\",4],"
    "[\"StreamReader.readline\",\"asyncio/streams.py\",540]]}\n"
    "%\"run\",\"handle\":\"h2\",\"task\":\"t2\"}\n"
    "%\"future\",\"future\":\"f2\",\"of\":\"Queue.get\"}\n"
    "%\"ran\",\"handle\":\"h2\",\"task\":\"t2\",\"state\":\"waiting\",\"on\":\"f2\",\"chain\":[[\"work\","
    "\"s1\",9]]}\n";

static void short_of_room_classes_go_before_methods_in_all_rows_of_one_line(void **state)
{
    Bytes trace = make_trace(two_wait);
    Shown shown = {.opened = open_bytes(trace.text, trace.length), .list = {.measure = fake_measure()}};
    free(trace.text);
    bool whole = false, methods = false;
    for (int width = 1150; width < 2400; width += 25) {
        shown.view = view_of(width, 720, LANG_EN);
        shown.view.i = history_count(shown.opened.history);
        show(&shown);
        Rect waiting = shown.scene.layout.waiting;
        assert_true(says_in(&shown, waiting, "readline") && says_in(&shown, waiting, "get"));
        bool class = says_in(&shown, waiting, "StreamReader.readline");
        assert_int_equal(says_in(&shown, waiting, "Queue.get"), class);
        assert_true(row_y(&shown, ID('t', 2)) - row_y(&shown, ID('t', 1)) < 45); /* one line each */
        whole = whole || class;
        methods = methods || !class;
    }
    assert_true(whole && methods);
    stop(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_of_a_wait_is_never_cut_for_the_names_of_those_it_waits_for),
        cmocka_unit_test(of_many_those_that_are_not_over_are_in_sight),
        cmocka_unit_test(where_all_have_room_they_stand_in_the_order_in_which_they_were_given),
        cmocka_unit_test(what_is_missing_is_counted_as_the_chips_show_it),
        cmocka_unit_test(main_stands_still_above_those_that_scroll),
        cmocka_unit_test(a_timer_says_when_it_is_due_and_when_its_time_is_over),
        cmocka_unit_test(short_of_room_classes_go_before_methods_in_all_rows_of_one_line),
        cmocka_unit_test(who_waits_for_ever_is_seen_to_wait_for_whom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
