/*
 * Pixels: what the painter makes of single commands, and that it makes the same every time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paint.h"
#include "viz/picture_samples.h"

enum { W = 200, H = 120 };

static Fonts *fonts;
static Rgb colors[COLORS];

static DrawList new_list(void)
{
    return (DrawList){.measure = fonts_measure(fonts)};
}

static SDL_Surface *paint(const DrawList *list)
{
    SDL_Surface *picture = paint_picture(list, colors, fonts, W, H);
    assert_non_null(picture);
    return picture;
}

static uint32_t at(SDL_Surface *picture, int x, int y)
{
    return *(uint32_t *)((char *)picture->pixels + y * picture->pitch + 4 * x) & 0xffffff;
}

/** How many pixels are not of the ground. */
static int painted(SDL_Surface *picture)
{
    int count = 0;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            count += at(picture, x, y) != 0xffffff;
    return count;
}

static void a_fill_covers_its_rectangle_and_nothing_else(void **state)
{
    DrawList list = new_list();
    draw_fill(&list, rect(10, 20, 30, 40), 0, COLOR_TEXT, 255);
    SDL_Surface *picture = paint(&list);
    assert_int_equal(painted(picture), 30 * 40);
    assert_int_equal(at(picture, 10, 20), 0);
    assert_int_equal(at(picture, 39, 59), 0);
    SDL_FreeSurface(picture);
    draw_free(&list);
}

static void round_corners_are_smooth_and_alike(void **state)
{
    DrawList list = new_list();
    draw_fill(&list, rect(10, 10, 61, 41), 12, COLOR_TEXT, 255);
    SDL_Surface *picture = paint(&list);
    assert_int_equal(at(picture, 10, 10), 0xffffff);
    assert_int_equal(at(picture, 40, 10), 0);
    int shades = 0;
    for (int y = 0; y < 41; y++)
        for (int x = 0; x < 61; x++) {
            uint32_t color = at(picture, 10 + x, 10 + y);
            assert_int_equal(color, at(picture, 70 - x, 10 + y));
            assert_int_equal(color, at(picture, 10 + x, 50 - y));
            shades += color != 0 && color != 0xffffff;
        }
    assert_in_range(shades, 40, 140);
    SDL_FreeSurface(picture);
    draw_free(&list);
}

static void half_opaque_is_half_way(void **state)
{
    DrawList list = new_list();
    draw_fill(&list, rect(0, 0, 50, 50), 10, COLOR_TEXT, 128);
    SDL_Surface *picture = paint(&list);
    uint32_t inside = at(picture, 25, 25) & 0xff;
    assert_in_range(inside, 126, 128);
    SDL_FreeSurface(picture);
    draw_free(&list);
}

static void clips_nest_and_end(void **state)
{
    DrawList list = new_list();
    draw_clip(&list, rect(10, 10, 100, 100));
    draw_clip(&list, rect(50, 0, 200, 30));
    draw_fill(&list, rect(0, 0, W, H), 0, COLOR_TEXT, 255);
    draw_unclip(&list);
    draw_unclip(&list);
    draw_fill(&list, rect(0, 0, 1, 1), 0, COLOR_TEXT, 255);
    draw_unclip(&list); /* one too many does no harm */
    SDL_Surface *picture = paint(&list);
    assert_int_equal(painted(picture), 60 * 20 + 1);
    SDL_FreeSurface(picture);
    draw_free(&list);
}

static void clips_deeper_than_anyone_nests_do_no_harm(void **state)
{
    DrawList list = new_list();
    for (int k = 0; k < 100; k++)
        draw_clip(&list, rect(0, 0, W, H));
    draw_fill(&list, rect(0, 0, 5, 5), 0, COLOR_TEXT, 255);
    for (int k = 0; k < 100; k++)
        draw_unclip(&list);
    draw_clip(&list, rect(0, 0, 0, 0));
    draw_fill(&list, rect(0, 0, W, H), 0, COLOR_TEXT, 255);
    SDL_Surface *picture = paint(&list);
    assert_int_equal(painted(picture), 25);
    SDL_FreeSurface(picture);
    draw_free(&list);
}

static void stripes_begin_at_the_rectangles_origin(void **state)
{
    DrawList list = new_list();
    draw_hatch(&list, rect(3, 5, 150, 20), 4, COLOR_TEXT, 255);
    draw_hatch(&list, rect(10, 45, 150, 20), 4, COLOR_TEXT, 255);
    SDL_Surface *picture = paint(&list);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 150; x++)
            assert_int_equal(at(picture, 3 + x, 5 + y), at(picture, 10 + x, 45 + y));
    assert_int_not_equal(at(picture, 30, 15), at(picture, 36, 15));
    draw_clear(&list);
    draw_hatch(&list, rect(3, 5, 155, 20), 0, COLOR_TEXT, 255); /* and run through to the round ends */
    SDL_Surface *square = paint(&list);
    for (int x = 0; x < 150; x++)
        assert_int_equal(at(picture, 3 + x, 15), at(square, 3 + x, 15));
    SDL_FreeSurface(square);
    SDL_FreeSurface(picture);
    draw_free(&list);
}

static void a_frame_is_inside_its_rectangle(void **state)
{
    DrawList list = new_list();
    draw_frame(&list, rect(10, 10, 40, 30), 0, 2, COLOR_TEXT, 255);
    SDL_Surface *picture = paint(&list);
    assert_int_equal(painted(picture), 40 * 30 - 36 * 26);
    SDL_FreeSurface(picture);
    draw_clear(&list);
    draw_frame(&list, rect(10, 10, 40, 30), 8, 2, COLOR_TEXT, 255);
    picture = paint(&list);
    assert_int_equal(at(picture, 10, 25), 0);
    assert_int_equal(at(picture, 12, 25), 0xffffff);
    assert_int_equal(at(picture, 10, 10), 0xffffff);
    SDL_FreeSurface(picture);
    draw_free(&list);
}

static void a_line_is_as_long_forwards_as_backwards(void **state)
{
    DrawList list = new_list();
    draw_line(&list, 10, 20, 90, 70, 2, COLOR_TEXT, 255);
    SDL_Surface *forwards = paint(&list);
    draw_clear(&list);
    draw_line(&list, 90, 70, 10, 20, 2, COLOR_TEXT, 255);
    SDL_Surface *backwards = paint(&list);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            assert_int_equal(at(forwards, x, y), at(backwards, x, y));
    SDL_FreeSurface(forwards);
    SDL_FreeSurface(backwards);
    draw_free(&list);
}

static void a_curve_begins_and_ends_where_it_says(void **state)
{
    DrawList list = new_list();
    draw_curve(&list, 20, 10, 120, 100, 3, COLOR_TEXT, 255);
    SDL_Surface *picture = paint(&list);
    assert_int_equal(at(picture, 20, 12), 0);
    assert_int_equal(at(picture, 120, 98), 0);
    assert_int_equal(at(picture, 20, 60), 0xffffff);
    SDL_FreeSurface(picture);
    draw_free(&list);
}

static void the_same_list_gives_the_same_picture(void **state)
{
    DrawList list = new_list();
    draw_fill(&list, rect(5, 5, 90, 50), 9, COLOR_READY, 200);
    draw_text(&list, 10, 10, FACE_UI_BOLD, 20, COLOR_TEXT, "img1 的 sleep");
    draw_curve(&list, 20, 10, 120, 100, 3, COLOR_DONE, 255);
    draw_hatch(&list, rect(10, 60, 100, 20), 4, COLOR_WAITING, 90);
    SDL_Surface *a = paint(&list), *b = paint(&list);
    assert_memory_equal(a->pixels, b->pixels, (size_t)(a->pitch * a->h));
    SDL_FreeSurface(a);
    SDL_FreeSurface(b);
    draw_free(&list);
}

static void a_picture_is_scaled_to_its_rectangle(void **state)
{
    DrawList list = new_list();
    draw_picture(&list, rect(10, 10, 61, 20), PNG_GOOD, "good");
    SDL_Surface *picture = paint(&list);
    assert_int_equal(painted(picture), 61 * 20);
    assert_int_equal(at(picture, 10, 10), 0xff0000);
    assert_int_equal(at(picture, 39, 29), 0xff0000);
    assert_int_equal(at(picture, 40, 20), 0x800080); /* half of it is of either */
    assert_int_equal(at(picture, 41, 10), 0x0000ff);
    assert_int_equal(at(picture, 70, 29), 0x0000ff);
    SDL_FreeSurface(picture);
    draw_clear(&list);
    draw_picture(&list, rect(3, 4, 1, 1), PNG_GOOD, "good");
    picture = paint(&list);
    assert_int_equal(painted(picture), 1);
    assert_int_equal(at(picture, 3, 4), 0x800080);
    SDL_FreeSurface(picture);
    draw_free(&list);
}

static void what_is_no_picture_is_crossed_out(void **state)
{
    static const char *const bad[] = {PNG_DAMAGED, PNG_FLIPPED, PNG_BOMB, PNG_CUT, PNG_NONE, "", "===="};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        DrawList list = new_list();
        draw_picture(&list, rect(10, 10, 60, 40), bad[k], "bad");
        SDL_Surface *picture = paint(&list);
        assert_in_range(painted(picture), 100, 1000);
        assert_true(at(picture, 10, 10) != 0xffffff);
        assert_int_equal(at(picture, 40, 15), 0xffffff);
        SDL_FreeSurface(picture);
        draw_free(&list);
    }
}

static void thousands_of_different_texts_do_not_pile_up(void **state)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, W, H, 32, SDL_PIXELFORMAT_ARGB8888);
    SDL_Renderer *renderer = SDL_CreateSoftwareRenderer(surface);
    Painter *painter = painter_new(renderer, fonts);
    DrawList list = new_list();
    for (int k = 0; k < 20000; k++) {
        char text[16];
        snprintf(text, sizeof text, "%d", k);
        draw_clear(&list);
        draw_text(&list, 0, 0, FACE_UI, 12, COLOR_TEXT, text);
        painter_paint(painter, &list, colors);
    }
    SDL_RenderFlush(renderer);
    assert_true(at(surface, 3, 5) != 0 || painted(surface) > 0);
    painter_free(painter);
    SDL_DestroyRenderer(renderer);
    SDL_FreeSurface(surface);
    draw_free(&list);
}

static void a_png_is_written_whole_or_not_at_all(void **state)
{
    char folder[] = "/tmp/loopglass-png-XXXXXX", path[64];
    unsigned char head[8];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.png", folder);
    DrawList list = new_list();
    SDL_Surface *picture = paint(&list);
    assert_null(png_write(path, picture));
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(head, 1, 8, file), 8);
    fclose(file);
    assert_memory_equal(head, "\x89PNG\r\n\x1a\n", 8);
    unlink(path);
    assert_int_equal(mkdir(path, 0755), 0); /* what cannot be replaced */
    assert_non_null(strstr(png_write(path, picture), "a.png"));
    rmdir(path);
    assert_int_equal(rmdir(folder), 0); /* nothing temporary is left */
    SDL_FreeSurface(picture);
    draw_free(&list);
}

static void every_role_of_every_theme_has_a_value(void **state)
{
    for (int theme = 0; theme < THEMES; theme++)
        for (int c = 0; c < COLORS; c++) {
            Rgb color = theme_colors((Theme)theme)[c];
            if (color.r == 255 && color.g == 0 && color.b == 255)
                fail_msg("theme %d has no colour for %s", theme, color_name((Color)c));
        }
}

static int set_up(void **state)
{
    const char *problem;
    fonts = fonts_open(&problem);
    memset(colors, 0, sizeof colors);
    colors[COLOR_BACKGROUND] = (Rgb){255, 255, 255};
    return fonts ? 0 : -1;
}

static int tear_down(void **state)
{
    fonts_close(fonts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fill_covers_its_rectangle_and_nothing_else),
        cmocka_unit_test(round_corners_are_smooth_and_alike),
        cmocka_unit_test(half_opaque_is_half_way),
        cmocka_unit_test(clips_nest_and_end),
        cmocka_unit_test(clips_deeper_than_anyone_nests_do_no_harm),
        cmocka_unit_test(stripes_begin_at_the_rectangles_origin),
        cmocka_unit_test(a_frame_is_inside_its_rectangle),
        cmocka_unit_test(a_line_is_as_long_forwards_as_backwards),
        cmocka_unit_test(a_curve_begins_and_ends_where_it_says),
        cmocka_unit_test(the_same_list_gives_the_same_picture),
        cmocka_unit_test(a_picture_is_scaled_to_its_rectangle),
        cmocka_unit_test(what_is_no_picture_is_crossed_out),
        cmocka_unit_test(thousands_of_different_texts_do_not_pile_up),
        cmocka_unit_test(a_png_is_written_whole_or_not_at_all),
        cmocka_unit_test(every_role_of_every_theme_has_a_value),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
