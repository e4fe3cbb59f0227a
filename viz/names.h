/*
 * names.h — from a word to its number: the keys, kinds and words of the format.
 *
 * A fixed table of names and a small hash of it, built once. Number 0 is "no such name"; a NULL in the table
 * is a number without a name.
 */
#ifndef VIZ_NAMES_H
#define VIZ_NAMES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define NAMES_SLOTS 256 /* well above twice the longest table */

typedef struct Names {
    const char *const *table;
    uint8_t length[NAMES_SLOTS / 2]; /* by number */
    uint8_t slot[NAMES_SLOTS];       /* by hash: a number, or 0 */
} Names;

void names_init(Names *names, const char *const *table, size_t count);

static inline unsigned names_hash(const char *text, size_t length)
{
    unsigned first = (unsigned char)text[0], middle = (unsigned char)text[length / 2];
    unsigned last = (unsigned char)text[length - 1];
    return (first * 7 + middle * 31 + last * 57 + (unsigned)length * 13) % NAMES_SLOTS;
}

/* Names are short, and a call of memcmp() costs more than they do. */
static inline int names_same(const char *a, const char *b, size_t length)
{
    while (length > 0 && *a == *b) {
        a++;
        b++;
        length--;
    }
    return length == 0;
}

/** The number of a name, 0 when it is none of the table. */
static inline unsigned names_find(const Names *names, const char *text, size_t length)
{
    if (length == 0)
        return 0;
    for (unsigned h = names_hash(text, length); names->slot[h] != 0; h = (h + 1) % NAMES_SLOTS) {
        unsigned number = names->slot[h];
        if (names->length[number] == length && names_same(names->table[number], text, length))
            return number;
    }
    return 0;
}

#endif
