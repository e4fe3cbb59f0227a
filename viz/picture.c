/*
 * picture.c — base64, and the outside of a PNG file: its signature, its head, its chunks with their check
 * sums.
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

/* The check sum of PNG's chunks: four bits at a time. */
static uint32_t crc_of(const char *data, size_t from, size_t count)
{
    static const uint32_t steps[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
                                       0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                       0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    uint32_t crc = UINT32_MAX;
    for (size_t k = from; k < from + count; k++) {
        crc ^= byte_at(data, k);
        crc = crc >> 4 ^ steps[crc & 15];
        crc = crc >> 4 ^ steps[crc & 15];
    }
    return ~crc;
}

/* Is there an IEND chunk, and are all chunks up to it whole? */
static PictureFault chunks_of(const char *data, size_t bytes)
{
    for (size_t at = SIGNATURE; bytes - at >= CHUNK;) {
        size_t size = number_at(data, at);
        if (size > bytes - at - CHUNK)
            return PICTURE_CUT;
        if (crc_of(data, at + 4, size + 4) != number_at(data, at + 8 + size))
            return PICTURE_DAMAGED;
        if (has_at(data, at + 4, "IEND", 4))
            return PICTURE_GOOD;
        at += CHUNK + size;
    }
    return PICTURE_CUT;
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
    look.bytes = data ? picture_bytes(data, length) : SIZE_MAX;
    if (look.bytes == SIZE_MAX) {
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
    if (look.width == 0 || look.height == 0)
        look.fault = PICTURE_NO_PNG;
    else if ((uint64_t)look.width * look.height > (uint64_t)PICTURE_MOST_PIXELS)
        look.fault = PICTURE_LARGE;
    else
        look.fault = chunks_of(data, look.bytes);
    return look;
}

const char *picture_fault_key(PictureFault fault)
{
    static const char *const keys[PICTURE_FAULTS] = {
        [PICTURE_NO_BASE64] = "picture.no-base64",
        [PICTURE_NO_PNG] = "picture.no-png",
        [PICTURE_CUT] = "picture.cut",
        [PICTURE_DAMAGED] = "picture.damaged",
        [PICTURE_LARGE] = "picture.large",
    };
    return keys[fault];
}
