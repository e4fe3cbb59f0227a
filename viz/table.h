/*
 * table.h — records by number: what is known of task 7, future 12, handle 40.
 *
 * Numbers count from 1 in a good trace and can be anything up to 2^24 in a bad one: pages of 4 096 records,
 * each made when its first number is met.
 */
#ifndef VIZ_TABLE_H
#define VIZ_TABLE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define TABLE_PAGE 4096u

typedef struct Table {
    char *pages[(1u << 24) / TABLE_PAGE];
    size_t record; /* bytes of one */
    size_t bytes;
} Table;

/** The record of a number below 2^24, or NULL when its page was never made. */
static inline void *table_find(const Table *table, uint32_t number)
{
    char *page = table->pages[number / TABLE_PAGE];
    return page != NULL ? page + number % TABLE_PAGE * table->record : NULL;
}

/** The same, all zero when it is new. @return NULL when out of memory */
static inline void *table_make(Table *table, uint32_t number)
{
    char **page = &table->pages[number / TABLE_PAGE];
    if (*page == NULL) {
        *page = calloc(TABLE_PAGE, table->record);
        if (*page == NULL)
            return NULL;
        table->bytes += TABLE_PAGE * table->record;
    }
    return *page + number % TABLE_PAGE * table->record;
}

static inline void table_free(Table *table)
{
    for (size_t k = 0; k < sizeof table->pages / sizeof table->pages[0]; k++)
        free(table->pages[k]);
}

#endif
