/*
 * trace_format.c — integers, ids, strings and bytes as JSON.
 */
#include "trace_format.h"

bool line_open(Line *line)
{
    if (LIKELY(line->text != NULL))
        return true;
    const size_t size = 2 * (size_t)LINE_ROOM;
    line->text = memory_allocate(size);
    line->end = line->text ? line->text + size : NULL;
    return line->text != NULL;
}

void line_free(Line *line)
{
    memory_free(line->text);
    *line = (Line){0};
}

Cursor cursor_grow(Cursor cursor, size_t size)
{
    Line *line = cursor.line;
    size_t length = (size_t)(cursor.at - line->text), capacity = (size_t)(line->end - line->text);
    while (capacity - length < size + LINE_ROOM)
        capacity *= 2;
    char *text = line->failed ? NULL : memory_resize(line->text, capacity);
    if (!text) {
        line->failed = true;
        cursor.at = line->text; /* what is put behind is for nothing, but has its room */
        return cursor;
    }
    line->text = text;
    line->end = text + capacity;
    cursor.at = text + length;
    return cursor;
}

/* ---------------------------------------------------------------------------------------------- numbers */

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
                            "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
                            "8081828384858687888990919293949596979899";

/* Exactly two, four, eight digits. */
static inline char *put_2(char *at, uint32_t number)
{
    memcpy(at, pairs + (size_t)number * 2, 2);
    return at + 2;
}

static inline char *put_4(char *at, uint32_t number)
{
    return put_2(put_2(at, number / 100), number % 100);
}

static inline char *put_8(char *at, uint32_t number)
{
    return put_4(put_4(at, number / 10000), number % 10000);
}

/* As many digits as it has; below 10 000. */
static inline char *put_small(char *at, uint32_t number)
{
    if (number >= 100) {
        at = put_small(at, number / 100);
        return put_2(at, number % 100);
    }
    if (number >= 10)
        return put_2(at, number);
    *at = (char)('0' + number);
    return at + 1;
}

char *put_digits(char *at, uint64_t number)
{
    enum { FOUR = 10000, EIGHT = 100000000 };
    if (LIKELY(number < FOUR))
        return put_small(at, (uint32_t)number);
    if (LIKELY(number < EIGHT))
        return put_4(put_small(at, (uint32_t)number / FOUR), (uint32_t)number % FOUR);
    return put_8(put_digits(at, number / EIGHT), (uint32_t)(number % EIGHT));
}

/* ---------------------------------------------------------------------------------------------- strings */

/* The length of the UTF-8 sequence at text, 0 when it is not one (overlong, surrogate, cut, beyond U+10FFFF).
 */
static size_t sequence(const unsigned char *text, size_t length)
{
    unsigned char lead = text[0];
    size_t size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (!size || size > length)
        return 0;
    for (size_t k = 1; k < size; k++)
        if ((text[k] & 0xc0) != 0x80)
            return 0;
    if ((lead == 0xe0 && text[1] < 0xa0) || (lead == 0xed && text[1] > 0x9f) ||
        (lead == 0xf0 && text[1] < 0x90) || (lead == 0xf4 && text[1] > 0x8f))
        return 0;
    return size;
}

static Cursor escape(Cursor cursor, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";
    switch (byte) {
    case '"':
        return put_literal(cursor, "\\\"");
    case '\\':
        return put_literal(cursor, "\\\\");
    case '\n':
        return put_literal(cursor, "\\n");
    case '\r':
        return put_literal(cursor, "\\r");
    case '\t':
        return put_literal(cursor, "\\t");
    case '\b':
        return put_literal(cursor, "\\b");
    case '\f':
        return put_literal(cursor, "\\f");
    default: {
        char code[] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
        return put_bytes(cursor, code, sizeof code);
    }
    }
}

static inline bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/* The same of eight bytes at once: each test leaves a bit of a byte that fails. */
static inline bool are_plain(uint64_t bytes)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x80 * ones;
    uint64_t quote = bytes ^ '"' * ones, slash = bytes ^ '\\' * ones;
    return !((bytes | (bytes - 0x20 * ones) | (quote - ones) | (slash - ones)) & high);
}

/* Copies what can stay as it is, eight bytes at a time. @return how many bytes that were */
static inline size_t put_plain(char *to, const char *text, size_t length)
{
    size_t at = 0;
    uint64_t eight;
    for (; length - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text + at, sizeof eight);
        if (UNLIKELY(!are_plain(eight)))
            break;
        memcpy(to + at, &eight, sizeof eight);
    }
    uint32_t four;
    if (length - at >= sizeof four) {
        memcpy(&four, text + at, sizeof four);
        if (are_plain((uint64_t)four << 32 | four)) {
            memcpy(to + at, &four, sizeof four);
            at += sizeof four;
        }
    }
    for (; at < length && is_plain((unsigned char)text[at]); at++)
        to[at] = text[at];
    return at;
}

Cursor put_string(Cursor cursor, const char *text, size_t length)
{
    enum { LONGEST_ESCAPE = 6 };
    const unsigned char *bytes = (const unsigned char *)text;
    cursor = cursor_room(cursor, length);
    if (UNLIKELY(cursor.line->failed))
        return cursor;
    *cursor.at++ = '"';
    for (size_t at = 0; at < length;) {
        size_t plain = put_plain(cursor.at, text + at, length - at);
        cursor.at += plain;
        at += plain;
        if (LIKELY(at == length))
            break;
        size_t size = bytes[at] < 0x80 ? 0 : sequence(bytes + at, length - at);
        if (size) {
            cursor = put_bytes(cursor, text + at, size);
            at += size;
            continue;
        }
        cursor = cursor_room(cursor, length - at + LONGEST_ESCAPE);
        if (cursor.line->failed)
            return cursor;
        cursor = bytes[at] < 0x80 ? escape(cursor, bytes[at]) : put_literal(cursor, "\xef\xbf\xbd");
        at++;
    }
    *cursor.at++ = '"';
    return cursor;
}

/* Three bytes are four digits of six bits each; what is missing in the last three is told by "=". */
Cursor put_base64(Cursor cursor, const void *data, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *bytes = data;
    cursor = cursor_room(cursor, size / 3 * 4 + 4);
    if (cursor.line->failed)
        return cursor;
    *cursor.at++ = '"';
    for (size_t at = 0; at < size; at += 3) {
        size_t left = size - at;
        uint32_t three = (uint32_t)bytes[at] << 16 | (left > 1 ? (uint32_t)bytes[at + 1] << 8 : 0) |
                         (left > 2 ? bytes[at + 2] : 0u);
        *cursor.at++ = digits[three >> 18];
        *cursor.at++ = digits[three >> 12 & 63];
        *cursor.at++ = left > 1 ? digits[three >> 6 & 63] : '=';
        *cursor.at++ = left > 2 ? digits[three & 63] : '=';
    }
    *cursor.at++ = '"';
    return cursor;
}
