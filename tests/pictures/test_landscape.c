/*
 * The pictures in the lesson's folder are those that `pictures` draws, pixel by pixel.
 */
#include "landscape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <png.h>
#include <stdlib.h>
#include <string.h>

static void the_lessons_pictures_are_the_drawn_ones(void **state)
{
    static unsigned char drawn[LANDSCAPE_WIDTH * LANDSCAPE_HEIGHT * 3], read[sizeof drawn];
    for (int k = 0; k < LANDSCAPES; k++) {
        char path[4096];
        png_image image = {.version = PNG_IMAGE_VERSION};
        snprintf(path, sizeof path, "%s/lessons/10-pictures-sockets/%s", PROJECT_DIR, landscape_names[k]);
        assert_true(png_image_begin_read_from_file(&image, path));
        assert_int_equal(image.width, LANDSCAPE_WIDTH);
        assert_int_equal(image.height, LANDSCAPE_HEIGHT);
        image.format = PNG_FORMAT_RGB;
        assert_true(png_image_finish_read(&image, NULL, read, 0, NULL));
        landscape_draw(k, drawn);
        assert_memory_equal(read, drawn, sizeof drawn);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lessons_pictures_are_the_drawn_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
