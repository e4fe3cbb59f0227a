/*
 * driver.h — drives the program in its display with keys and mouse, as a person does, by xdotool.
 *
 * Where there is no Xvfb or no xdotool, every test that would open a window is skipped, by name.
 */
#ifndef TESTS_WINDOW_DRIVER_H
#define TESTS_WINDOW_DRIVER_H

#include "window/display.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "view.h"

/** Runs a program in the display; without one, the test is skipped. */
static inline void driver_open_program(const char *const *argv)
{
    if (!driver.display[0] || !driver_has("xdotool"))
        skip();
    driver_run(argv);
}

/** The program at a size that fits, in English, without motion; a source of NULL: the list of lessons. */
static inline void driver_open(const char *source)
{
    driver_open_program((const char *const[]){BUILD_DIR "/loopglass", "--lang", "en", "--no-motion", "--size",
                                              "1280x720", source, NULL});
}

/** Waits until the frame has it; fails the test when it never does. */
static inline void driver_expect(const char *field)
{
    double until = driver_now() + 8;
    do {
        driver_look();
        if (driver_sees(field))
            return;
        driver_nap(0.004);
    } while (driver_now() < until);
    fail_msg("never saw '%s'; the last frame is: %s", field, driver.frame);
}

static inline void driver_expect_event(int event)
{
    char field[32];
    snprintf(field, sizeof field, "event=%d", event);
    driver_expect(field);
}

/** Waits until the event is another. @return the new one */
static inline int driver_expect_move(int from)
{
    double until = driver_now() + 8;
    do {
        driver_look();
        if (driver_event() != from)
            return driver_event();
        driver_nap(0.004);
    } while (driver_now() < until);
    fail_msg("event %d does not change; the last frame is: %s", from, driver.frame);
    return from;
}

/* ---------------------------------------------------------------------------------------- what is done ----
 */

static inline void driver_do(const char *format, ...)
{
    char command[512] = "xdotool ";
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command + 8, sizeof command - 8, format, arguments);
    va_end(arguments);
    assert_int_equal(system(command), 0);
}

/** Waits until the program has seen one more of them. */
static inline void driver_expect_more(const int *seen, int before, const char *what)
{
    double until = driver_now() + 8;
    for (driver_look(); *seen == before; driver_look()) {
        if (driver_now() > until)
            fail_msg("the program never saw %s; the last frame is: %s", what, driver.frame);
        driver_nap(0.002);
    }
}

/** Presses a key, or "ctrl+q", and waits until the program has seen it. */
static inline void driver_key(const char *key)
{
    driver_look();
    int before = driver.keys;
    driver_do("key %s", key);
    driver_expect_more(&driver.keys, before, key);
}

/** A place with that action; a negative argument: any. NULL when there is none. */
static inline const Place *driver_place(Action action, long long argument)
{
    for (int k = driver.count - 1; k >= 0; k--)
        if (driver.places[k].action == (int)action && (argument < 0 || driver.places[k].argument == argument))
            return &driver.places[k];
    return NULL;
}

/** The window's top left corner: without a window manager it is where SDL put it. */
static inline void driver_origin(int *x, int *y)
{
    *x = (1920 - (int)driver_number("size")) / 2;
    const char *at = strstr(driver.frame, " size=");
    at = at ? strchr(at, 'x') : NULL;
    *y = (1080 - (at ? atoi(at + 1) : 0)) / 2;
}

/** Moves the mouse to a part (0 … 1) of a place's width. */
static inline void driver_point(const Place *place, double part)
{
    int x, y;
    driver_origin(&x, &y);
    driver_do("mousemove %d %d", x + place->x + (int)(part * (place->w - 1)), y + place->y + place->h / 2);
}

/** Presses a button where the mouse is, and waits until the program has seen it. */
static inline void driver_hold(int button)
{
    driver_look();
    int before = driver.presses;
    driver_do("mousedown %d", button);
    driver_expect_more(&driver.presses, before, "the button");
}

static inline void driver_press(int button)
{
    driver_hold(button);
    driver_do("mouseup %d", button);
}

static inline void driver_click(Action action, long long argument)
{
    driver_look();
    const Place *place = driver_place(action, argument);
    if (!place)
        fail_msg("nothing to click for action %d (%lld); the last frame is: %s", (int)action, argument,
                 driver.frame);
    driver_point(place, 0.5);
    driver_press(1);
}

#endif
