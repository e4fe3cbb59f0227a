/*
 * Motion: groups go from where they were to where they are, in at most 300 ms, and may be interrupted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tween.h"

enum { LEFT_PANEL = 0, RIGHT_PANEL = 500 };

/** A picture with one card of that key at (x, 10), in the panel that begins at `panel`. */
static void picture(DrawList *list, int panel, int x, uint64_t key)
{
    draw_clear(list);
    draw_fill(list, rect(0, 0, 1000, 100), 0, COLOR_BACKGROUND, 255);
    draw_clip(list, rect(panel, 0, 500, 100));
    draw_group(list, key, rect(x, 10, 50, 50));
    draw_fill(list, rect(x, 10, 50, 50), 0, COLOR_READY, 200);
    draw_text(list, x + 5, 15, FACE_UI, 20, COLOR_TEXT, "card");
    draw_ungroup(list);
    draw_unclip(list);
    draw_fill(list, rect(0, 90, 10, 10), 0, COLOR_GRID, 255); /* painted later */
}

/** A picture with a strip at (x, 10), such as a playhead, that says nothing. */
static void bar(DrawList *list, int x)
{
    draw_clear(list);
    draw_clip(list, rect(0, 0, 500, 100));
    draw_group(list, 1, rect(x, 10, 4, 50));
    draw_fill(list, rect(x, 10, 4, 50), 0, COLOR_TEXT, 255);
    draw_ungroup(list);
    draw_unclip(list);
    draw_fill(list, rect(0, 90, 10, 10), 0, COLOR_GRID, 255); /* painted later */
}

/** The cards in a picture, in painting order. @return how many */
static int cards(const DrawList *list, Draw found[8])
{
    int count = 0;
    for (size_t k = 0; k < list->count && count < 8; k++)
        if (list->items[k].color == COLOR_READY)
            found[count++] = list->items[k];
    return count;
}

typedef struct Stage {
    Tween *tween;
    DrawList a, b, out;
} Stage;

static int set_up(void **state)
{
    Stage *stage = calloc(1, sizeof *stage);
    stage->tween = tween_new();
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    Stage *stage = *state;
    tween_free(stage->tween);
    draw_free(&stage->a);
    draw_free(&stage->b);
    draw_free(&stage->out);
    free(stage);
    return 0;
}

static void the_first_picture_does_not_move(void **state)
{
    Stage *s = *state;
    picture(&s->a, LEFT_PANEL, 100, 1);
    tween_start(s->tween, &s->a);
    assert_false(tween_at(s->tween, 0, &s->out));
    assert_true(draw_equal(&s->a, &s->out));
}

static void a_group_goes_from_its_old_place_to_the_new_one(void **state)
{
    Stage *s = *state;
    Draw found[8];
    picture(&s->a, LEFT_PANEL, 100, 1);
    picture(&s->b, LEFT_PANEL, 300, 1);
    tween_skip(s->tween, &s->a);
    tween_start(s->tween, &s->b);
    int last = 100;
    for (double t = 0; t < 0.25; t += 0.01) {
        assert_true(tween_at(s->tween, t, &s->out));
        assert_int_equal(cards(&s->out, found), 1);
        assert_in_range(found[0].r.x, last, 300);
        last = found[0].r.x;
        if (t == 0)
            assert_int_equal(last, 100);
    }
    assert_true(last > 290);
    assert_false(tween_at(s->tween, 0.3, &s->out));
    assert_true(draw_equal(&s->b, &s->out));
}

static void without_words_a_group_stays_behind_what_is_painted_later(void **state)
{
    Stage *s = *state;
    bar(&s->a, 100);
    bar(&s->b, 300);
    tween_skip(s->tween, &s->a);
    tween_start(s->tween, &s->b);
    assert_true(tween_at(s->tween, 0.05, &s->out));
    assert_int_equal(s->out.items[s->out.count - 1].color, COLOR_GRID);
}

static void a_lit_line_slides_below_the_lines_that_it_passes(void **state)
{
    Stage *s = *state;
    for (int k = 0; k < 2; k++) {
        DrawList *list = k ? &s->b : &s->a;
        draw_clip(list, rect(0, 0, 500, 500));
        draw_text(list, 0, 100, FACE_CODE, 20, COLOR_TEXT, "a line");
        draw_group(list, 1, rect(0, 50 + 200 * k, 500, 20));
        draw_fill(list, rect(0, 50 + 200 * k, 500, 20), 0, COLOR_LINE, 255);
        draw_ungroup(list);
        draw_unclip(list);
    }
    tween_skip(s->tween, &s->a);
    tween_start(s->tween, &s->b);
    assert_true(tween_at(s->tween, 0.05, &s->out));
    size_t lit = 0, text = 0;
    for (size_t k = 0; k < s->out.count; k++) {
        lit = s->out.items[k].color == COLOR_LINE ? k : lit;
        text = s->out.items[k].op == DRAW_TEXT ? k : text;
    }
    assert_int_equal(s->out.count, s->b.count);
    assert_int_equal(s->out.items[0].op, DRAW_CLIP);
    assert_true(lit < text);
}

/** The sheet under a card on its way: nothing shows through it. */
static void assert_on_a_sheet(const DrawList *list, const Draw *card)
{
    bool found = false;
    for (size_t k = 0; k < list->count; k++)
        found = found || (list->items[k].color == COLOR_PANEL && list->items[k].alpha == 255 &&
                          memcmp(&list->items[k].r, &card->r, sizeof card->r) == 0);
    assert_true(found);
}

static void with_words_it_passes_over_the_others_inside_its_panel(void **state)
{
    Stage *s = *state;
    Draw found[8];
    picture(&s->a, LEFT_PANEL, 100, 1);
    picture(&s->b, LEFT_PANEL, 300, 1);
    tween_skip(s->tween, &s->a);
    tween_start(s->tween, &s->b);
    tween_at(s->tween, 0.05, &s->out);
    assert_int_equal(cards(&s->out, found), 1);
    assert_on_a_sheet(&s->out, &found[0]);
    assert_int_equal(s->out.items[s->out.count - 1].op, DRAW_UNCLIP); /* last, and inside its clip */
    size_t clip = s->out.count;
    while (s->out.items[--clip].op != DRAW_CLIP) {
    }
    assert_int_equal(s->out.items[clip].r.w, 500);
}

static void a_group_that_changes_panels_is_painted_last_and_leaves_an_outline(void **state)
{
    Stage *s = *state;
    Draw found[8];
    picture(&s->a, LEFT_PANEL, 100, 1);
    picture(&s->b, RIGHT_PANEL, 700, 1);
    tween_skip(s->tween, &s->a);
    tween_start(s->tween, &s->b);
    tween_at(s->tween, 0.05, &s->out);
    assert_int_equal(cards(&s->out, found), 1);
    assert_in_range(found[0].r.x, 101, 699);
    assert_int_equal(found[0].alpha, 200);
    assert_on_a_sheet(&s->out, &found[0]);
    assert_int_equal(s->out.items[s->out.count - 1].op, DRAW_UNGROUP);
    int texts = 0, outlines = 0;
    for (size_t k = 0; k < s->out.count; k++) {
        const Draw *d = &s->out.items[k];
        texts += d->op == DRAW_TEXT; /* no words of the ghost's */
        outlines += d->op == DRAW_FRAME && d->dash > 0 && d->r.x == 100;
    }
    assert_int_equal(texts, 1);
    assert_int_equal(outlines, 1);
}

static void what_slides_along_a_row_outside_every_clip_stays_where_it_is_painted(void **state)
{
    Stage *s = *state;
    Draw found[8];
    for (int k = 0; k < 2; k++) {
        DrawList *list = k ? &s->b : &s->a;
        draw_group(list, 3, rect(10 + 90 * k, 0, 4, 100));
        draw_fill(list, rect(10 + 90 * k, 0, 4, 100), 0, COLOR_READY, 255);
        draw_ungroup(list);
        draw_fill(list, rect(0, 0, 9, 9), 0, COLOR_GRID, 255);
    }
    tween_skip(s->tween, &s->a);
    tween_start(s->tween, &s->b);
    assert_true(tween_at(s->tween, 0.05, &s->out));
    assert_int_equal(cards(&s->out, found), 1);
    assert_int_equal(s->out.count, 4);
    assert_int_equal(s->out.items[3].color, COLOR_GRID);
}

static void what_is_new_fades_in(void **state)
{
    Stage *s = *state;
    Draw found[8];
    picture(&s->a, LEFT_PANEL, 100, 1);
    picture(&s->b, LEFT_PANEL, 300, 2);
    tween_skip(s->tween, &s->a);
    tween_start(s->tween, &s->b);
    tween_at(s->tween, 0, &s->out);
    assert_int_equal(cards(&s->out, found), 1);
    assert_int_equal(found[0].alpha, 0);
    tween_at(s->tween, 0.1, &s->out);
    cards(&s->out, found);
    assert_in_range(found[0].alpha, 50, 199);
    assert_int_equal(found[0].r.x, 300);
}

static void the_next_step_starts_from_where_things_are(void **state)
{
    Stage *s = *state;
    Draw found[8];
    picture(&s->a, LEFT_PANEL, 100, 1);
    picture(&s->b, LEFT_PANEL, 300, 1);
    tween_skip(s->tween, &s->a);
    tween_start(s->tween, &s->b);
    tween_at(s->tween, 0.05, &s->out);
    cards(&s->out, found);
    int there = found[0].r.x;
    assert_in_range(there, 110, 290);
    tween_start(s->tween, &s->a); /* back again */
    tween_at(s->tween, 0, &s->out);
    cards(&s->out, found);
    assert_int_equal(found[0].r.x, there);
    tween_at(s->tween, 0.3, &s->out);
    assert_true(draw_equal(&s->a, &s->out));
}

static void a_picture_in_which_nothing_moved_is_still(void **state)
{
    Stage *s = *state;
    picture(&s->a, LEFT_PANEL, 100, 1);
    tween_skip(s->tween, &s->a);
    tween_start(s->tween, &s->a);
    assert_false(tween_at(s->tween, 0, &s->out));
    assert_true(draw_equal(&s->a, &s->out));
}

static void a_skip_is_there_at_once(void **state)
{
    Stage *s = *state;
    picture(&s->a, LEFT_PANEL, 100, 1);
    picture(&s->b, RIGHT_PANEL, 700, 1);
    tween_skip(s->tween, &s->a);
    tween_start(s->tween, &s->b);
    tween_skip(s->tween, &s->b);
    assert_false(tween_at(s->tween, 0, &s->out));
    assert_true(draw_equal(&s->b, &s->out));
    assert_true(tween_shows(s->tween, &s->b));
    assert_false(tween_shows(s->tween, &s->a));
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(the_first_picture_does_not_move),
        RULE(a_group_goes_from_its_old_place_to_the_new_one),
        RULE(without_words_a_group_stays_behind_what_is_painted_later),
        RULE(a_lit_line_slides_below_the_lines_that_it_passes),
        RULE(with_words_it_passes_over_the_others_inside_its_panel),
        RULE(a_group_that_changes_panels_is_painted_last_and_leaves_an_outline),
        RULE(what_slides_along_a_row_outside_every_clip_stays_where_it_is_painted),
        RULE(what_is_new_fades_in),
        RULE(the_next_step_starts_from_where_things_are),
        RULE(a_picture_in_which_nothing_moved_is_still),
        RULE(a_skip_is_there_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
