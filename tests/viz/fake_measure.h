/*
 * fake_measure.h — letters of fixed widths, so that a picture's text form is the same on every machine: a
 * Latin byte is half as wide as the letters are high, any other character as wide as high, a line a quarter
 * higher.
 */
#ifndef TESTS_FAKE_MEASURE_H
#define TESTS_FAKE_MEASURE_H

#include "draw.h"

static inline int fake_width(void *context, Face face, int size, const char *text, size_t length)
{
    int halves = 0;
    (void)context, (void)face;
    for (size_t k = 0; k < length; k++) {
        unsigned char c = (unsigned char)text[k];
        halves += c < 0x80 ? 1 : (c & 0xc0) == 0x80 ? 0 : 2;
    }
    return halves * size / 2;
}

static inline int fake_height(void *context, Face face, int size)
{
    (void)context, (void)face;
    return size * 5 / 4;
}

static inline int fake_ascent(void *context, Face face, int size)
{
    (void)context, (void)face;
    return size;
}

static inline TextMeasure fake_measure(void)
{
    return (TextMeasure){fake_width, fake_height, NULL, fake_ascent};
}

#endif
