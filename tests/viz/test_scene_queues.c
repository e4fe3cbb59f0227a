/*
 * test_scene_queues.c — who is said to be queued, who to wait, and whose a line is, where a guess would be
 * wrong.
 *
 * The traces are written out here without "i" and "ts": "%" stands for the beginning of an event.
 */
#include "viz/scene_shown.h"
#include "viz/traces.h"

static void start_at(Shown *shown, const char *events, uint32_t i)
{
    Bytes trace = make_trace(events);
    *shown = (Shown){.opened = open_bytes(trace.text, trace.length), .list = {.measure = fake_measure()}};
    free(trace.text);
    shown->view = view_of(1920, 1080, LANG_EN);
    shown->view.i = i;
    show(shown);
}

static bool has_group(const Shown *shown, Rect part, uint64_t key)
{
    for (size_t k = 0; k < shown->list.count; k++) {
        const Draw *item = &shown->list.items[k];
        if (item->op == DRAW_GROUP && item->key == key && rect_has(part, item->r.x, item->r.y))
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ ready ---- */

static void a_name_that_has_no_room_is_smaller_before_it_is_cut(void **state)
{
    char events[2048] = "";
    for (int n = 1; n <= 4; n++)
        snprintf(events + strlen(events), sizeof events - strlen(events),
                 "%%\"task\",\"task\":\"t%d\",\"name\":\"serve boats %d\"}\n"
                 "%%\"ready\",\"handle\":\"h%d\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t%d\"}\n",
                 n, n, n, n);
    Shown shown;
    start_at(&shown, events, 8);
    int smaller = 0, cut = 0;
    for (shown.view.width = 1024; shown.view.width < 1920; shown.view.width += 8) {
        show(&shown);
        int body = scene_px(&shown.scene, TEXT_BODY), least = scene_px(&shown.scene, TEXT_CAPTION);
        for (size_t k = 0; k < shown.list.count; k++) {
            const Draw *item = &shown.list.items[k];
            const char *text = item->op == DRAW_TEXT ? draw_string(&shown.list, item) : "";
            if (!rect_has(shown.scene.layout.ready, item->r.x, item->r.y) || strncmp(text, "serve", 5) != 0)
                continue;
            bool whole = strstr(text, "\xe2\x80\xa6") == NULL;
            assert_true(whole || item->size == least);
            smaller += whole && item->size < body;
            cut += !whole;
        }
    }
    assert_true(smaller > 0 && cut > 0);
    stop(&shown);
}

/* t2 gives its turn away in the same batch in which the loop stops; then the loop is closed. */
static const char left_behind[] =
    "%\"loop\",\"op\":\"new\"}\n"
    "%\"task\",\"task\":\"t1\",\"name\":\"one\",\"coroutine\":\"main\"}\n" /* 2 */
    "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"
    "%\"loop\",\"op\":\"run\"}\n"
    "%\"iteration\",\"n\":1}\n%\"select\",\"timeout\":0}\n%\"selected\",\"n\":0}\n%\"batch\",\"n\":1}\n"
    "%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
    "%\"task\",\"task\":\"t2\",\"name\":\"two\",\"coroutine\":\"f\"}\n" /* 10 */
    "%\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t2\",\"why\":\"start\"}\n"
    "%\"done\",\"future\":\"t1\",\"state\":\"done\",\"value\":\"None\"}\n"
    "%\"ready\",\"handle\":\"h3\",\"by\":\"soon\",\"what\":\"callback\",\"future\":\"t1\"}\n"
    "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"done\"}\n"
    "%\"iteration\",\"n\":2}\n%\"select\",\"timeout\":0}\n%\"selected\",\"n\":0}\n%\"batch\",\"n\":2}\n"
    "%\"run\",\"handle\":\"h2\",\"task\":\"t2\"}\n"
    "%\"ready\",\"handle\":\"h4\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t2\",\"why\":\"yield\"}\n"
    "%\"ran\",\"handle\":\"h2\",\"task\":\"t2\",\"state\":\"ready\"}\n"
    "%\"run\",\"handle\":\"h3\"}\n%\"loop\",\"op\":\"stop\"}\n%\"ran\",\"handle\":\"h3\"}\n"
    "%\"loop\",\"op\":\"return\"}\n"
    "%\"loop\",\"op\":\"close\"}\n" /* 26 */
    "%\"end\",\"why\":\"exit\",\"code\":0}\n";

static void only_the_event_that_creates_a_task_says_just_created(void **state)
{
    Shown shown;
    start_at(&shown, left_behind, 1);
    for (uint32_t i = 1; i <= history_count(shown.opened.history); i++) {
        shown.view.i = i;
        show(&shown);
        bool creates = history_kind(shown.opened.history, i) == EV_TASK;
        assert_int_equal(says_in(&shown, shown.scene.layout.ready, "just created"), creates);
    }
    stop(&shown);
}

static void what_a_closed_loop_leaves_behind_is_in_no_queue(void **state)
{
    Shown shown;
    start_at(&shown, left_behind, 25);
    assert_true(has_group(&shown, shown.scene.layout.ready, GROUP_TASK(ID('t', 2))));
    for (uint32_t i = 26; i <= 27; i++) {
        shown.view.i = i;
        show(&shown);
        assert_false(has_group(&shown, shown.scene.layout.ready, GROUP_TASK(ID('t', 2))));
        assert_true(says_in(&shown, shown.scene.layout.ready, "empty"));
        assert_true(has_group(&shown, shown.scene.layout.waiting, GROUP_TASK(ID('t', 2))));
        assert_true(says_in(&shown, shown.scene.layout.waiting, "nobody will run it"));
    }
    stop(&shown);
}

/* ---------------------------------------------------------------------------------------- waiting ---- */

static bool has_whole_row(const Shown *shown, Id task)
{
    Rect part = shown->scene.layout.waiting;
    for (size_t k = 0; k < shown->list.count; k++) {
        const Draw *item = &shown->list.items[k];
        if (item->op == DRAW_GROUP && item->key == GROUP_TASK(task) && rect_has(part, item->r.x, item->r.y) &&
            rect_has(part, item->r.x, item->r.y + item->r.h - 1))
            return true;
    }
    return false;
}

/* Five wait for one future: more than the rows' usual height has room for in a small window. */
static void five_who_wait_are_all_in_sight_in_a_small_window(void **state)
{
    enum { WAIT = 5 };
    char events[4096] = "%\"loop\",\"op\":\"new\"}\n%\"future\",\"future\":\"f1\",\"of\":\"user\"}\n"
                        "%\"loop\",\"op\":\"run\"}\n";
    size_t length = strlen(events);
    for (int k = 1; k <= WAIT; k++)
        length += (size_t)snprintf(
            events + length, sizeof events - length,
            "%%\"task\",\"task\":\"t%d\",\"name\":\"n%d\",\"coroutine\":\"f\"}\n"
            "%%\"ready\",\"handle\":\"h%d\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t%d\",\"why\":"
            "\"start\"}\n",
            k, k, k, k);
    length += (size_t)snprintf(events + length, sizeof events - length,
                               "%%\"iteration\",\"n\":1}\n%%\"select\",\"timeout\":0}\n"
                               "%%\"selected\",\"n\":0}\n%%\"batch\",\"n\":5}\n");
    for (int k = 1; k <= WAIT; k++)
        length += (size_t)snprintf(
            events + length, sizeof events - length,
            "%%\"run\",\"handle\":\"h%d\",\"task\":\"t%d\"}\n"
            "%%\"ran\",\"handle\":\"h%d\",\"task\":\"t%d\",\"state\":\"waiting\",\"on\":\"f1\"}\n",
            k, k, k, k);
    Shown shown;
    start_at(&shown, events, 1);
    shown.view = view_of(1280, 720, LANG_EN);
    shown.view.i = history_count(shown.opened.history);
    show(&shown);
    for (uint32_t k = 1; k <= WAIT; k++)
        assert_true(has_whole_row(&shown, ID('t', k)));
    stop(&shown);
}

/* main sleeps; somebody else stops the loop, and it is closed. */
static const char closed_asleep[] =
    "%\"loop\",\"op\":\"new\"}\n%\"task\",\"task\":\"t1\",\"name\":\"one\",\"coroutine\":\"main\"}\n"
    "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"
    "%\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"call\",\"callback\":\"stop\"}\n"
    "%\"loop\",\"op\":\"run\"}\n"
    "%\"iteration\",\"n\":1}\n%\"select\",\"timeout\":0}\n%\"selected\",\"n\":0}\n%\"batch\",\"n\":2}\n"
    "%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
    "%\"future\",\"future\":\"f1\",\"of\":\"sleep\"}\n"
    "%\"timer\",\"handle\":\"h3\",\"when\":5000000000,\"future\":\"f1\",\"callback\":\"set_result\"}\n"
    "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"}\n"
    "%\"run\",\"handle\":\"h2\"}\n%\"loop\",\"op\":\"stop\"}\n%\"ran\",\"handle\":\"h2\"}\n"
    "%\"loop\",\"op\":\"return\"}\n%\"loop\",\"op\":\"close\"}\n"; /* 18 */

static void nobody_runs_what_still_waits_when_the_loop_is_closed(void **state)
{
    Shown shown;
    start_at(&shown, closed_asleep, 17);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "5.000 s left"));
    shown.view.i = 18;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "nobody will run it"));
    assert_false(says_in(&shown, shown.scene.layout.waiting, "left"));
    stop(&shown);
}

/* A program that is stuck has its loop closed, too; what a reader is to see is why. */
static void nobody_wakes_what_waits_in_a_program_that_is_stuck(void **state)
{
    Shown shown;
    start_at(&shown,
             "%\"loop\",\"op\":\"new\"}\n%\"task\",\"task\":\"t1\",\"coroutine\":\"main\"}\n"
             "%\"future\",\"future\":\"f1\",\"of\":\"user\"}\n%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
             "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"}\n"
             "%\"stuck\"}\n%\"loop\",\"op\":\"close\"}\n",
             7);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "nobody will wake it"));
    stop(&shown);
}

static void a_timer_has_a_row_of_its_own_only_when_no_sleep_or_wait_made_it(void **state)
{
    Shown shown;
    start_at(&shown, closed_asleep, 12); /* pushed, and its task does not wait for it yet */
    assert_false(has_group(&shown, shown.scene.layout.waiting, GROUP_HANDLE(ID('h', 3))));
    stop(&shown);
    start_at(&shown,
             "%\"loop\",\"op\":\"new\"}\n%\"future\",\"future\":\"f1\",\"of\":\"user\"}\n"
             "%\"timer\",\"handle\":\"h1\",\"when\":5,\"future\":\"f1\",\"callback\":\"set_result\"}\n"
             "%\"timer\",\"handle\":\"h2\",\"when\":5,\"callback\":\"beep\"}\n",
             4);
    assert_true(has_group(&shown, shown.scene.layout.waiting, GROUP_HANDLE(ID('h', 1))));
    assert_true(has_group(&shown, shown.scene.layout.waiting, GROUP_HANDLE(ID('h', 2))));
    stop(&shown);
}

static void a_timeout_has_a_row_beside_what_its_task_waits_for(void **state)
{
    Shown shown;
    start_at(
        &shown,
        "%\"loop\",\"op\":\"new\"}\n%\"task\",\"task\":\"t1\",\"name\":\"one\",\"coroutine\":\"main\"}\n"
        "%\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":\"start\"}\n"
        "%\"loop\",\"op\":\"run\"}\n%\"iteration\",\"n\":1}\n%\"select\",\"timeout\":0}\n"
        "%\"selected\",\"n\":0}\n%\"batch\",\"n\":1}\n%\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
        "%\"timer\",\"handle\":\"h2\",\"when\":7000000000,\"future\":\"t1\",\"callback\":\"Timeout._on_"
        "timeout\"}\n"
        "%\"future\",\"future\":\"f1\",\"of\":\"sleep\"}\n"
        "%\"timer\",\"handle\":\"h3\",\"when\":5000000000,\"future\":\"f1\",\"callback\":\"set_result\"}\n"
        "%\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"}\n",
        13);
    Rect waiting = shown.scene.layout.waiting;
    assert_true(says_in(&shown, waiting, "5.000 s left"));
    assert_true(has_group(&shown, waiting, GROUP_HANDLE(ID('h', 2))));
    assert_true(says_in(&shown, waiting, "limit of one"));
    assert_true(says_in(&shown, waiting, "7.000 s left"));
    shown.view.level = LEVEL_LOOP;
    show(&shown);
    assert_true(says_in(&shown, waiting, "t1"));
    stop(&shown);
}

/* ------------------------------------------------------------------------------------------ chain ---- */

#define AT(line, function) "%\"line\",\"source\":\"s1\",\"line\":" line ",\"function\":\"" function "\"}\n"

static void assert_main_stands_in(const char *events, uint32_t i, const char *const *functions, size_t count)
{
    Shown shown;
    Frame frames[8];
    start_at(&shown, events, i);
    assert_int_equal(scene_chain(&shown.scene, ID_MAIN, frames, 8), count);
    for (size_t k = 0; k < count; k++)
        assert_string_equal(frames[k].function, functions[k]);
    stop(&shown);
}

static void a_plain_callbacks_lines_are_not_in_mains_chain(void **state)
{
    static const char *const functions[] = {"<module>", "later"};
    assert_main_stands_in(
        AT("1", "<module>") "%\"loop\",\"op\":\"run\"}\n%\"iteration\",\"n\":1}\n"
                            "%\"run\",\"handle\":\"h1\"}\n" AT(
                                "9", "callback") "%\"ran\",\"handle\":\"h1\"}\n"
                                                 "%\"loop\",\"op\":\"return\"}\n" AT("5", "later"),
        8, functions, 2);
}

static void a_handle_that_is_skipped_hides_no_line_of_main(void **state)
{
    static const char *const functions[] = {"<module>", "later"};
    assert_main_stands_in(AT("1", "<module>") "%\"loop\",\"op\":\"run\"}\n%\"iteration\",\"n\":1}\n"
                                              "%\"run\",\"handle\":\"h1\",\"skipped\":true}\n"
                                              "%\"loop\",\"op\":\"return\"}\n" AT("5", "later"),
                          6, functions, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_who_wait_are_all_in_sight_in_a_small_window),
        cmocka_unit_test(a_name_that_has_no_room_is_smaller_before_it_is_cut),
        cmocka_unit_test(only_the_event_that_creates_a_task_says_just_created),
        cmocka_unit_test(what_a_closed_loop_leaves_behind_is_in_no_queue),
        cmocka_unit_test(nobody_runs_what_still_waits_when_the_loop_is_closed),
        cmocka_unit_test(nobody_wakes_what_waits_in_a_program_that_is_stuck),
        cmocka_unit_test(a_timer_has_a_row_of_its_own_only_when_no_sleep_or_wait_made_it),
        cmocka_unit_test(a_timeout_has_a_row_beside_what_its_task_waits_for),
        cmocka_unit_test(a_plain_callbacks_lines_are_not_in_mains_chain),
        cmocka_unit_test(a_handle_that_is_skipped_hides_no_line_of_main),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
