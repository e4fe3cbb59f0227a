/*
 * The same program once more: by R, and by a knob; the reader stays where he is.
 */
#include "window/driver.h"

static int close_program(void **state)
{
    driver_close();
    return 0;
}

/* The lesson at a beat in its middle. @return the event there */
static int open_in_the_middle(void)
{
    driver_open("async-await");
    driver_expect("loading=0");
    for (int k = 0; k < 8; k++)
        driver_key("Right");
    int event = driver_event();
    assert_true(event > 0 && event < driver_events());
    return event;
}

static void r_stays_at_the_same_beat(void **state)
{
    int event = open_in_the_middle();
    driver_key("r");
    driver_expect("notice=Run again");
    driver_expect_event(event);
    driver_key("Left");
    int before = driver_expect_move(event);
    driver_key("r");
    driver_expect_event(before);
}

static void r_at_the_end_stays_at_the_end(void **state)
{
    driver_open("async-await");
    driver_expect("loading=0");
    driver_key("End");
    driver_expect_event(driver_events());
    driver_key("r");
    driver_expect("notice=Run again");
    driver_expect_event(driver_events());
}

static void a_knob_is_turned_by_keys_and_the_lesson_runs_again_at_once(void **state)
{
    int event = open_in_the_middle();
    driver_key("plus"); /* none is marked */
    driver_key("k");
    driver_expect("knob=1");
    driver_expect("sets=-");
    driver_key("plus");
    driver_expect("sets=seconds=3");
    driver_expect_event(event);
    driver_key("minus");
    driver_expect("sets=seconds=2");
    driver_key("k");
    driver_expect("knob=0");
}

static void a_knob_is_turned_by_the_mouse_and_a_click_on_its_value_sets_it_back(void **state)
{
    int event = open_in_the_middle();
    const Place *up = driver_place(DO_TURN, TURN_OF(0, 1));
    assert_non_null(up);
    driver_point(up, 0.5);
    driver_press(1);
    driver_expect("sets=seconds=3");
    driver_expect_event(event);
    const Place *value = driver_place(DO_TURN, TURN_OF(0, 0));
    assert_non_null(value);
    driver_point(value, 0.1);
    driver_press(1);
    driver_expect("sets=seconds=2");
    assert_null(driver_place(DO_TURN, TURN_OF(0, 0)));
}

/* The lesson waits in real time, so its first new run is not shown yet when the second turn comes. */
static void two_quick_turns_are_two(void **state)
{
    driver_open("pictures-sockets");
    driver_expect("loading=0");
    driver_key("End");
    driver_key("k");
    driver_key("k");
    driver_expect("knob=2");
    driver_do("key minus minus");
    driver_expect("sets=piece=3000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(r_stays_at_the_same_beat, close_program),
        cmocka_unit_test_teardown(two_quick_turns_are_two, close_program),
        cmocka_unit_test_teardown(r_at_the_end_stays_at_the_end, close_program),
        cmocka_unit_test_teardown(a_knob_is_turned_by_keys_and_the_lesson_runs_again_at_once, close_program),
        cmocka_unit_test_teardown(a_knob_is_turned_by_the_mouse_and_a_click_on_its_value_sets_it_back,
                                  close_program),
    };
    driver_start_display();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    driver_stop_display();
    return failed;
}
