/*
 * Text: measured as it is rendered, aligned where it is code, and never a box for what is not meant to be
 * seen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "font.h"
#include "utf8.h"

static Fonts *fonts;

static int width(Face face, int size, const char *text)
{
    TextMeasure measure = fonts_measure(fonts);
    return measure.width(measure.context, face, size, text, strlen(text));
}

static int height(Face face, int size)
{
    TextMeasure measure = fonts_measure(fonts);
    return measure.height(measure.context, face, size);
}

static void a_run_is_rendered_as_high_as_measured_and_its_ink_fits(void **state)
{
    static const char *const texts[] = {"img1", "就绪队列", "img1 的 sleep(1) → 完成", "a", "fi ffl"};
    for (int face = 0; face < FACES; face++)
        for (int size = 11; size < 40; size += 7)
            for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
                SDL_Surface *run = fonts_render(fonts, (Face)face, size, texts[k], strlen(texts[k]));
                assert_non_null(run);
                assert_in_range(run->w - width((Face)face, size, texts[k]), 0, size / 2 + 4);
                for (int y = 0; y < run->h; y++) /* the last column is free: nothing was cut off */
                    assert_int_equal(((uint32_t *)((char *)run->pixels + y * run->pitch))[run->w - 1] >> 24,
                                     0);
                assert_int_equal(run->h, height((Face)face, size));
                SDL_FreeSurface(run);
            }
}

static void code_stands_in_columns_and_chinese_takes_two(void **state)
{
    for (int size = 15; size <= 44; size++) {
        int column = width(FACE_CODE, size, "x");
        assert_int_equal(width(FACE_CODE, size, "await asyncio.sleep(1)"), 22 * column);
        assert_int_equal(width(FACE_CODE, size, "print('下载完成')"), 9 * column + 4 * 2 * column);
        assert_int_equal(width(FACE_CODE_BOLD, size, "iiiiWWWW"), 8 * column);
    }
}

static void a_compiler_s_quotes_are_narrow(void **state)
{
    for (int size = 12; size <= 40; size += 2) {
        int column = width(FACE_CODE, size, "x");
        assert_in_range(width(FACE_CODE, size, "‘x’"), column + 2, 3 * column);
        assert_int_equal(width(FACE_CODE, size, "“x”"), 5 * column);
    }
}

static void a_line_of_chinese_is_as_high_as_one_of_english(void **state)
{
    SDL_Surface *english = fonts_render(fonts, FACE_UI, 20, "ready", 5);
    SDL_Surface *chinese = fonts_render(fonts, FACE_UI, 20, "就绪", 6);
    assert_int_equal(english->h, chinese->h);
    SDL_FreeSurface(english);
    SDL_FreeSurface(chinese);
}

static void what_is_not_meant_to_be_seen_is_no_box(void **state)
{
    assert_int_equal(width(FACE_UI, 20,
                           "a\xe2\x80\x8b"
                           "b"),
                     width(FACE_UI, 20, "ab")); /* zero width space */
    assert_int_equal(width(FACE_UI, 20, "a\tb"), width(FACE_UI, 20, "a b"));
    assert_int_equal(width(FACE_UI, 20, "\x01"), width(FACE_UI, 20, "\xef\xbf\xbd"));
    assert_int_equal(width(FACE_UI, 20, "\xff"), width(FACE_UI, 20, "\xef\xbf\xbd"));
    assert_int_equal(width(FACE_UI, 20, "\xf4\x8f\xbf\xbd"),
                     width(FACE_UI, 20, "\xef\xbf\xbd")); /* in no font */
}

static void a_long_run_is_whole(void **state)
{
    static char text[4001];
    memset(text, 'm', sizeof text - 1);
    int one = width(FACE_CODE, 20, "m");
    assert_int_equal(width(FACE_CODE, 20, text), 4000 * one);
}

static void broken_utf8_is_read_to_its_end(void **state)
{
    static const char *const texts[] = {"\xe4\xbd",         "\xc0\x80", "\xed\xa0\x80",
                                        "\xf5\x80\x80\x80", "\x80",     "a\xe4"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        const char *at = texts[k], *end = at + strlen(at);
        uint32_t last = 0;
        while (at < end)
            last = utf8_next(&at, end);
        assert_ptr_equal(at, end);
        assert_int_equal(last, UTF8_BROKEN);
    }
}

static void every_character_survives_being_written(void **state)
{
    static const uint32_t characters[] = {'a', 0x7f, 0x80, 0x7ff, 0x800, 0x4e2d, 0xffff, 0x10000, 0x10ffff};
    for (size_t k = 0; k < sizeof characters / sizeof *characters; k++) {
        char bytes[4];
        const char *at = bytes;
        size_t length = utf8_put(bytes, characters[k]);
        assert_int_equal(utf8_next(&at, bytes + length), characters[k]);
        assert_ptr_equal(at, bytes + length);
    }
}

static void many_sizes_may_be_used(void **state)
{
    for (int size = 4; size < 120; size++)
        assert_true(width(FACE_UI, size, "m") > 0);
    assert_true(width(FACE_UI, 4, "m") > 0);
    assert_true(width(FACE_UI, -3, "m") > 0);
}

static int set_up(void **state)
{
    const char *problem;
    fonts = fonts_open(&problem);
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
        cmocka_unit_test(a_run_is_rendered_as_high_as_measured_and_its_ink_fits),
        cmocka_unit_test(code_stands_in_columns_and_chinese_takes_two),
        cmocka_unit_test(a_compiler_s_quotes_are_narrow),
        cmocka_unit_test(a_line_of_chinese_is_as_high_as_one_of_english),
        cmocka_unit_test(what_is_not_meant_to_be_seen_is_no_box),
        cmocka_unit_test(a_long_run_is_whole),
        cmocka_unit_test(broken_utf8_is_read_to_its_end),
        cmocka_unit_test(every_character_survives_being_written),
        cmocka_unit_test(many_sizes_may_be_used),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
