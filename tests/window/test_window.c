/*
 * The real window under Xvfb, with real keys and a real mouse.
 */
#include "window/driver.h"

#define TRACE TESTS_DIR "/data/traces/02d_async_await.jsonl"

static int close_program(void **state)
{
    driver_close();
    return 0;
}

static void open_trace(void)
{
    driver_open(TRACE);
    driver_expect("loading=0");
    driver_point(&(Place){.x = 640, .y = 3, .w = 1, .h = 1}, 0); /* keys go where the pointer is */
}

/* -------------------------------------------------------------------------------------------- the list ----
 */

static void it_opens_on_the_list_of_lessons(void **state)
{
    driver_open(NULL);
    driver_expect("screen=list");
    driver_expect("mark=0:0");
    assert_non_null(driver_place(DO_OPEN, 0));
}

static void the_keyboard_alone_picks_a_lesson_and_steps_to_its_end_and_back(void **state)
{
    driver_open(NULL);
    driver_expect("screen=list");
    driver_point(&(Place){.x = 640, .y = 3, .w = 1, .h = 1}, 0);
    driver_key("Down");
    driver_expect("mark=1:0");
    driver_key("End");
    driver_key("Home");
    driver_expect("mark=0:0");
    driver_key("Down");
    driver_expect("mark=1:0");
    driver_key("Return");
    driver_expect("screen=lesson");
    driver_expect("loading=0");
    int way[512], steps = 0, last = driver_events();
    assert_true(last > 0);
    assert_int_equal(driver_event(), 0);
    for (int at = 0; at < last; steps++) {
        assert_in_range(steps, 0, 511);
        way[steps] = at;
        driver_key("Right");
        at = driver_expect_move(at);
    }
    while (steps-- > 0) {
        driver_key("Left");
        driver_expect_event(way[steps]);
    }
    driver_key("Escape");
    driver_expect("screen=list");
    driver_expect("mark=1:0");
}

static void the_mouse_alone_picks_a_lesson_and_steps_to_its_end_and_back(void **state)
{
    driver_open(NULL);
    driver_expect("screen=list");
    driver_click(DO_OPEN, 1);
    driver_expect("screen=lesson");
    driver_expect("loading=0");
    int last = driver_events(), at = 0;
    while (at < last) {
        driver_click(DO_FORWARD, -1);
        at = driver_expect_move(at);
    }
    while (at > 0) {
        driver_click(DO_BACK, -1);
        at = driver_expect_move(at);
    }
    driver_click(DO_END, -1);
    driver_expect_event(last);
    driver_click(DO_START, -1);
    driver_expect_event(0);
    driver_click(DO_BACK_OUT, -1);
    driver_expect("screen=list");
}

/* ------------------------------------------------------------------------------------------------ keys ----
 */

static void every_key_does_what_the_table_says(void **state)
{
    static const char *const keys[][2] = {
        {"l", "lang=zh"},
        {"l", "lang=en"},
        {"t", "theme=dark"},
        {"t", "theme=light"},
        {"question", "help=1"},
        {"Escape", "help=0"},
        {"F1", "help=1"},
        {"F1", "help=0"},
        {"x", "axis=clock"},
        {"x", "axis=step"},
        {"2", "level=1"},
        {"3", "level=2"},
        {"1", "level=0"},
        {"Tab", "tab=1"},
        {"ctrl+plus", "scale=1.15"},
        {"ctrl+0", "scale=1"},
        {"ctrl+minus", "scale=0.85"},
        {"ctrl+0", "scale=1"},
        {"End", "event=147"},
        {"Home", "event=0"},
        {"shift+Right", "event=12"},
        {"Home", "event=0"},
        {"shift+s", "step=iteration"},
        {"shift+s", "step=event"},
        {"Right", "event=1"},
        {"period", "event=2"},
        {"Next", "event=3"},
        {"Left", "event=2"},
        {"comma", "event=1"},
        {"Prior", "event=0"},
        {"Up", "speed=2"},
        {"Down", "speed=1"},
    };
    open_trace();
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        driver_key(keys[k][0]);
        driver_expect(keys[k][1]);
    }
}

static void play_runs_to_the_end_and_stops_there(void **state)
{
    open_trace();
    for (int k = 0; k < 3; k++)
        driver_key("Up");
    driver_key("space");
    driver_expect("playing=1");
    driver_expect_move(0);
    driver_key("space");
    driver_expect("playing=0");
    driver_key("End");
    driver_key("Left Left Left");
    driver_expect("playing=0");
    driver_key("Return");
    driver_expect("playing=1");
    driver_expect_event(147);
    driver_expect("playing=0");
}

static void zoom_pan_and_fit_work_from_the_keyboard(void **state)
{
    open_trace();
    driver_expect("left=0");
    driver_key("w");
    driver_key("w");
    driver_key("w");
    driver_expect("left=0");
    driver_key("d");
    driver_key("d");
    driver_look();
    driver_nap(0.2);
    driver_look();
    assert_true(driver_number("left") > 0);
    assert_true(driver_number("right") < 147);
    driver_key("0");
    driver_expect("right=0");
    driver_key("f");
    driver_expect("right=24");
    driver_key("f");
    driver_expect("right=0");
}

/* ----------------------------------------------------------------------------------------------- mouse ----
 */

static void dragging_on_the_scrubber_scrubs(void **state)
{
    open_trace();
    const Place *strip = driver_place(DO_SCRUB, -1);
    assert_non_null(strip);
    Place place = *strip;
    driver_point(&place, 0);
    driver_hold(1);
    driver_point(&place, 1);
    driver_expect_event(147);
    driver_point(&place, 0.5);
    int middle = driver_expect_move(147);
    assert_in_range(middle, 70, 77);
    driver_do("mouseup 1");
    driver_point(&place, 0.25);
    driver_nap(0.1);
    driver_look();
    assert_int_equal(driver_event(), middle);
}

static void the_wheel_over_the_ruler_zooms_there_and_the_middle_button_to_a_range(void **state)
{
    open_trace();
    const Place *strip = driver_place(DO_RULER, -1);
    assert_non_null(strip);
    Place place = *strip;
    driver_point(&place, 0.999);
    driver_do("click 4");
    driver_expect("right=147");
    driver_look();
    assert_true(driver_number("left") > 10);
    driver_do("click 5 click 5");
    driver_expect("right=0");
    driver_point(&place, 0.25);
    driver_hold(2);
    driver_point(&place, 0.4);
    driver_point(&place, 0.5);
    driver_do("mouseup 2");
    driver_nap(0.2);
    driver_look();
    assert_in_range((int)driver_number("left"), 30, 42);
    assert_in_range((int)driver_number("right"), 67, 78);
}

/** The lanes, and in them the middle of a span that a click jumps to. */
static void find_span(Place *lanes, Place *span)
{
    const Place *found = driver_place(DO_LANES, -1);
    assert_non_null(found);
    *lanes = *found;
    for (int k = 0; k < driver.count; k++) {
        Place p = driver.places[k];
        if (p.action == DO_GO && p.argument > 20 && p.w > 40 && p.x > lanes->x + 200 && p.y >= lanes->y &&
            p.x + p.w < lanes->x + lanes->w - 200 && p.y + p.h <= lanes->y + lanes->h) {
            *span = p;
            return;
        }
    }
    fail_msg("no span to drag from");
}

static void drag_by(const Place *from, const char *button, int by)
{
    int x, y;
    driver_point(from, 0.5);
    driver_origin(&x, &y);
    driver_hold(atoi(button));
    driver_do("mousemove_relative -- %d 0", by / 2);
    driver_do("mousemove_relative -- %d 0", by - by / 2);
    driver_do("mouseup %s", button);
}

static void a_drag_that_begins_on_a_span_pans_and_a_click_there_jumps(void **state)
{
    Place lanes, span;
    open_trace();
    for (int k = 0; k < 4; k++)
        driver_key("w");
    for (int k = 0; k < 4; k++)
        driver_key("d");
    driver_nap(0.1);
    driver_look();
    for (int shift = 0; shift < 2; shift++) {
        find_span(&lanes, &span);
        double left = driver_number("left");
        if (shift)
            driver_do("keydown shift");
        drag_by(&span, "1", 150);
        if (shift)
            driver_do("keyup shift");
        driver_nap(0.1);
        driver_look();
        assert_int_equal(driver_event(), 0);
        assert_true(driver_number("left") < left - 2);
    }
    find_span(&lanes, &span);
    driver_point(&span, 0.5);
    driver_press(1);
    driver_expect_event((int)span.argument);
}

static void the_middle_button_dragged_from_a_span_zooms_to_the_range(void **state)
{
    Place lanes, span;
    open_trace();
    find_span(&lanes, &span);
    drag_by(&span, "2", 150);
    driver_nap(0.1);
    driver_look();
    assert_int_equal(driver_event(), 0);
    assert_true(driver_number("left") > 0);
    assert_true(driver_number("right") - driver_number("left") < 60);
}

static void the_help_lies_over_all_and_nothing_moves_below_it(void **state)
{
    static const char *const keys[] = {"Right", "End", "space", "w", "2", "Tab", "r"};
    open_trace();
    driver_key("Right");
    int event = driver_expect_move(0);
    driver_key("question");
    driver_expect("help=1");
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        driver_key(keys[k]);
    driver_key("l");
    driver_expect("lang=zh");
    assert_int_equal(driver_event(), event);
    assert_true(driver_sees("playing=0") && driver_sees("level=0") && driver_sees("tab=0"));
    driver_point(&(Place){.x = 640, .y = 3, .w = 1, .h = 1}, 0);
    driver_press(1);
    driver_expect("help=0");
}

static void a_tooltip_goes_when_the_button_is_pressed(void **state)
{
    open_trace();
    const Place *button = driver_place(DO_FORWARD, -1);
    assert_non_null(button);
    driver_point(button, 0.4);
    driver_expect("tip=1");
    driver_press(1);
    driver_expect("tip=0");
    driver_nap(0.8);
    driver_look();
    assert_true(driver_sees("tip=0"));
}

static void a_tooltip_comes_when_the_mouse_rests(void **state)
{
    open_trace();
    const Place *button = driver_place(DO_FORWARD, -1);
    assert_non_null(button);
    driver_point(button, 0.4);
    driver_expect("tip=1");
    driver_point(&(Place){.x = 640, .y = 3, .w = 1, .h = 1}, 0);
    driver_expect("tip=0");
}

/* ---------------------------------------------------------------------------------------------- window ----
 */

static void it_follows_the_size_of_the_window(void **state)
{
    open_trace();
    driver_do("search --name Loopglass windowsize 1024 768");
    driver_expect("size=1024x768");
    driver_do("search --name Loopglass windowsize 1600 900");
    driver_expect("size=1600x900");
}

static void nothing_is_painted_when_nothing_changes(void **state)
{
    open_trace();
    driver_nap(0.8);
    driver_look();
    long before = driver.read;
    driver_nap(1.5);
    driver_look();
    assert_int_equal(driver.read, before);
}

static void motion_ends_within_300_ms(void **state)
{
    driver_run(
        (const char *const[]){BUILD_DIR "/loopglass", "--lang", "en", "--size", "1280x720", TRACE, NULL});
    driver_expect("loading=0");
    driver_point(&(Place){.x = 640, .y = 3, .w = 1, .h = 1}, 0);
    driver_key("Right");
    driver_key("Right");
    driver_expect("moving=1");
    double start = driver_number("at");
    driver_expect("moving=0");
    assert_true(driver_number("at") - start < 360);
}

static void control_q_ends_with_status_0(void **state)
{
    open_trace();
    driver_key("ctrl+q");
    assert_int_equal(driver_status(3), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(it_opens_on_the_list_of_lessons, close_program),
        cmocka_unit_test_teardown(the_keyboard_alone_picks_a_lesson_and_steps_to_its_end_and_back,
                                  close_program),
        cmocka_unit_test_teardown(the_mouse_alone_picks_a_lesson_and_steps_to_its_end_and_back,
                                  close_program),
        cmocka_unit_test_teardown(every_key_does_what_the_table_says, close_program),
        cmocka_unit_test_teardown(play_runs_to_the_end_and_stops_there, close_program),
        cmocka_unit_test_teardown(zoom_pan_and_fit_work_from_the_keyboard, close_program),
        cmocka_unit_test_teardown(dragging_on_the_scrubber_scrubs, close_program),
        cmocka_unit_test_teardown(the_wheel_over_the_ruler_zooms_there_and_the_middle_button_to_a_range,
                                  close_program),
        cmocka_unit_test_teardown(a_drag_that_begins_on_a_span_pans_and_a_click_there_jumps, close_program),
        cmocka_unit_test_teardown(the_middle_button_dragged_from_a_span_zooms_to_the_range, close_program),
        cmocka_unit_test_teardown(the_help_lies_over_all_and_nothing_moves_below_it, close_program),
        cmocka_unit_test_teardown(a_tooltip_goes_when_the_button_is_pressed, close_program),
        cmocka_unit_test_teardown(a_tooltip_comes_when_the_mouse_rests, close_program),
        cmocka_unit_test_teardown(it_follows_the_size_of_the_window, close_program),
        cmocka_unit_test_teardown(nothing_is_painted_when_nothing_changes, close_program),
        cmocka_unit_test_teardown(motion_ends_within_300_ms, close_program),
        cmocka_unit_test_teardown(control_q_ends_with_status_0, close_program),
    };
    driver_start_display();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    driver_stop_display();
    return failed;
}
