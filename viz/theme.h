/*
 * theme.h — the values of the colour roles. assets/themes/light.json and dark.json, built in.
 */
#ifndef VIZ_THEME_H
#define VIZ_THEME_H

#include "draw.h"
#include "view.h"

typedef struct Rgb {
    uint8_t r, g, b;
} Rgb;

/** The colours of a theme, COLORS of them. */
const Rgb *theme_colors(Theme theme);

#endif
