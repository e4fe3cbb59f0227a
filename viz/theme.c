/*
 * theme.c — a theme is a file that gives every colour role a value ("#rrggbb"); read once, when it is first
 * shown.
 *
 * The files are part of the program, so a missing one is a mistake of ours and not of the user: a role
 * without a value is a glaring magenta that no test overlooks.
 */
#include "theme.h"

#include "embedded.h"

#include <cjson/cJSON.h>
#include <stdio.h>

static const char *const files[THEMES] = {
    [THEME_LIGHT] = "assets/themes/light.json",
    [THEME_DARK] = "assets/themes/dark.json",
};

static Rgb parse_color(const char *text)
{
    unsigned value = 0;
    if (!text || sscanf(text, "#%6x", &value) != 1)
        return (Rgb){255, 0, 255};
    return (Rgb){(uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value};
}

static void read_theme(Theme theme, Rgb colors[COLORS])
{
    const Embedded *file = embedded_find(files[theme]);
    cJSON *json = file ? cJSON_ParseWithLength(file->data, file->size) : NULL;
    const cJSON *values = cJSON_GetObjectItemCaseSensitive(json, "colors");
    for (int c = 0; c < COLORS; c++) {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(values, color_name((Color)c));
        colors[c] = parse_color(cJSON_GetStringValue(value));
    }
    cJSON_Delete(json);
}

const Rgb *theme_colors(Theme theme)
{
    static Rgb colors[THEMES][COLORS];
    static bool known[THEMES];
    if (!known[theme]) {
        read_theme(theme, colors[theme]);
        known[theme] = true;
    }
    return colors[theme];
}
