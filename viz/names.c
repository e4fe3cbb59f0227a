/*
 * names.c — fills the hash of a table of names (names.h).
 */
#include "names.h"

void names_init(Names *names, const char *const *table, size_t count)
{
    memset(names, 0, sizeof *names);
    names->table = table;
    for (size_t number = 1; number < count; number++) {
        if (table[number] == NULL)
            continue;
        size_t length = strlen(table[number]);
        unsigned h = names_hash(table[number], length);
        while (names->slot[h] != 0)
            h = (h + 1) % NAMES_SLOTS;
        names->slot[h] = (uint8_t)number;
        names->length[number] = (uint8_t)length;
    }
}
