/*
 * utf8.h — characters of a text that may be broken.
 */
#ifndef VIZ_UTF8_H
#define VIZ_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define UTF8_BROKEN 0xfffdu

/** Takes the character at *text, before `end`, and moves *text behind it. A broken byte is U+FFFD, alone. */
static inline uint32_t utf8_next(const char **text, const char *end)
{
    const unsigned char *s = (const unsigned char *)*text;
    size_t left = (size_t)(end - *text);
    (*text)++;
    if (s[0] < 0x80)
        return s[0];
    size_t more = s[0] >= 0xf0 ? 3 : s[0] >= 0xe0 ? 2 : 1;
    if (s[0] < 0xc2 || s[0] > 0xf4 || more >= left)
        return UTF8_BROKEN;
    uint32_t c = s[0] & (0x3fu >> more);
    for (size_t k = 1; k <= more; k++) {
        if ((s[k] & 0xc0) != 0x80)
            return UTF8_BROKEN;
        c = c << 6 | (s[k] & 0x3f);
    }
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return UTF8_BROKEN;
    *text += more;
    return c;
}

/** Writes a character, at most four bytes. @return how many */
static inline size_t utf8_put(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xc0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xe0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3f));
        to[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3f));
    to[2] = (char)(0x80 | (c >> 6 & 0x3f));
    to[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

#endif
