/*
 * Only what has changed is painted, and nobody can tell.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "damage.h"
#include "document.h"
#include "paint.h"
#include "tween.h"

#define TRACE TESTS_DIR "/data/traces/02d_async_await.jsonl"

enum { WIDTH = 1280, HEIGHT = 720 };

static Rect parts[DAMAGE_MOST];

static size_t find(Damage *damage, const DrawList *list)
{
    return damage_find(damage, list, 0, WIDTH, HEIGHT, parts);
}

static void the_first_picture_is_painted_whole(void **state)
{
    Damage *damage = damage_new();
    DrawList list = {0};
    assert_int_equal(find(damage, &list), 1);
    assert_memory_equal(&parts[0], &((Rect){0, 0, WIDTH, HEIGHT}), sizeof(Rect));
    assert_int_equal(find(damage, &list), 0);
    assert_int_equal(damage_find(damage, &list, 1, WIDTH, HEIGHT, parts), 1); /* another theme */
    assert_int_equal(damage_find(damage, &list, 1, WIDTH, HEIGHT + 1, parts), 1);
    assert_int_equal(parts[0].h, HEIGHT + 1);
    damage_free(damage);
}

static void what_changes_lies_in_a_rectangle_and_what_stays_in_none(void **state)
{
    Damage *damage = damage_new();
    DrawList list = {0};
    for (int k = 0; k < 2; k++) {
        draw_clear(&list);
        draw_fill(&list, rect(0, 0, WIDTH, HEIGHT), 0, COLOR_BACKGROUND, 255);
        draw_fill(&list, rect(100 + k, 200, 10, 10), 0, COLOR_TEXT, 255);
        draw_fill(&list, rect(900, 600, 10, 10), 0, COLOR_TEXT, 255);
        assert_int_equal(find(damage, &list), 1);
    }
    assert_true(rect_has(parts[0], 100, 200) && rect_has(parts[0], 110, 209));
    assert_true(parts[0].w * parts[0].h < 200 * 200);
    draw_free(&list);
    damage_free(damage);
}

static void the_order_of_painting_counts(void **state)
{
    Damage *damage = damage_new();
    DrawList list = {0};
    for (int k = 0; k < 2; k++) {
        draw_clear(&list);
        draw_fill(&list, rect(8, 8, 10, 10), 0, k ? COLOR_TEXT : COLOR_MUTED, 255);
        draw_fill(&list, rect(8, 8, 10, 10), 0, k ? COLOR_MUTED : COLOR_TEXT, 255);
        assert_int_equal(find(damage, &list), 1);
    }
    draw_free(&list);
    damage_free(damage);
}

static void changes_all_over_the_window_are_few_rectangles(void **state)
{
    Damage *damage = damage_new();
    DrawList list = {0};
    for (int k = 0; k < 2; k++) {
        draw_clear(&list);
        for (int place = 0; place < 100; place++)
            draw_fill(&list, rect(place % 10 * 128, place / 10 * 128 + place % 2 * 64, 9, 9), 0,
                      k ? COLOR_TEXT : COLOR_MUTED, 255);
        size_t count = find(damage, &list);
        assert_in_range(count, 1, DAMAGE_MOST);
    }
    for (int place = 0; place < 100; place++) {
        bool held = place / 10 * 128 + place % 2 * 64 >= HEIGHT;
        for (size_t k = 0; k < DAMAGE_MOST && !held; k++)
            held = rect_has(parts[k], place % 10 * 128, place / 10 * 128 + place % 2 * 64);
        assert_true(held);
    }
    draw_free(&list);
    damage_free(damage);
}

/* -------------------------------------------------------------------------------------------- pixels ---- */

typedef struct Screen {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    Painter *painter;
} Screen;

static Screen open_screen(Fonts *fonts)
{
    Screen screen;
    screen.surface = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_ARGB8888);
    screen.renderer = SDL_CreateSoftwareRenderer(screen.surface);
    screen.painter = painter_new(screen.renderer, fonts);
    return screen;
}

static void close_screen(Screen *screen)
{
    painter_free(screen->painter);
    SDL_DestroyRenderer(screen->renderer);
    SDL_FreeSurface(screen->surface);
}

/** Every frame of the way through the trace, some of them in the middle of a motion. */
static void every_frame_is_the_same_as_if_all_of_it_were_painted(void **state)
{
    const char *problem;
    Fonts *fonts = fonts_open(&problem);
    Document *document = document_open(&(Opening){.source = TRACE}, LANG_ZH, &problem);
    if (!fonts || !document)
        skip();
    document_load(document, 10);
    const Lesson *lesson = document_lesson(document, LANG_ZH);
    Screen whole = open_screen(fonts), part = open_screen(fonts);
    Damage *damage = damage_new();
    Tween *tween = tween_new();
    DrawList scene = {.measure = fonts_measure(fonts)}, frame = {.measure = fonts_measure(fonts)};
    State scratch = {0};
    View view;
    view_init(&view);
    size_t painted = 0, frames = 0;
    for (int k = 0; k < 160; k++) {
        if (k == 100)
            view.theme = THEME_DARK;
        view_do(&view, lesson->history, lesson->beats, 0, k < 70 || k > 130 ? DO_FORWARD : DO_BACK, 0);
        if (k % 16 == 15)
            view_do(&view, lesson->history, lesson->beats, 0, DO_ZOOM_IN, -1);
        scene_lesson(&scene, lesson, &view, &scratch);
        tween_start(tween, &scene);
        for (int shown = 0; shown < 2; shown++, frames++) {
            tween_at(tween, shown ? 1 : 0.09, &frame);
            const Rgb *colors = theme_colors(view.theme);
            size_t count = damage_find(damage, &frame, (int)view.theme, WIDTH, HEIGHT, parts);
            for (size_t at = 0; at < count; at++) {
                painter_paint_part(part.painter, &frame, colors, parts[at]);
                painted += (size_t)parts[at].w * (size_t)parts[at].h;
            }
            SDL_RenderFlush(part.renderer);
            painter_paint(whole.painter, &frame, colors);
            SDL_RenderFlush(whole.renderer);
            if (memcmp(whole.surface->pixels, part.surface->pixels, (size_t)WIDTH * HEIGHT * 4) != 0)
                fail_msg("frame %d.%d differs", k, shown);
        }
    }
    assert_true(painted < frames * WIDTH * HEIGHT / 2);
    tween_free(tween);
    damage_free(damage);
    close_screen(&whole);
    close_screen(&part);
    state_clear(&scratch);
    draw_free(&scene);
    draw_free(&frame);
    document_free(document);
    fonts_close(fonts);
}

static void preparing_paints_nothing_and_ends(void **state)
{
    const char *problem;
    Fonts *fonts = fonts_open(&problem);
    if (!fonts)
        skip();
    Screen screen = open_screen(fonts);
    DrawList list = {.measure = fonts_measure(fonts)};
    draw_fill(&list, rect(0, 0, WIDTH, HEIGHT), 0, COLOR_TEXT, 255);
    draw_hatch(&list, rect(10, 10, 700, 30), 8, COLOR_WAITING, 255);
    draw_text(&list, 20, 60, FACE_UI, 30, COLOR_PANEL, "prepared");
    size_t at = 0;
    int slices = 0;
    while (!painter_prepare(screen.painter, &list, theme_colors(THEME_LIGHT), &at, 1e-9))
        assert_in_range(++slices, 1, 1000000);
    SDL_RenderFlush(screen.renderer);
    const uint32_t *pixels = screen.surface->pixels;
    for (size_t k = 0; k < (size_t)WIDTH * HEIGHT; k++)
        assert_int_equal(pixels[k], 0);
    close_screen(&screen);
    draw_free(&list);
    fonts_close(fonts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_picture_is_painted_whole),
        cmocka_unit_test(what_changes_lies_in_a_rectangle_and_what_stays_in_none),
        cmocka_unit_test(the_order_of_painting_counts),
        cmocka_unit_test(changes_all_over_the_window_are_few_rectangles),
        cmocka_unit_test(every_frame_is_the_same_as_if_all_of_it_were_painted),
        cmocka_unit_test(preparing_paints_nothing_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
