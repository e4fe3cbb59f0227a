/*
 * scene_words.c — the window's words: a text of the language file, with its {placeholders} filled.
 */
#include "scene_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The value of the placeholder called `name` (`length` bytes), or NULL. */
static const char *value_of(va_list pairs, const char *name, size_t length)
{
    const char *found = NULL;
    va_list copy;
    va_copy(copy, pairs);
    for (const char *key; !found && (key = va_arg(copy, const char *));) {
        const char *value = va_arg(copy, const char *);
        if (strlen(key) == length && memcmp(key, name, length) == 0)
            found = value;
    }
    va_end(copy);
    return found;
}

const char *scene_text(const Scene *scene, const char *key)
{
    return lang_text(scene->lang, key);
}

const char *scene_fill(const Scene *scene, char *buffer, size_t size, const char *key, ...)
{
    const char *text = scene_text(scene, key);
    size_t at = 0;
    va_list pairs;
    va_start(pairs, key);
    while (*text && at + 1 < size) {
        const char *end = *text == '{' ? strchr(text, '}') : NULL;
        const char *value = end ? value_of(pairs, text + 1, (size_t)(end - text - 1)) : NULL;
        if (value) {
            int n = snprintf(buffer + at, size - at, "%s", value);
            at = at + (size_t)n < size ? at + (size_t)n : size - 1;
            text = end + 1;
        } else {
            buffer[at++] = *text++;
        }
    }
    va_end(pairs);
    if (size)
        buffer[at] = 0;
    return buffer;
}

const char *scene_fill_n(const Scene *scene, char *buffer, size_t size, const char *key, const char *name,
                         int64_t n)
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)n);
    return scene_fill(scene, buffer, size, key, name, number, NULL);
}
