/*
 * trace_format.c — integers, ids, strings and bytes as JSON.
 */
#include "trace_format.h"

enum { LONGEST_INTEGER = 20 };

bool line_grow(Line *line, size_t size)
{
    size_t capacity = line->capacity ? line->capacity * 2 : 1024;
    while (capacity - line->length < size)
        capacity *= 2;
    char *text = line->failed ? NULL : memory_resize(line->text, capacity);
    if (!text) {
        line->failed = true;
        return false;
    }
    line->text = text;
    line->capacity = capacity;
    return true;
}

void line_free(Line *line)
{
    memory_free(line->text);
    *line = (Line){0};
}

/* Two digits at a time from the end. */
static char *digits_of(uint64_t number, char *end)
{
    static const char pairs[] =
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
        "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
        "8081828384858687888990919293949596979899";
    while (number >= 100) {
        end -= 2;
        memcpy(end, pairs + number % 100 * 2, 2);
        number /= 100;
    }
    if (number >= 10) {
        end -= 2;
        memcpy(end, pairs + number * 2, 2);
    } else {
        *--end = (char)('0' + number);
    }
    return end;
}

void line_integer(Line *line, int64_t number)
{
    char digits[LONGEST_INTEGER + 1];
    char *end = digits + sizeof digits;
    char *start = digits_of(number < 0 ? 0 - (uint64_t)number : (uint64_t)number, end);
    if (number < 0)
        *--start = '-';
    line_bytes(line, start, (size_t)(end - start));
}

void line_id(Line *line, char letter, uint32_t number)
{
    char digits[LONGEST_INTEGER];
    char *end = digits + sizeof digits;
    *--end = '"';
    char *start = digits_of(number, end);
    *--start = letter;
    *--start = '"';
    line_bytes(line, start, (size_t)(digits + sizeof digits - start));
}

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

static void escape(Line *line, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";
    switch (byte) {
    case '"':
        line_literal(line, "\\\"");
        break;
    case '\\':
        line_literal(line, "\\\\");
        break;
    case '\n':
        line_literal(line, "\\n");
        break;
    case '\r':
        line_literal(line, "\\r");
        break;
    case '\t':
        line_literal(line, "\\t");
        break;
    case '\b':
        line_literal(line, "\\b");
        break;
    case '\f':
        line_literal(line, "\\f");
        break;
    default: {
        char code[] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
        line_bytes(line, code, sizeof code);
    }
    }
}

void line_string(Line *line, const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    line_literal(line, "\"");
    size_t start = 0; /* of what can be copied as it is */
    size_t at = 0;
    while (at < length) {
        unsigned char byte = bytes[at];
        if (LIKELY(byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\')) {
            at++;
            continue;
        }
        size_t size = byte < 0x80 ? 0 : sequence(bytes + at, length - at);
        if (size) {
            at += size;
            continue;
        }
        line_bytes(line, text + start, at - start);
        if (byte < 0x80)
            escape(line, byte);
        else
            line_literal(line, "\xef\xbf\xbd");
        start = ++at;
    }
    line_bytes(line, text + start, at - start);
    line_literal(line, "\"");
}

/* Three bytes are four digits of six bits each; what is missing in the last three is told by "=". */
void line_base64(Line *line, const void *data, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *bytes = data;
    line_literal(line, "\"");
    for (size_t at = 0; at < size; at += 3) {
        size_t left = size - at;
        uint32_t three = (uint32_t)bytes[at] << 16 | (left > 1 ? (uint32_t)bytes[at + 1] << 8 : 0) |
                         (left > 2 ? bytes[at + 2] : 0u);
        char four[] = {digits[three >> 18], digits[three >> 12 & 63],
                       left > 1 ? digits[three >> 6 & 63] : '=', left > 2 ? digits[three & 63] : '='};
        line_bytes(line, four, sizeof four);
    }
    line_literal(line, "\"");
}
