/*
 * The thread that wakes the window: one event for what can be read, whatever SDL's queue is like.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <SDL.h>
#include <unistd.h>

#include <cmocka.h>

#include "watch.h"

static uint32_t readable;
static int ends[2];
static Watch *watch;

static int begin(void **state)
{
    readable = SDL_RegisterEvents(2);
    watch = watch_new(readable);
    return SDL_Init(SDL_INIT_EVENTS) == 0 && pipe(ends) == 0 && watch ? 0 : -1;
}

static int stop(void **state)
{
    watch_free(watch);
    close(ends[0]);
    close(ends[1]);
    SDL_Quit();
    return 0;
}

/** How many of its events come within so many milliseconds; at the first one it stops waiting. */
static int take(int milliseconds)
{
    SDL_Event event;
    int count = 0;
    uint64_t until = SDL_GetTicks64() + (uint64_t)milliseconds;
    while (count == 0 && SDL_GetTicks64() < until) {
        while (SDL_PeepEvents(&event, 1, SDL_GETEVENT, readable, readable) == 1)
            count++;
        SDL_Delay(1);
    }
    return count;
}

static void what_can_be_read_is_told_once_until_it_is_armed_again(void **state)
{
    watch_arm(watch, ends[0]);
    assert_int_equal(take(30), 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(take(5000), 1);
    assert_int_equal(take(30), 0);
    watch_arm(watch, ends[0]);
    assert_int_equal(take(5000), 1);
}

static void what_is_no_longer_watched_is_not_told(void **state)
{
    watch_arm(watch, ends[0]);
    watch_arm(watch, -1);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(take(30), 0);
}

static void a_full_queue_only_delays_it(void **state)
{
    SDL_Event other = {.user = {.type = readable + 1}};
    while (SDL_PeepEvents(&other, 1, SDL_ADDEVENT, 0, 0) == 1) {
    }
    assert_int_equal(write(ends[1], "x", 1), 1);
    watch_arm(watch, ends[0]);
    assert_int_equal(take(50), 0);
    SDL_FlushEvent(readable + 1);
    assert_int_equal(take(5000), 1);
    assert_int_equal(take(30), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_can_be_read_is_told_once_until_it_is_armed_again, begin, stop),
        cmocka_unit_test_setup_teardown(what_is_no_longer_watched_is_not_told, begin, stop),
        cmocka_unit_test_setup_teardown(a_full_queue_only_delays_it, begin, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
