/*
 * test_timeline_gaps.c — time that passes, as the timeline shows it: what is written in its boxes, and what
 * the legend says of them.
 */
#include "viz/picture_check.h"

#include "timeline_parts.h"

#include <math.h>

/** A loop that sleeps so many times, half a second each, or 1.111 s every other time if `uneven`, and is once
 * held by a call if `held`. */
static Opened open_naps(int naps, bool uneven, bool held)
{
    size_t size = 0;
    char *text = NULL;
    FILE *file = open_memstream(&text, &size);
    unsigned i = 0;
    long long ts = 0;
    fputs("{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\"}\n", file);
    fprintf(file, "{\"i\":%u,\"ts\":0,\"ev\":\"loop\",\"op\":\"new\"}\n", ++i);
    fprintf(file,
            "{\"i\":%u,\"ts\":0,\"ev\":\"task\",\"task\":\"t1\",\"name\":\"main\",\"coroutine\":\"main\"}\n",
            ++i);
    for (int n = 1; n <= naps; n++) {
        fprintf(file, "{\"i\":%u,\"ts\":%lld,\"ev\":\"iteration\",\"n\":%d}\n", ++i, ts, n);
        fprintf(file, "{\"i\":%u,\"ts\":%lld,\"ev\":\"select\",\"timeout\":500000000}\n", ++i, ts);
        ts += uneven && n % 2 ? 1111000000 : 500000000;
        fprintf(file, "{\"i\":%u,\"ts\":%lld,\"ev\":\"selected\",\"n\":0}\n", ++i, ts);
        fprintf(file, "{\"i\":%u,\"ts\":%lld,\"ev\":\"batch\",\"n\":1}\n", ++i, ts);
        fprintf(file, "{\"i\":%u,\"ts\":%lld,\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"}\n", ++i, ts);
        ts += held && n == 1 ? 250000000 : 0;
        fprintf(
            file,
            "{\"i\":%u,\"ts\":%lld,\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\"}\n",
            ++i, ts);
    }
    fclose(file);
    Opened opened = open_bytes(text, size);
    free(text);
    return opened;
}

static void draw_wide(DrawList *list, const Opened *opened, int width)
{
    State state = {0};
    View view = view_of(width, 720, LANG_EN);
    view.i = history_count(opened->history);
    state_at(&state, opened->history, view.i);
    draw_clear(list);
    Scene scene = scene_of(&opened->lesson, &view, &state);
    scene_timeline(list, &scene, scene.layout.timeline);
    state_clear(&state);
}

static size_t count(const DrawList *list, const char *text)
{
    size_t found = 0;
    for (size_t k = 0; k < list->count; k++)
        found += list->items[k].op == DRAW_TEXT && strcmp(draw_string(list, &list->items[k]), text) == 0;
    return found;
}

/* The same width to a fraction of a pixel: what is written is no chance. */
static void boxes_of_one_width_are_all_told_alike(void **state)
{
    enum { NAPS = 11 };
    Opened opened = open_naps(NAPS, false, false);
    DrawList list = {.measure = fake_measure()};
    bool in_words = false, as_length = false;
    for (int width = 1024; width < 3000; width += 3) {
        draw_wide(&list, &opened, width);
        size_t words = count(&list, "idle 0.500 s"), lengths = count(&list, "0.500 s");
        assert_true((words == NAPS && lengths == 0) || (words == 0 && (lengths == NAPS || lengths == 0)));
        in_words = in_words || words > 0;
        as_length = as_length || lengths > 0;
    }
    assert_true(in_words && as_length);
    close_trace(&opened);
    draw_free(&list);
}

/* Most fonts have a slim one. */
static int slim_ones(void *context, Face face, int size, const char *text, size_t length)
{
    int width = fake_width(context, face, size, text, length);
    for (size_t k = 0; k < length; k++)
        width -= text[k] == '1' ? size / 4 : 0;
    return width;
}

static void it_does_not_depend_on_the_digits(void **state)
{
    enum { NAPS = 10 };
    Opened opened = open_naps(NAPS, true, false);
    DrawList list = {.measure = fake_measure()};
    list.measure.width = slim_ones;
    bool in_words = false, as_length = false;
    for (int width = 1024; width < 3000; width += 3) {
        draw_wide(&list, &opened, width);
        size_t words = count(&list, "idle 0.500 s"), lengths = count(&list, "0.500 s");
        assert_int_equal(count(&list, "idle 1.111 s"), words);
        assert_int_equal(count(&list, "1.111 s"), lengths);
        in_words = in_words || words > 0;
        as_length = as_length || lengths > 0;
    }
    assert_true(in_words && as_length);
    close_trace(&opened);
    draw_free(&list);
}

static void the_legend_names_the_boxes_that_are_there(void **state)
{
    DrawList list = {.measure = fake_measure()};
    for (int held = 0; held <= 1; held++) {
        Opened opened = open_naps(2, false, held);
        draw_wide(&list, &opened, 1600);
        assert_int_equal(count(&list, "idle"), 1);
        assert_int_equal(count(&list, "held"), held);
        assert_int_equal(count(&list, "blocked"), held);
        close_trace(&opened);
    }
    Opened none = open_naps(0, false, false);
    draw_wide(&list, &none, 1600);
    assert_int_equal(count(&list, "idle"), 0);
    close_trace(&none);
    draw_free(&list);
}

/* A hostile trace's clock makes gaps that no int can hold. */
static void a_gap_of_any_width_has_a_room(void **state)
{
    static const struct {
        double width;
        int room;
    } gaps[] = {{0, 0}, {-1, 0}, {12.9, 12}, {1e300, 1 << 20}, {INFINITY, 1 << 20}, {-INFINITY, 0}, {NAN, 0}};
    for (size_t k = 0; k < sizeof gaps / sizeof *gaps; k++)
        assert_int_equal(timeline_gap_room(&(ColumnGap){.width = gaps[k].width}), gaps[k].room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_of_one_width_are_all_told_alike),
        cmocka_unit_test(it_does_not_depend_on_the_digits),
        cmocka_unit_test(a_gap_of_any_width_has_a_room),
        cmocka_unit_test(the_legend_names_the_boxes_that_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
