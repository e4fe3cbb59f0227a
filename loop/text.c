/*
 * text.c — texts that live as long as something else.
 *
 * text_format() cuts its texts from blocks of 4 KiB that belong to the running loop, and all of them go when
 * the loop goes: a lesson can pass texts around as freely as in Python and has nothing to free.
 */
#include "text.h"

#include "memory.h"
#include "scheduler.h"
#include "thread.h"

#include <stdio.h>
#include <string.h>

enum { BLOCK_SIZE = 4096 };

typedef struct TextBlock {
    struct TextBlock *next;
    size_t used, size;
    char bytes[];
} TextBlock;

typedef struct Definition {
    struct Definition *next;
    const char *function;
    int line;
} Definition;

typedef struct TrimmedName {
    struct TrimmedName *next;
    const char *function;
    const char *name;
} TrimmedName;

void *texts_take(Texts *texts, size_t size)
{
    size = (size + 15) & ~(size_t)15;
    TextBlock *block = texts->blocks;
    if (!block || block->size - block->used < size) {
        size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block = memory_allocate(sizeof *block + room);
        if (!block)
            return NULL;
        *block = (TextBlock){.next = texts->blocks, .size = room};
        texts->blocks = block;
    }
    char *start = block->bytes + block->used;
    block->used += size;
    return start;
}

char *texts_copy(Texts *texts, const char *text, size_t length)
{
    char *copy = texts_take(texts, length + 1);
    if (!copy)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void texts_join(Texts *texts, Texts *others)
{
    TextBlock **end = texts->blocks ? &texts->blocks->next : &texts->blocks;
    TextBlock *rest = *end;
    *end = others->blocks;
    while (*end)
        end = &(*end)->next;
    *end = rest;
    others->blocks = NULL;
}

void texts_free(Texts *texts)
{
    while (texts->blocks) {
        TextBlock *block = texts->blocks;
        texts->blocks = block->next;
        memory_free(block);
    }
}

static Definition *definition_of(const Listing *listing, const char *function)
{
    size_t length = name_length(function);
    for (Definition *definition = listing->definitions; definition; definition = definition->next)
        if (strncmp(definition->function, function, length) == 0 && !definition->function[length])
            return definition;
    return NULL;
}

void listing_define(Listing *listing, const char *function, int line)
{
    Definition *definition = definition_of(listing, function);
    if (!definition) {
        definition = texts_take(&listing->texts, sizeof *definition);
        const char *name = texts_copy(&listing->texts, function, name_length(function));
        if (!definition || !name)
            return; /* then its line is not known: the trace leaves it out */
        *definition = (Definition){.next = listing->definitions, .function = name};
        listing->definitions = definition;
    }
    definition->line = line;
}

int listing_line(const Listing *listing, const char *function)
{
    const Definition *definition = definition_of(listing, function);
    return definition ? definition->line : 0;
}

void listing_begin(Listing *listing, const char *name)
{
    listing->definitions = NULL;
    listing->name = texts_copy(&listing->texts, name, strlen(name));
}

size_t name_length(const char *function)
{
    size_t length = strcspn(function, "("); /* what CALL() was given is a whole call */
    bool trailing = length > 1 && function[length - 1] == '_' && function[length - 2] != '_';
    return trailing ? length - 1 : length; /* but __aexit__ is Python's own */
}

const char *listing_trim(Listing *listing, const char *function)
{
    size_t length = name_length(function);
    if (!function[length])
        return function;
    for (TrimmedName *trimmed = listing->names; trimmed; trimmed = trimmed->next)
        if (strcmp(trimmed->function, function) == 0)
            return trimmed->name;
    TrimmedName *trimmed = texts_take(&listing->texts, sizeof *trimmed);
    const char *name = texts_copy(&listing->texts, function, length);
    if (!trimmed || !name)
        return function;
    *trimmed = (TrimmedName){.next = listing->names, .function = function, .name = name};
    listing->names = trimmed;
    return name;
}

Texts *texts_here(void)
{
    thread_prepare();
    return thread.running ? &thread.running->texts : &thread.texts;
}

const char *text_format(const char *format, ...)
{
    Texts *texts = texts_here();
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : texts_take(texts, (size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text ? text : "(out of memory)";
}
