/*
 * picture.c — base64, and the outside of a PNG file: its signature, its head, its chunks up to the last one.
 *
 *     signature (8) · IHDR chunk: width, height, … · chunk · chunk · IEND chunk
 *     chunk: length (4) · name (4) · data · CRC (4)
 */
#include "picture.h"

#include <stdbool.h>
#include <string.h>

enum { SIGNATURE = 8, CHUNK = 12, HEAD = SIGNATURE + CHUNK + 13 };

/* The six bits of a digit; -1: none. */
static int digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

size_t picture_bytes(const char *data, size_t length)
{
    size_t digits = length;
    while (digits > 0 && length - digits < 2 && data[digits - 1] == '=')
        digits--;
    if (length % 4 != 0)
        return SIZE_MAX;
    for (size_t k = 0; k < digits; k++)
        if (digit(data[k]) < 0)
            return SIZE_MAX;
    return digits * 3 / 4;
}

/* Byte k; a digit of what is missing at the end counts as 0. */
static unsigned char byte_at(const char *data, size_t k)
{
    const char *four = data + k / 3 * 4;
    unsigned three = 0;
    for (int place = 0; place < 4; place++)
        three = three << 6 | (four[place] == '=' ? 0u : (unsigned)digit(four[place]));
    return (unsigned char)(three >> (16 - 8 * (k % 3)));
}

static uint32_t number_at(const char *data, size_t k)
{
    return (uint32_t)byte_at(data, k) << 24 | (uint32_t)byte_at(data, k + 1) << 16 |
           (uint32_t)byte_at(data, k + 2) << 8 | byte_at(data, k + 3);
}

static bool has_at(const char *data, size_t k, const char *bytes, size_t count)
{
    for (size_t n = 0; n < count; n++)
        if (byte_at(data, k + n) != (unsigned char)bytes[n])
            return false;
    return true;
}

void picture_decode(const char *data, size_t length, unsigned char *bytes)
{
    size_t count = picture_bytes(data, length);
    for (size_t k = 0; k < count; k++)
        bytes[k] = byte_at(data, k);
}

/* Is there an IEND chunk, and all of every chunk before it? */
static bool is_whole(const char *data, size_t bytes)
{
    for (size_t at = SIGNATURE; bytes - at >= CHUNK;) {
        size_t size = number_at(data, at);
        if (size > bytes - at - CHUNK)
            return false;
        if (has_at(data, at + 4, "IEND", 4))
            return true;
        at += CHUNK + size;
    }
    return false;
}

PictureLook picture_look(const char *data)
{
    PictureLook look = {.fault = PICTURE_NO_BASE64};
    size_t length = data ? strlen(data) : 0;
    if (length > (size_t)PICTURE_MOST_BYTES / 3 * 4 + 4) {
        look.fault = PICTURE_LARGE;
        look.bytes = length / 4 * 3;
        return look;
    }
    look.bytes = picture_bytes(data, length);
    if (!data || look.bytes == SIZE_MAX) {
        look.bytes = 0;
        return look;
    }
    look.fault = PICTURE_NO_PNG;
    if (look.bytes < SIGNATURE || !has_at(data, 0, "\x89PNG\r\n\x1a\n", SIGNATURE))
        return look;
    look.fault = PICTURE_CUT;
    if (look.bytes < HEAD || !has_at(data, SIGNATURE + 4, "IHDR", 4))
        return look;
    look.width = number_at(data, SIGNATURE + 8);
    look.height = number_at(data, SIGNATURE + 12);
    look.fault = look.width == 0 || look.height == 0                                  ? PICTURE_NO_PNG
                 : (uint64_t)look.width * look.height > (uint64_t)PICTURE_MOST_PIXELS ? PICTURE_LARGE
                 : !is_whole(data, look.bytes)                                        ? PICTURE_CUT
                                                                                      : PICTURE_GOOD;
    return look;
}

const char *picture_fault_key(PictureFault fault)
{
    static const char *const keys[PICTURE_FAULTS] = {
        [PICTURE_NO_BASE64] = "picture.no-base64",
        [PICTURE_NO_PNG] = "picture.no-png",
        [PICTURE_CUT] = "picture.cut",
        [PICTURE_LARGE] = "picture.large",
    };
    return keys[fault];
}
