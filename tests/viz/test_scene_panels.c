/*
 * test_scene_panels.c — how things end, the words around them, and what a click on a card does.
 */
#include "viz/scene_shown.h"

#include "overlay.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int sizes[][2] = {{1024, 768}, {1280, 720}, {1366, 768}, {1920, 1080}, {3840, 2160}};

static const char dies[] =
    "{\"i\":1,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":1,\"function\":\"<module>\"}\n"
    "{\"i\":2,\"ts\":0,\"ev\":\"output\",\"fd\":2,\"text\":\"Traceback:\\nNameError: name 'func' is not "
    "defined\\n\"}\n"
    "{\"i\":3,\"ts\":0,\"ev\":\"end\",\"why\":\"exception\",\"code\":1}\n";

static bool has_color(const Shown *shown, Rect part, Color color)
{
    for (size_t k = 0; k < shown->list.count; k++)
        if (shown->list.items[k].color == color &&
            rect_has(part, shown->list.items[k].r.x, shown->list.items[k].r.y))
            return true;
    return false;
}

static void a_main_program_that_failed_is_seen_to_have_failed(void **state)
{
    Shown shown;
    start_with(&shown, "", dies);
    Rect finished = shown.scene.layout.finished;
    assert_true(has_color(&shown, finished, COLOR_FAILED));
    assert_false(has_color(&shown, finished, COLOR_DONE));
    assert_true(says_in(&shown, finished, "NameError"));
    assert_true(says_in(&shown, finished, "defined"));
    assert_false(says_in(&shown, finished, "Traceback"));
    stop(&shown);
}

/* Only as it goes does a task report that nobody asked for its exception; asyncio.run asks the others. */
static void a_failed_task_that_nobody_asked_is_gone_once_it_says_so(void **state)
{
    static const struct {
        const char *message;
        bool gone;
    } reports[] = {{"Task exception was never retrieved", true},
                   {"unhandled exception during asyncio.run() shutdown", false}};
    for (size_t k = 0; k < sizeof reports / sizeof *reports; k++) {
        char events[1024];
        snprintf(
            events, sizeof events,
            "{\"i\":1,\"ts\":0,\"ev\":\"task\",\"task\":\"t1\",\"name\":\"one\"}\n"
            "{\"i\":2,\"ts\":0,\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
            "{\"i\":3,\"ts\":0,\"ev\":\"done\",\"future\":\"t1\",\"state\":\"failed\",\"value\":\"E: x\"}\n"
            "{\"i\":4,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"failed\"}\n"
            "{\"i\":5,\"ts\":0,\"ev\":\"exception\",\"message\":\"%s\",\"exception\":\"E: x\",\"future\":"
            "\"t1\"}\n",
            reports[k].message);
        Shown shown;
        start_with(&shown, "", events);
        assert_true(says_in(&shown, shown.scene.layout.finished, "E: x"));
        assert_int_equal(says_in(&shown, shown.scene.layout.finished, "one · object is gone"),
                         reports[k].gone);
        shown.view.i = 4;
        show(&shown);
        assert_true(says_in(&shown, shown.scene.layout.finished, "one"));
        assert_false(says_in(&shown, shown.scene.layout.finished, "gone"));
        stop(&shown);
    }
}

static void beat_k_is_the_kth_beat(void **state)
{
    Shown shown;
    char wanted[32];
    start(&shown, "09_await_ex2", 0);
    assert_false(says_in(&shown, shown.scene.layout.narration, "beat"));
    for (size_t k = 0; k < beats_count(shown.opened.beats); k++) {
        shown.view.i = beats_stop(shown.opened.beats, k);
        show(&shown);
        snprintf(wanted, sizeof wanted, "beat %zu", k + 1);
        assert_true(says_in(&shown, shown.scene.layout.narration, wanted));
    }
    stop(&shown);
}

static void the_number_of_a_step_is_never_cut(void **state)
{
    static char trace[1 << 20];
    size_t at = 0;
    for (int i = 1; i <= 20000; i++)
        at += (size_t)snprintf(trace + at, sizeof trace - at,
                               "{\"i\":%d,\"ts\":0,\"ev\":\"mark\",\"name\":\"m\"}\n", i);
    Shown shown;
    start_with(&shown, "", trace);
    shown.view.language = LANG_ZH;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        shown.view.width = sizes[k][0];
        shown.view.height = sizes[k][1];
        shown.view.i = 12737;
        show(&shown);
        assert_true(says_in(&shown, shown.scene.layout.narration, "第 12737 步"));
    }
    stop(&shown);
}

/* Faces differ: code's lines are half as high again as its letters. */
static int high_code(void *context, Face face, int size)
{
    (void)context;
    return face >= FACE_CODE ? size * 3 / 2 : size * 5 / 4;
}

static int low_code(void *context, Face face, int size)
{
    (void)context;
    return face >= FACE_CODE ? size * 6 / 5 : size;
}

static void the_narration_has_room_for_two_lines_at_every_size(void **state)
{
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (double scale = 0.75; scale <= 2; scale += 0.25) {
            View view = view_of(sizes[k][0], sizes[k][1], LANG_EN);
            view.scale = scale;
            Scene scene = scene_of(NULL, &view, NULL);
            int room = scene.layout.narration.h - scene_px(&scene, 6);
            assert_true(room >= 2 * high_code(NULL, FACE_CODE, scene_px(&scene, TEXT_NARRATION)));
        }
}

static void words_of_all_faces_in_a_row_share_a_baseline(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 62);
    shown.list.measure.height = high_code;
    shown.list.measure.ascent = low_code;
    show(&shown);
    int name = -1, what = -1;
    for (size_t k = 0; k < shown.list.count; k++) {
        const Draw *item = &shown.list.items[k];
        if (item->op != DRAW_TEXT || !rect_has(shown.scene.layout.waiting, item->r.x, item->r.y))
            continue;
        int base = item->r.y + low_code(NULL, (Face)item->face, item->size);
        const char *text = draw_string(&shown.list, item);
        if (name < 0 && item->face == FACE_UI_BOLD && strncmp(text, "main", 4) == 0)
            name = base;
        if (what < 0 && item->face == FACE_CODE && strcmp(text, "wait") == 0)
            what = base;
    }
    assert_true(name >= 0);
    assert_int_equal(name, what);
    stop(&shown);
}

static void titles_and_summaries_are_markup(void **state)
{
    static const char about[] =
        "\"program\":{\"lesson\":\"x\",\"about\":{\"title\":{\"zh\":\"`a`\",\"en\":\"The `fun` "
        "one\"},\"summary\":{\"zh\":\"`b`\",\"en\":\"`fun` is not `func`\"}}}";
    Shown shown;
    start_with(&shown, about, dies);
    assert_true(says_in(&shown, shown.scene.layout.header, "The fun one"));
    assert_true(says_in(&shown, shown.scene.layout.header, "func"));
    assert_false(says_in(&shown, shown.scene.layout.header, "`"));
    stop(&shown);
}

/* A program in C has no summary and no version of Python. */
static void a_program_says_that_it_still_runs_and_on_which_python(void **state)
{
    Shown shown;
    start_with(&shown, "\"program\":{\"argv\":[\"my.c\"]}", dies);
    assert_false(says_in(&shown, shown.scene.layout.header, "still running"));
    shown.opened.lesson.loading = true;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.header, "still running"));
    assert_false(says_in(&shown, shown.scene.layout.header, "·"));
    stop(&shown);
    static const char on_python[] =
        "\"semantics\":\"cpython-3.11.7\",\"producer\":{\"name\":\"loopglass-record\","
        "\"language\":\"python\"},\"program\":{\"argv\":[\"my.py\"]}";
    start_with(&shown, on_python, dies);
    shown.opened.lesson.loading = true;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.header, "3.11.7 · still running"));
    stop(&shown);
}

static void a_card_selects_its_task_and_its_reason_goes_to_when_it_came(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 34);
    assert_true(shown.state.ready_count > 0);
    assert_non_null(hot_of(&shown, DO_SELECT, shown.state.ready[0].task));
    assert_non_null(hot_of(&shown, DO_GO, shown.state.ready[0].since));
    shown.view.i = 62;
    show(&shown);
    for (size_t k = 0; k < shown.state.task_count; k++) {
        assert_non_null(hot_of(&shown, DO_SELECT, shown.state.tasks[k].id));
        assert_non_null(hot_of(&shown, DO_GO, shown.state.tasks[k].since));
    }
    shown.view.i = history_count(shown.opened.history);
    show(&shown);
    const Id *ended;
    size_t count = history_ended(shown.opened.history, &ended);
    assert_non_null(hot_of(&shown, DO_SELECT, ended[count - 1]));
    assert_non_null(hot_of(&shown, DO_GO, history_lane_of(shown.opened.history, ended[count - 1])->ended));
    stop(&shown);
}

static void a_callback_in_the_queue_leads_to_when_it_came(void **state)
{
    Shown shown;
    int looked = 0;
    start(&shown, "03b_download_async", 1);
    for (uint32_t i = 1; i <= history_count(shown.opened.history); i++) {
        shown.view.i = i;
        show(&shown);
        if (shown.state.ready_count == 0 || shown.state.ready[0].task)
            continue;
        assert_non_null(hot_of(&shown, DO_GO, shown.state.ready[0].since));
        looked++;
    }
    assert_true(looked > 0);
    stop(&shown);
}

static void how_long_a_task_blocked_is_never_cut(void **state)
{
    Shown shown;
    start(&shown, "03c_download_blocking_in_async", 43);
    assert_int_equal(history_kind(shown.opened.history, 43), EV_BLOCKED);
    assert_true(says_in(&shown, shown.scene.layout.running, "blocked for 1.000 s"));
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        shown.view.width = sizes[k][0];
        shown.view.height = sizes[k][1];
        show(&shown);
        assert_true(says_in(&shown, shown.scene.layout.running, "1.000 s"));
    }
    stop(&shown);
}

/* The outermost one says whose step it is. */
static void every_frame_of_the_runner_is_in_sight_at_every_size(void **state)
{
    Shown shown;
    start_with(
        &shown, "",
        "{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\","
        "\"text\":\"1\\n2\\n3\\n\"}\n"
        "{\"i\":2,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":1,\"function\":\"outer\"}\n"
        "{\"i\":3,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"middle\"}\n"
        "{\"i\":4,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":3,\"function\":\"inner\"}\n");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        shown.view.width = sizes[k][0];
        shown.view.height = sizes[k][1];
        show(&shown);
        assert_true(says_in(&shown, shown.scene.layout.running, "outer"));
        assert_true(says_in(&shown, shown.scene.layout.running, "middle"));
        assert_true(says_in(&shown, shown.scene.layout.running, "inner"));
    }
    stop(&shown);
}

static void a_coroutine_that_was_just_entered_stands_nowhere_yet(void **state)
{
    Shown shown;
    start_with(
        &shown, "",
        "{\"i\":1,\"ts\":0,\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\","
        "\"text\":\"1\\n2\\n\"}\n"
        "{\"i\":2,\"ts\":0,\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"outer\"}\n"
        "{\"i\":3,\"ts\":0,\"ev\":\"enter\",\"function\":\"inner\",\"source\":\"s1\",\"line\":2}\n");
    assert_true(says_in(&shown, shown.scene.layout.running, "inner"));
    Frame frames[8];
    assert_int_equal(scene_chain(&shown.scene, ID_MAIN, frames, 8), 2);
    assert_int_equal(frames[0].line, 2);
    assert_int_equal(frames[1].line, 0);
    stop(&shown);
}

static bool is_inside(Rect r, Rect frame)
{
    return r.x >= frame.x && r.y >= frame.y && r.x + r.w <= frame.x + frame.w &&
           r.y + r.h <= frame.y + frame.h;
}

/* With the mouse anywhere on what they are about, also at the header, where they open below. */
static void no_tooltip_hangs_outside_the_window(void **state)
{
    Shown shown;
    int looked = 0;
    start(&shown, "03b_download_async", 62);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (double scale = 0.75; scale <= 2; scale += 1.25) {
            shown.view.width = sizes[k][0];
            shown.view.height = sizes[k][1];
            shown.view.scale = scale;
            show(&shown);
            Rect window = rect(0, 0, sizes[k][0], sizes[k][1]);
            for (size_t h = 0; h < shown.list.hot_count; h++) {
                const Hot *hot = &shown.list.hots[h];
                const char *tip = draw_tip(&shown.list, hot);
                for (int side = 0; tip && side < 2; side++, looked++) {
                    DrawList over = {.measure = fake_measure()};
                    View view = shown.view;
                    view.mouse_x = hot->r.x + (side ? hot->r.w - 1 : 0);
                    view.mouse_y = hot->r.y + (side ? hot->r.h - 1 : 0);
                    overlay_tip(&over, &view, hot->r, tip);
                    for (size_t item = 0; item < over.count; item++)
                        assert_true(is_inside(over.items[item].r, window));
                    draw_free(&over);
                }
            }
        }
    assert_true(looked > 100);
    stop(&shown);
}

static void a_tooltip_has_room_where_there_is_hardly_any(void **state)
{
    DrawList over = {.measure = fake_measure()};
    View view = view_of(320, 240, LANG_EN);
    view.mouse_x = -20;
    view.mouse_y = 100;
    overlay_tip(&over, &view, rect(-30, 20, 60, 110), "a\nb\nc\nd\ne\nf");
    for (size_t item = 0; item < over.count; item++)
        assert_true(is_inside(over.items[item].r, rect(0, 0, 320, 240)));
    draw_free(&over);
}

static const char waits_for_a_shield[] =
    "{\"i\":1,\"ts\":0,\"ev\":\"task\",\"task\":\"t1\",\"name\":\"main\",\"coroutine\":\"main\"}\n"
    "{\"i\":2,\"ts\":0,\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\","
    "\"why\":\"start\"}\n"
    "{\"i\":3,\"ts\":0,\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
    "{\"i\":4,\"ts\":0,\"ev\":\"future\",\"future\":\"f5\",\"of\":\"shield\"}\n"
    "{\"i\":5,\"ts\":0,\"ev\":\"future\",\"future\":\"f6\",\"of\":\"wait\",\"kids\":[\"f5\"]}\n"
    "{\"i\":6,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f6\"}"
    "\n";

static void a_future_that_is_waited_for_is_called_what_it_is(void **state)
{
    Shown shown;
    start_with(&shown, "", waits_for_a_shield);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "shield"));
    assert_false(says_in(&shown, shown.scene.layout.waiting, "f5"));
    stop(&shown);
}

/* Their names as a class would choose them; the three of one row are no longer than those of the lessons. */
static const char five_knobs[] =
    "\"program\":{\"lesson\":\"own\",\"set\":{},\"about\":{\"title\":{\"en\":\"Own\"},\"knobs\":["
    "{\"name\":\"producers\",\"default\":1,\"min\":1,\"max\":3,\"whole\":true,\"en\":\"a\"},"
    "{\"name\":\"consumers\",\"default\":2,\"min\":1,\"max\":4,\"whole\":true,\"en\":\"b\"},"
    "{\"name\":\"maxsize\",\"default\":3,\"min\":0,\"max\":9,\"whole\":true,\"en\":\"c\"},"
    "{\"name\":\"seconds\",\"default\":4,\"min\":1,\"max\":9,\"whole\":true,\"en\":\"d\"},"
    "{\"name\":\"delay\",\"default\":5,\"min\":1,\"max\":9,\"whole\":true,\"en\":\"e\"}]}}";

static void knobs_that_are_too_many_for_one_row_stand_in_two(void **state)
{
    static const char *const names[] = {"producers", "consumers", "maxsize", "seconds", "delay"};
    Shown shown;
    start_with(&shown, five_knobs, waits_for_a_shield);
    shown.view.width = 1280;
    shown.view.height = 720;
    show(&shown);
    Rect strip = shown.scene.layout.knobs, upper = strip, lower = strip;
    upper.h = strip.h / 2;
    lower.y += upper.h;
    lower.h -= upper.h;
    for (size_t k = 0; k < 5; k++)
        assert_true(says_in(&shown, k < 3 ? upper : lower, names[k]));
    assert_false(says_in(&shown, strip, "…"));
    stop(&shown);
}

/* Their names are short: what they mean is told wherever the mouse is on one, also on its signs. */
static void a_knob_says_everywhere_what_it_means(void **state)
{
    Shown shown;
    start_with(
        &shown,
        "\"program\":{\"lesson\":\"x\",\"about\":{\"knobs\":[{\"name\":\"pace\",\"default\":2,\"min\":1,"
        "\"max\":9,\"zh\":\"间隔\",\"en\":\"seconds between two\"}]}}",
        waits_for_a_shield);
    shown.opened.lesson.runs_again = true;
    show(&shown);
    int told = 0;
    for (size_t k = 0; k < shown.list.hot_count; k++) {
        const Hot *hot = &shown.list.hots[k];
        const char *tip = draw_tip(&shown.list, hot);
        if (!tip || !rect_has(shown.scene.layout.knobs, hot->r.x, hot->r.y))
            continue;
        assert_non_null(strstr(tip, "seconds between two"));
        told++;
    }
    assert_int_equal(told, 3);
    stop(&shown);
}

static void who_waits_for_a_lock_sees_who_will_let_it_go(void **state)
{
    Shown shown;
    start(&shown, "asyncio_locks", 77);
    Rect waiting = shown.scene.layout.waiting;
    assert_true(says_in(&shown, waiting, "until ann lets it go"));
    assert_true(says_in(&shown, waiting, "until it is let go")); /* bob is cancelled while he waits */
    stop(&shown);
}

/* Between a timer and its callback's turn the sleep is over, and its future is not. */
static void a_sleep_whose_timer_is_due_says_so(void **state)
{
    Shown shown;
    start(&shown, "03b_download_async", 69);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "due: its callback is queued"));
    stop(&shown);
}

static const char stuck_with_a_lock[] =
    "{\"i\":1,\"ts\":0,\"ev\":\"task\",\"task\":\"t1\",\"name\":\"ann\",\"coroutine\":\"ann\"}\n"
    "{\"i\":2,\"ts\":0,\"ev\":\"task\",\"task\":\"t2\",\"name\":\"bob\",\"coroutine\":\"bob\"}\n"
    "{\"i\":3,\"ts\":0,\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"why\":"
    "\"start\",\"task\":\"t1\"}\n"
    "{\"i\":4,\"ts\":0,\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n"
    "{\"i\":5,\"ts\":0,\"ev\":\"future\",\"future\":\"f1\",\"of\":\"Lock.acquire\"}\n"
    "{\"i\":6,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"}"
    "\n"
    "{\"i\":7,\"ts\":0,\"ev\":\"stuck\",\"tasks\":[[\"t1\",\"f1\"]],\"held\":[[\"f1\",\"t2\"]]}\n"
    "{\"i\":8,\"ts\":0,\"ev\":\"end\",\"why\":\"stuck\",\"code\":3}\n";

static void of_a_lock_that_is_never_let_go_it_is_told_who_has_it(void **state)
{
    Shown shown;
    start_with(&shown, "", stuck_with_a_lock);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "bob has the lock"));
    shown.view.i = 6;
    show(&shown);
    assert_true(says_in(&shown, shown.scene.layout.waiting, "until bob lets it go"));
    stop(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_main_program_that_failed_is_seen_to_have_failed),
        cmocka_unit_test(a_failed_task_that_nobody_asked_is_gone_once_it_says_so),
        cmocka_unit_test(beat_k_is_the_kth_beat),
        cmocka_unit_test(the_number_of_a_step_is_never_cut),
        cmocka_unit_test(the_narration_has_room_for_two_lines_at_every_size),
        cmocka_unit_test(words_of_all_faces_in_a_row_share_a_baseline),
        cmocka_unit_test(titles_and_summaries_are_markup),
        cmocka_unit_test(a_program_says_that_it_still_runs_and_on_which_python),
        cmocka_unit_test(a_card_selects_its_task_and_its_reason_goes_to_when_it_came),
        cmocka_unit_test(a_callback_in_the_queue_leads_to_when_it_came),
        cmocka_unit_test(a_future_that_is_waited_for_is_called_what_it_is),
        cmocka_unit_test(how_long_a_task_blocked_is_never_cut),
        cmocka_unit_test(every_frame_of_the_runner_is_in_sight_at_every_size),
        cmocka_unit_test(a_coroutine_that_was_just_entered_stands_nowhere_yet),
        cmocka_unit_test(a_knob_says_everywhere_what_it_means),
        cmocka_unit_test(who_waits_for_a_lock_sees_who_will_let_it_go),
        cmocka_unit_test(a_sleep_whose_timer_is_due_says_so),
        cmocka_unit_test(of_a_lock_that_is_never_let_go_it_is_told_who_has_it),
        cmocka_unit_test(no_tooltip_hangs_outside_the_window),
        cmocka_unit_test(a_tooltip_has_room_where_there_is_hardly_any),
        cmocka_unit_test(knobs_that_are_too_many_for_one_row_stand_in_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
