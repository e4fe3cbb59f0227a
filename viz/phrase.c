/*
 * Templates with named slots, written into a buffer that is never overrun and never cut inside a character.
 */
#include "phrase.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/** What a slot takes at most, in bytes: a sentence stays a sentence. */
enum { SLOT_BYTES = 160, EDGES = 32 };

static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/** The part of text that fits into room bytes and ends with a whole character. */
static size_t fit(const char *text, size_t length, size_t room)
{
    if (length <= room)
        return length;
    while (room > 0 && is_inside_character(text[room]))
        room--;
    return room;
}

static void add(Phrase *phrase, const char *text, size_t length)
{
    if (phrase->size == 0)
        return;
    size_t taken = fit(text, length, phrase->size - 1 - phrase->length);
    memcpy(phrase->buffer + phrase->length, text, taken);
    phrase->length += taken;
    phrase->buffer[phrase->length] = '\0';
    if (taken < length)
        phrase->size = phrase->length + 1; /* what comes later is not put behind the gap */
}

/** A slot's text: one line, no markup of its own, not too long. Its last newline says nothing and is dropped.
 */
static void add_slot(Phrase *phrase, const char *text)
{
    size_t whole = strlen(text);
    while (whole > 0 && text[whole - 1] == '\n')
        whole--;
    size_t length = fit(text, whole, SLOT_BYTES), from = 0;
    for (size_t k = 0; k < length; k++) {
        const char *instead = text[k] == '\n'                                          ? " "
                              : text[k] == '`'                                         ? "'"
                              : text[k] == '*' && k + 1 < length && text[k + 1] == '*' ? "∗"
                                                                                       : NULL;
        if (!instead)
            continue;
        add(phrase, text + from, k - from);
        add(phrase, instead, strlen(instead));
        from = k + 1;
    }
    add(phrase, text + from, length - from);
    if (length < whole)
        add(phrase, "…", strlen("…"));
}

static bool is_markup(const Slot *slot)
{
    return slot->name[0] == '+';
}

static const Slot *find_slot(const Slot *slots, size_t count, const char *name, size_t length)
{
    for (size_t k = 0; k < count; k++) {
        const char *its = slots[k].name + is_markup(&slots[k]);
        if (strlen(its) == length && memcmp(its, name, length) == 0)
            return &slots[k];
    }
    return NULL;
}

/** A Chinese character or its punctuation begins with one of these bytes, of three. */
static bool is_chinese(const char *at)
{
    return (unsigned char)*at >= 0xe3 && (unsigned char)*at <= 0xe9;
}

/** The Chinese character that ends before this place, whatever bold marks stand between? */
static bool is_behind_chinese(const char *start, const char *at)
{
    while (at > start && at[-1] == '*')
        at--;
    return at - start >= 3 && is_chinese(at - 3);
}

static bool is_before_chinese(const char *at)
{
    return is_chinese(at + strspn(at, "*"));
}

/** Where a template's own spaces stand beside its slots, in order. */
typedef struct Edges {
    size_t at[EDGES];
    size_t count;
} Edges;

/** A piece of the template between two slots, which may stand in bold marks. */
static void add_plain(Phrase *phrase, Edges *edges, const char *text, size_t length)
{
    size_t from = phrase->length, first = 0, last = length;
    add(phrase, text, length);
    while (first < length && text[first] == '*')
        first++;
    while (last > first && text[last - 1] == '*')
        last--;
    if (phrase->length - from < length || edges->count + 2 > EDGES)
        return;
    if (first < last && text[first] == ' ')
        edges->at[edges->count++] = from + first;
    if (last > first + 1 && text[last - 1] == ' ')
        edges->at[edges->count++] = from + last - 1;
}

/** A template has spaces around its slots, for Latin in a Chinese text; between Chinese and Chinese they go.
 * Those inside a slot's text are the program's. */
static void close_up(Phrase *phrase, size_t from, const Edges *edges)
{
    size_t to = from, edge = 0;
    for (size_t k = from; k < phrase->length; k++) {
        const char *at = phrase->buffer + k;
        bool is_edge = edge < edges->count && edges->at[edge] == k;
        edge += is_edge;
        if (!is_edge || !is_behind_chinese(phrase->buffer, phrase->buffer + to) || !is_before_chinese(at + 1))
            phrase->buffer[to++] = *at;
    }
    phrase->buffer[to] = '\0';
    phrase->length = to;
}

Phrase phrase_start(char *buffer, size_t size, Language language)
{
    if (size > 0)
        buffer[0] = '\0';
    return (Phrase){.buffer = buffer, .size = size, .language = language};
}

void phrase_add(Phrase *phrase, const char *text)
{
    add(phrase, text, strlen(text));
}

void phrase_say(Phrase *phrase, const char *key, const Slot *slots, size_t count)
{
    if (phrase->language == LANG_EN && phrase->length > 0 && phrase->buffer[phrase->length - 1] != ' ')
        add(phrase, " ", 1);
    const char *template = lang_text(phrase->language, key);
    size_t from = phrase->length;
    Edges edges = {.count = 0};
    while (*template) {
        size_t plain = strcspn(template, "{");
        add_plain(phrase, &edges, template, plain);
        template += plain;
        size_t name = *template ? strcspn(template + 1, "}") : 0;
        if (*template == '\0')
            break;
        const Slot *slot = find_slot(slots, count, template + 1, name);
        const char *text = slot && slot->text ? slot->text : "";
        if (!slot)
            add(phrase, template, 1);
        else if (is_markup(slot))
            add(phrase, text, strlen(text));
        else
            add_slot(phrase, text);
        template += slot ? name + 2 : 1;
    }
    if (phrase->language == LANG_ZH && phrase->size > 0)
        close_up(phrase, from, &edges);
}

const char *number_text(int64_t number, Number *buffer)
{
    snprintf(buffer->text, sizeof buffer->text, "%" PRId64, number);
    return buffer->text;
}
