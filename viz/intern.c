/*
 * intern.c — an arena of texts and an open-addressed table of their numbers.
 *
 *     arena:  [number][length] c h a r s \0   [number][length] …
 *     at[]:   number → chars                  slots[]: hash → number
 *
 * The number stands in front of the characters, so that a pointer alone is enough to store an event.
 */
#include "intern.h"

#include "arena.h"
#include "utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct TextHead {
    uint32_t number, length;
} TextHead;

struct Texts {
    Arena arena;
    const char **at; /* at[0] is NULL */
    size_t count, capacity;
    uint32_t *slots;
    size_t slot_count; /* a power of two */
};

static const TextHead *head_of(const char *text)
{
    return (const TextHead *)(const void *)(text - sizeof(TextHead));
}

static uint32_t hash_of(const char *bytes, size_t length)
{
    uint64_t hash = length * 0x9e3779b97f4a7c15u;
    for (; length >= 8; bytes += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        hash = (hash ^ word) * 0x9fb21c651e98df25u;
        hash ^= hash >> 29;
    }
    uint64_t word = 0;
    memcpy(&word, bytes, length);
    hash = (hash ^ word) * 0x9fb21c651e98df25u;
    return (uint32_t)(hash >> 32);
}

static bool is_utf8(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    while (bytes < end) {
        if ((unsigned char)*bytes < 0x80) {
            bytes++;
            continue;
        }
        const char *start = bytes;
        if (utf8_next(&bytes, end) == UTF8_BROKEN && bytes - start == 1)
            return false;
    }
    return true;
}

/* Keeps what is broken as U+FFFD: three bytes for one at worst. */
static const char *add_mended(Texts *texts, const char *bytes, size_t length)
{
    char *mended = malloc(length * 3);
    if (mended == NULL)
        return NULL;
    size_t size = 0;
    for (const char *s = bytes; s < bytes + length;)
        size += utf8_put(mended + size, utf8_next(&s, bytes + length));
    const char *kept = texts_add(texts, mended, size);
    free(mended);
    return kept;
}

static bool more_slots(Texts *texts)
{
    size_t count = texts->slot_count * 2;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t number = 1; number < texts->count; number++) {
        const char *text = texts->at[number];
        size_t h = hash_of(text, head_of(text)->length) & (count - 1);
        while (slots[h] != 0)
            h = (h + 1) & (count - 1);
        slots[h] = number;
    }
    free(texts->slots);
    texts->slots = slots;
    texts->slot_count = count;
    return true;
}

Texts *texts_new(void)
{
    Texts *texts = calloc(1, sizeof *texts);
    if (texts == NULL)
        return NULL;
    texts->slot_count = 64;
    texts->slots = calloc(texts->slot_count, sizeof *texts->slots);
    texts->at = array_grow(NULL, &texts->capacity, 1, sizeof *texts->at);
    if (texts->slots == NULL || texts->at == NULL) {
        texts_free(texts);
        return NULL;
    }
    texts->at[0] = NULL;
    texts->count = 1;
    return texts;
}

void texts_free(Texts *texts)
{
    if (texts == NULL)
        return;
    arena_free(&texts->arena);
    free(texts->slots);
    free(texts->at);
    free(texts);
}

const char *texts_add(Texts *texts, const char *bytes, size_t length)
{
    size_t h = hash_of(bytes, length) & (texts->slot_count - 1);
    for (; texts->slots[h] != 0; h = (h + 1) & (texts->slot_count - 1)) {
        const char *text = texts->at[texts->slots[h]];
        if (head_of(text)->length == length && memcmp(text, bytes, length) == 0)
            return text;
    }
    if (!is_utf8(bytes, length))
        return add_mended(texts, bytes, length);
    if (texts->count >= UINT32_MAX || length >= UINT32_MAX)
        return NULL;
    if (texts->count * 2 > texts->slot_count) {
        if (!more_slots(texts))
            return NULL;
        h = hash_of(bytes, length) & (texts->slot_count - 1);
        while (texts->slots[h] != 0)
            h = (h + 1) & (texts->slot_count - 1);
    }
    const char **at = array_grow(texts->at, &texts->capacity, texts->count + 1, sizeof *at);
    if (at == NULL)
        return NULL;
    texts->at = at;
    TextHead *head = arena_take(&texts->arena, sizeof *head + length + 1);
    if (head == NULL)
        return NULL;
    *head = (TextHead){(uint32_t)texts->count, (uint32_t)length};
    char *text = (char *)(head + 1);
    memcpy(text, bytes, length);
    text[length] = '\0';
    texts->at[texts->count] = text;
    texts->slots[h] = (uint32_t)texts->count++;
    return text;
}

uint32_t text_number(const char *text)
{
    return text != NULL ? head_of(text)->number : 0;
}

const char *texts_at(const Texts *texts, uint32_t number)
{
    return texts->at[number];
}

size_t texts_bytes(const Texts *texts)
{
    return texts->arena.bytes + texts->capacity * sizeof *texts->at +
           texts->slot_count * sizeof *texts->slots;
}
