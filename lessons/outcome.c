/*
 * There are few outcomes and many runs: the sum tells most of them apart, the text decides.
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

bool outcomes_add(Outcomes *outcomes, const Record *record)
{
    for (size_t k = 0; k < outcomes->count; k++)
        if (outcome_is(&outcomes->items[k], record)) {
            outcomes->items[k].runs++;
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
    *outcomes = (Outcomes){0};
}
