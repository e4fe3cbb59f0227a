/*
 * scan.c — the fast way to read a line.
 *
 * It knows only what our writers write: one flat object, no spaces, whole numbers, arrays two deep. At
 * anything else it gives up without judging, and cJSON reads the line. It must never take what cJSON would
 * refuse.
 */
#include "fields.h"

#include "arena.h"
#include "utf8.h"

#include <stdlib.h>

// clang-format off
const char *const field_names[FIELDS] = {
    [FIELD_I] = "i",                 [FIELD_TS] = "ts",             [FIELD_EV] = "ev",
    [FIELD_SOURCE] = "source",       [FIELD_NAME] = "name",         [FIELD_LANGUAGE] = "language",
    [FIELD_TEXT] = "text",           [FIELD_OP] = "op",             [FIELD_N] = "n",
    [FIELD_TIMEOUT] = "timeout",     [FIELD_HANDLE] = "handle",     [FIELD_BY] = "by",
    [FIELD_WHAT] = "what",           [FIELD_TASK] = "task",         [FIELD_FUTURE] = "future",
    [FIELD_CALLBACK] = "callback",   [FIELD_WHY] = "why",           [FIELD_THROW] = "throw",
    [FIELD_SKIPPED] = "skipped",     [FIELD_STATE] = "state",       [FIELD_ON] = "on",
    [FIELD_VALUE] = "value",         [FIELD_CHAIN] = "chain",       [FIELD_WHEN] = "when",
    [FIELD_COROUTINE] = "coroutine", [FIELD_DEFINED] = "defined",   [FIELD_CREATED] = "created",
    [FIELD_OBJECT] = "object",       [FIELD_OF] = "of",             [FIELD_KIDS] = "kids",
    [FIELD_HOW] = "how",             [FIELD_COUNT] = "count",       [FIELD_MESSAGE] = "message",
    [FIELD_LINE] = "line",           [FIELD_FUNCTION] = "function", [FIELD_ALSO] = "also",
    [FIELD_FROM] = "from",           [FIELD_TO] = "to",             [FIELD_DONE] = "done",
    [FIELD_FD] = "fd",               [FIELD_DURATION] = "duration", [FIELD_TASKS] = "tasks", [FIELD_HELD] = "held",
    [FIELD_CODE] = "code",           [FIELD_NEVER_AWAITED] = "never_awaited",
    [FIELD_EXCEPTION] = "exception", [FIELD_LOOP] = "loop",         [FIELD_THREAD] = "thread",
    [FIELD_TOTAL] = "total",         [FIELD_DATA] = "data",
    [FIELD_RETURN_WHEN] = "return_when", [FIELD_LOCK] = "lock",
};
// clang-format on

#define DEEPEST 2 /* arrays in arrays */

/* Every step takes where it is and gives where it got to, NULL for "not mine". There is always a byte at p:
   the line's end is checked for before each, and the closing brace is the last byte. */
typedef struct Scan {
    Fields *fields;
    const char *end;
} Scan;

/* Which byte of eight has the lowest bit set, in the order of memory. */
static unsigned first_byte(uint64_t hit)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    unsigned k = 0;
    while ((hit >> (56 - 8 * k) & 0xff) == 0)
        k++;
    return k;
#else
    return (unsigned)__builtin_ctzll(hit) / 8;
#endif
}

/* The first byte at or after p that ends or interrupts a text: quote, backslash, control character. */
static const char *text_stop(const char *p, const char *end)
{
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    while (end - p >= 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        uint64_t quote = word ^ (ones * '"'), slash = word ^ (ones * '\\');
        uint64_t hit = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((word - ones * 0x20) & ~word);
        if ((hit &= highs) != 0)
            return p + first_byte(hit);
        p += 8;
    }
    while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20)
        p++;
    return p;
}

static const char *hex4(const char *p, const char *end, uint32_t *c)
{
    if (end - p < 4)
        return NULL;
    *c = 0;
    for (const char *stop = p + 4; p < stop; p++) {
        unsigned digit = (unsigned char)*p;
        if (digit >= '0' && digit <= '9')
            digit -= '0';
        else if ((digit | 32) >= 'a' && (digit | 32) <= 'f')
            digit = (digit | 32) - 'a' + 10;
        else
            return NULL;
        *c = *c << 4 | digit;
    }
    return p;
}

/* \u and what follows; a NUL or half a surrogate pair is cJSON's to judge. */
static const char *escaped_character(const char *p, const char *end, char **to)
{
    uint32_t c, low;
    p = hex4(p, end, &c);
    if (p == NULL || c == 0 || (c >= 0xdc00 && c < 0xe000))
        return NULL;
    if (c >= 0xd800 && c < 0xdc00) {
        if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
            return NULL;
        p = hex4(p + 2, end, &low);
        if (p == NULL || low < 0xdc00 || low >= 0xe000)
            return NULL;
        c = 0x10000 + ((c & 0x3ff) << 10 | (low & 0x3ff));
    }
    *to += utf8_put(*to, c);
    return p;
}

/* A text with escapes is written anew into the scratch, which holds any line: it only ever gets shorter. */
static const char *escaped_text(Scan *scan, const char *start, const char *p, Item *item)
{
    Fields *fields = scan->fields;
    char *to = fields->scratch + fields->scratch_used, *text = to;
    memcpy(to, start, (size_t)(p - start));
    to += p - start;
    while (p < scan->end && *p == '\\') {
        static const char plain[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
        if (scan->end - p < 2)
            return NULL;
        const char *found = p[1] != '\0' ? strchr(plain, p[1]) : NULL;
        if (found != NULL) {
            *to++ = meant[found - plain];
            p += 2;
        } else if (p[1] != 'u' || (p = escaped_character(p + 2, scan->end, &to)) == NULL) {
            return NULL;
        }
        const char *run = p;
        p = text_stop(p, scan->end);
        memcpy(to, run, (size_t)(p - run));
        to += p - run;
    }
    item->text = text;
    item->length = (uint32_t)(to - text);
    fields->scratch_used += item->length;
    return p;
}

static const char *scan_text(Scan *scan, const char *p, Item *item)
{
    const char *start = p;
    item->kind = VALUE_TEXT;
    p = text_stop(p, scan->end);
    item->text = start;
    item->length = (uint32_t)(p - start);
    if (p < scan->end && *p == '\\')
        p = escaped_text(scan, start, p, item);
    return p != NULL && p < scan->end && *p == '"' ? p + 1 : NULL;
}

/* At most 18 digits; the 19th is read to be seen, and nothing can overflow. */
static const char *scan_number(Scan *scan, const char *p, Item *item)
{
    bool minus = *p == '-';
    const char *digits = p += minus;
    uint64_t number = 0;
    while (p < scan->end && p - digits <= 18 && (unsigned char)(*p - '0') <= 9)
        number = number * 10 + (unsigned char)(*p++ - '0');
    if (p == digits || p - digits > 18 || (*digits == '0' && p - digits > 1))
        return NULL;
    item->kind = VALUE_NUMBER;
    item->number = minus ? -(int64_t)number : (int64_t)number;
    return p;
}

static const char *scan_word(Scan *scan, const char *p, const char *word, ValueKind kind, Item *item)
{
    size_t length = strlen(word);
    if ((size_t)(scan->end - p) < length || memcmp(p, word, length) != 0)
        return NULL;
    item->kind = kind;
    return p + length;
}

static const char *scan_value(Scan *scan, const char *p, Item *item, int depth);

static const char *scan_array(Scan *scan, const char *p, Item *item, int depth)
{
    size_t first = scan->fields->item_count;
    if (depth == DEEPEST)
        return NULL;
    if (p < scan->end && *p == ']') {
        p++;
    } else {
        for (char next = ','; next == ',';) {
            size_t place = scan->fields->item_count;
            Item one = {0};
            if (fields_item(scan->fields) == NULL || p >= scan->end ||
                (p = scan_value(scan, p, &one, depth + 1)) == NULL || p >= scan->end)
                return NULL;
            scan->fields->items[place] = one;
            next = *p++;
            if (next != ',' && next != ']')
                return NULL;
        }
    }
    item->kind = VALUE_ARRAY;
    item->number = (int64_t)first;
    item->length = (uint32_t)(scan->fields->item_count - first);
    return p;
}

static const char *scan_value(Scan *scan, const char *p, Item *item, int depth)
{
    switch (*p) {
    case '"':
        return scan_text(scan, p + 1, item);
    case '[':
        return scan_array(scan, p + 1, item, depth);
    case 't':
        return scan_word(scan, p, "true", VALUE_TRUE, item);
    case 'f':
        return scan_word(scan, p, "false", VALUE_FALSE, item);
    case 'n':
        return scan_word(scan, p, "null", VALUE_NULL, item);
    default:
        return scan_number(scan, p, item);
    }
}

void fields_init(Fields *fields)
{
    memset(fields, 0, sizeof *fields);
    names_init(&fields->keys, field_names, FIELDS);
}

void fields_free(Fields *fields)
{
    free(fields->items);
    free(fields->scratch);
}

Item *fields_item(Fields *fields)
{
    Item *items = array_grow(fields->items, &fields->item_capacity, fields->item_count + 1, sizeof *items);
    if (items == NULL) {
        fields->failed = true;
        return NULL;
    }
    fields->items = items;
    return &items[fields->item_count++];
}

/* The writers put their keys in the same order every time: the one that came last time is tried first.
   @return behind the key and its colon; NULL when there is none */
static const char *scan_key(Scan *scan, const char *p, unsigned last, unsigned *field)
{
    Names *keys = &scan->fields->keys;
    unsigned guess = scan->fields->after[last];
    size_t left = (size_t)(scan->end - p), length = keys->length[guess];
    if (guess != FIELD_NONE && left > length + 3 && p[0] == '"' && p[length + 1] == '"' &&
        p[length + 2] == ':' && names_same(p + 1, keys->table[guess], length)) {
        *field = guess;
        return p + length + 3;
    }
    if (p >= scan->end || *p != '"')
        return NULL;
    const char *key = p + 1;
    p = text_stop(key, scan->end);
    if (scan->end - p < 3 || p[0] != '"' || p[1] != ':')
        return NULL;
    *field = names_find(keys, key, (size_t)(p - key));
    scan->fields->after[last] = (uint8_t)*field;
    return p + 2;
}

bool scan_line(Fields *fields, const char *line, size_t length)
{
    Scan scan = {fields, line + length};
    fields->present = 0;
    fields->item_count = 0;
    fields->scratch_used = 0;
    char *scratch = array_grow(fields->scratch, &fields->scratch_size, length, 1);
    if (scratch == NULL) {
        fields->failed = true;
        return false;
    }
    fields->scratch = scratch;
    if (length < 2 || line[0] != '{' || line[length - 1] != '}')
        return false;
    const char *p = line + 1;
    unsigned field = FIELD_NONE;
    for (char next = ','; next == ',';) {
        p = scan_key(&scan, p, field, &field);
        if (p == NULL)
            return false;
        Item ignored = {0};
        bool wanted = field != FIELD_NONE && !fields_has(fields, (Field)field);
        p = scan_value(&scan, p, wanted ? &fields->of[field] : &ignored, 0);
        if (p == NULL || p >= scan.end)
            return false;
        if (wanted)
            fields->present |= (uint64_t)1 << field;
        next = *p++;
    }
    return p == scan.end && p[-1] == '}';
}
