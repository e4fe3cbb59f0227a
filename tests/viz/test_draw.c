/*
 * The display list: what is put in comes out, in order; texts are cut at characters; the dump says it all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw.h"

/** Every byte that begins a character is half an em wide, those of three bytes an em. */
static int width(void *context, Face face, int size, const char *text, size_t length)
{
    int sum = 0;
    for (size_t k = 0; k < length; k++) {
        unsigned char c = (unsigned char)text[k];
        sum += (c & 0xc0) == 0x80 ? 0 : c >= 0xe3 ? size : size / 2;
    }
    return sum;
}

static int height(void *context, Face face, int size)
{
    return size + 4;
}

static DrawList new_list(void)
{
    return (DrawList){.measure = {width, height, NULL}};
}

static void commands_stand_in_the_order_in_which_they_came(void **state)
{
    DrawList list = new_list();
    for (int k = 0; k < 1000; k++)
        draw_fill(&list, rect(k, 0, 1, 1), 0, COLOR_TEXT, 255);
    assert_int_equal(list.count, 1000);
    for (int k = 0; k < 1000; k++)
        assert_int_equal(list.items[k].r.x, k);
    draw_free(&list);
}

static void what_has_no_area_is_not_drawn(void **state)
{
    DrawList list = new_list();
    draw_fill(&list, rect(0, 0, 0, 5), 0, COLOR_TEXT, 255);
    draw_hatch(&list, rect(0, 0, 5, -1), 0, COLOR_WAITING, 255);
    draw_frame(&list, rect(0, 0, 5, 5), 0, 0, COLOR_TEXT, 255);
    draw_text(&list, 0, 0, FACE_UI, 20, COLOR_TEXT, "");
    draw_text_cut(&list, 0, 0, 0, FACE_UI, 20, COLOR_TEXT, "text");
    assert_int_equal(list.count, 0);
    draw_free(&list);
}

static void a_text_tells_where_it_ends(void **state)
{
    DrawList list = new_list();
    assert_int_equal(draw_text(&list, 10, 0, FACE_UI, 20, COLOR_TEXT, "ab"), 30);
    assert_int_equal(draw_text(&list, 10, 0, FACE_UI, 20, COLOR_TEXT, "等待"), 50);
    assert_int_equal(list.items[0].r.w, 20);
    assert_int_equal(list.items[0].r.h, 24);
    draw_free(&list);
}

static void a_text_that_is_too_wide_is_cut_between_characters(void **state)
{
    static const char text[] = "a等b待c中d";
    DrawList list = new_list();
    for (int room = 0; room <= 110; room++) {
        draw_clear(&list);
        int end = draw_text_cut(&list, 0, 0, room, FACE_UI, 20, COLOR_TEXT, text);
        assert_in_range(end, 0, room);
        if (list.count == 0)
            continue;
        const Draw *item = &list.items[0];
        const char *shown = draw_string(&list, item);
        size_t kept = item->length;
        if (room >= 100) {
            assert_string_equal(shown, text);
            continue;
        }
        assert_string_equal(shown + item->length - 3, "…");
        kept -= 3;
        assert_memory_equal(shown, text, kept);
        assert_true(((unsigned char)text[kept] & 0xc0) != 0x80);
        /* no room is given away: one more character would not have fitted */
        size_t next = kept + 1;
        while (((unsigned char)text[next] & 0xc0) == 0x80)
            next++;
        assert_true(width(NULL, FACE_UI, 20, text, next) + 10 > room);
    }
    draw_free(&list);
}

static void a_text_is_aligned_in_its_rectangle(void **state)
{
    DrawList list = new_list();
    for (int align = -1; align <= 1; align++)
        draw_text_in(&list, rect(100, 100, 200, 44), align, FACE_UI, 20, COLOR_TEXT, "abcd");
    assert_int_equal(list.items[0].r.x, 100);
    assert_int_equal(list.items[1].r.x, 180);
    assert_int_equal(list.items[2].r.x, 260);
    assert_int_equal(list.items[0].r.y, 110);
    draw_free(&list);
}

static void the_last_hot_at_a_point_wins(void **state)
{
    DrawList list = new_list();
    draw_hot(&list, rect(0, 0, 100, 100), 1, 5, NULL);
    draw_hot(&list, rect(50, 50, 10, 10), 2, 6, "tip");
    assert_int_equal(draw_hot_at(&list, 55, 55)->action, 2);
    assert_string_equal(draw_tip(&list, draw_hot_at(&list, 55, 55)), "tip");
    assert_int_equal(draw_hot_at(&list, 60, 55)->action, 1);
    assert_null(draw_tip(&list, draw_hot_at(&list, 60, 55)));
    assert_null(draw_hot_at(&list, 100, 55));
    draw_free(&list);
}

static void the_dump_tells_every_command(void **state)
{
    DrawList list = new_list();
    draw_fill(&list, rect(0, 0, 10, 20), 4, COLOR_PANEL, 255);
    draw_dashed(&list, rect(1, 2, 3, 4), 0, 2, 5, COLOR_BORDER, 100);
    draw_clip(&list, rect(0, 0, 9, 9));
    draw_group(&list, (uint64_t)1 << 32 | 7, rect(1, 1, 2, 2));
    draw_text(&list, 3, 4, FACE_CODE_BOLD, 22, COLOR_ON_RUNNING, "say \"中\"\n");
    draw_ungroup(&list);
    draw_unclip(&list);
    draw_line(&list, 5, 5, 1, 9, 2, COLOR_MUTED, 255);
    draw_triangle(&list, rect(0, 0, 5, 5), 3, COLOR_TEXT, 255);
    draw_hatch(&list, rect(0, 0, 5, 5), 2, COLOR_WAITING, 255);
    draw_picture(&list, rect(1, 1, 8, 5), "AP9+", "sun");
    draw_hot(&list, rect(1, 2, 3, 4), 9, -1, "what it does");
    char *dump = draw_dump(&list);
    assert_string_equal(dump, "fill 0,0 10x20 panel radius 4\n"
                              "frame 1,2 3x4 border width 2 dash 5 alpha 100\n"
                              "clip 0,0 9x9\n"
                              "  group 1,1 2x2 key 1:7\n"
                              "    text 3,4 99x26 code-bold 22 on-running \"say \\\"中\\\"\\x0a\"\n"
                              "  ungroup\n"
                              "unclip\n"
                              "line 5,5 1,9 muted width 2\n"
                              "triangle 0,0 5x5 text turn 3\n"
                              "hatch 0,0 5x5 waiting radius 2\n"
                              "picture 1,1 8x5 \"sun\" of 3 bytes\n"
                              "hot 1,2 3x4 action 9 -1 \"what it does\"\n");
    free(dump);
    draw_free(&list);
}

static void a_copy_shows_the_same_and_a_change_does_not(void **state)
{
    DrawList a = new_list(), b = new_list();
    draw_text(&a, 0, 0, FACE_UI, 20, COLOR_TEXT, "one");
    draw_fill(&a, rect(0, 0, 5, 5), 0, COLOR_TEXT, 255);
    draw_hot(&a, rect(0, 0, 5, 5), 1, 1, "tip");
    assert_true(draw_copy(&b, &a));
    assert_true(draw_equal(&a, &b));
    assert_string_equal(draw_tip(&b, draw_hot_at(&b, 1, 1)), "tip");
    b.texts[b.items[0].text] = 'O';
    assert_false(draw_equal(&a, &b));
    draw_copy(&b, &a);
    b.items[1].alpha = 254;
    assert_false(draw_equal(&a, &b));
    draw_free(&a);
    draw_free(&b);
}

static void a_list_that_has_grown_allocates_no_more(void **state)
{
    DrawList list = new_list();
    const void *items = NULL, *texts = NULL;
    for (int round = 0; round < 3; round++) {
        draw_clear(&list);
        for (int k = 0; k < 3000; k++)
            draw_text(&list, k, k, FACE_UI, 20, COLOR_TEXT, "some text");
        if (round > 0)
            assert_true(items == list.items && texts == list.texts);
        items = list.items;
        texts = list.texts;
    }
    draw_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_stand_in_the_order_in_which_they_came),
        cmocka_unit_test(what_has_no_area_is_not_drawn),
        cmocka_unit_test(a_text_tells_where_it_ends),
        cmocka_unit_test(a_text_that_is_too_wide_is_cut_between_characters),
        cmocka_unit_test(a_text_is_aligned_in_its_rectangle),
        cmocka_unit_test(the_last_hot_at_a_point_wins),
        cmocka_unit_test(the_dump_tells_every_command),
        cmocka_unit_test(a_copy_shows_the_same_and_a_change_does_not),
        cmocka_unit_test(a_list_that_has_grown_allocates_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
