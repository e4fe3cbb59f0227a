/*
 * pictures.c — `pictures FOLDER` draws the lesson's pictures (landscape.h) and writes them there as PNG
 * files.
 */
#include "landscape.h"

#include <png.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    static unsigned char pixels[LANDSCAPE_WIDTH * LANDSCAPE_HEIGHT * 3];
    for (int k = 0; k < LANDSCAPES; k++) {
        char path[4096];
        png_image image = {.version = PNG_IMAGE_VERSION,
                           .width = LANDSCAPE_WIDTH,
                           .height = LANDSCAPE_HEIGHT,
                           .format = PNG_FORMAT_RGB};
        snprintf(path, sizeof path, "%s/%s", argc == 2 ? argv[1] : ".", landscape_names[k]);
        landscape_draw(k, pixels);
        if (!png_image_write_to_file(&image, path, 0, pixels, 0, NULL)) {
            fprintf(stderr, "pictures: cannot write %s: %s\n", path, image.message);
            return 1;
        }
    }
    return 0;
}
