/*
 * Most often there are few outcomes and many runs, but there may be as many as runs. They are found by the
 * sum of their output; the text decides.
 */
#include "outcome.h"

#include <stdlib.h>
#include <string.h>

static size_t kept(size_t length)
{
    return length < OUTPUT_MOST ? length : OUTPUT_MOST;
}

bool outcome_is(const Outcome *outcome, const Record *record)
{
    return outcome->sum == record->sum && outcome->length == record->length &&
           strcmp(outcome->ending, record->ending) == 0 &&
           memcmp(outcome->output, record->output, kept(record->length)) == 0;
}

static bool fill(Outcome *outcome, const Record *record)
{
    size_t size = record->change_count * sizeof *outcome->changes;
    *outcome = (Outcome){.runs = 1,
                         .changes = malloc(size + 1),
                         .change_count = record->change_count,
                         .ending = strdup(record->ending),
                         .output = malloc(kept(record->length) + 1),
                         .length = record->length,
                         .sum = record->sum};
    if (!outcome->changes || !outcome->ending || !outcome->output)
        return false;
    memcpy(outcome->changes, record->changes, size);
    memcpy(outcome->output, record->output, kept(record->length));
    outcome->output[kept(record->length)] = '\0';
    return true;
}

/* Where it stands in the table, or would. */
static uint32_t *place_of(const Outcomes *outcomes, const Record *record)
{
    size_t at = record->sum & outcomes->mask;
    while (outcomes->table[at] && !outcome_is(&outcomes->items[outcomes->table[at] - 1], record))
        at = (at + 1) & outcomes->mask;
    return &outcomes->table[at];
}

/* At most half of it is full. */
static bool make_room(Outcomes *outcomes)
{
    size_t size = outcomes->table ? outcomes->mask + 1 : 0;
    if (2 * outcomes->count < size)
        return true;
    size = size ? 2 * size : 64;
    uint32_t *table = calloc(size, sizeof *table);
    if (!table)
        return false;
    for (size_t k = 0; k < outcomes->count; k++) {
        size_t at = outcomes->items[k].sum & (size - 1);
        while (table[at])
            at = (at + 1) & (size - 1);
        table[at] = (uint32_t)(k + 1);
    }
    free(outcomes->table);
    outcomes->table = table;
    outcomes->mask = size - 1;
    return true;
}

bool outcomes_add(Outcomes *outcomes, const Record *record)
{
    if (!make_room(outcomes))
        return false;
    uint32_t *place = place_of(outcomes, record);
    if (*place) {
        outcomes->items[*place - 1].runs++;
        return true;
    }
    if (outcomes->count == outcomes->room) {
        size_t room = outcomes->room ? 2 * outcomes->room : 16;
        Outcome *items = realloc(outcomes->items, room * sizeof *items);
        if (!items)
            return false;
        outcomes->items = items;
        outcomes->room = room;
    }
    *place = (uint32_t)outcomes->count + 1;
    return fill(&outcomes->items[outcomes->count++], record);
}

void outcomes_free(Outcomes *outcomes)
{
    for (size_t k = 0; k < outcomes->count; k++) {
        free(outcomes->items[k].changes);
        free(outcomes->items[k].ending);
        free(outcomes->items[k].output);
    }
    free(outcomes->items);
    free(outcomes->table);
    *outcomes = (Outcomes){0};
}
