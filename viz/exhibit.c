/*
 * exhibit.c — what the program shows of its own: how far something is (`progress`), and pictures that it has.
 *
 * Both go by a name. For each one its events stand in two lists, so that the newest at any moment is found by
 * halving, however long the trace is.
 */
#include "arena.h"
#include "inside.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 64 }; /* no window shows more, and each one costs a look at all before it */

static ExhibitRecord *record_of(History *history, const char *name)
{
    for (size_t k = 0; k < history->exhibit_count; k++)
        if (history->exhibits[k].name == name) /* interned: equal names are equal pointers */
            return &history->exhibits[k];
    ExhibitRecord *all =
        array_grow(history->exhibits, &history->exhibit_capacity, history->exhibit_count + 1, sizeof *all);
    if (all == NULL)
        return NULL;
    history->exhibits = all;
    all[history->exhibit_count] = (ExhibitRecord){.name = name};
    return &all[history->exhibit_count++];
}

static bool is_known(const History *history, const char *name)
{
    for (size_t k = 0; k < history->exhibit_count; k++)
        if (history->exhibits[k].name == name)
            return true;
    return false;
}

bool exhibit_add(History *history, const Event *event)
{
    if (event->text == NULL || (history->exhibit_count == MOST_NAMES && !is_known(history, event->text)))
        return true;
    ExhibitRecord *record = record_of(history, event->text);
    if (record == NULL)
        return false;
    return list_add(event->kind == EV_PICTURE ? &record->pictures : &record->progress, event->i);
}

void exhibit_free(History *history)
{
    for (size_t k = 0; k < history->exhibit_count; k++) {
        free(history->exhibits[k].progress.items);
        free(history->exhibits[k].pictures.items);
    }
    free(history->exhibits);
}

static uint32_t newest(const List *events, uint32_t i)
{
    size_t count = events->count > 0 ? list_until(events, i) : 0;
    return count > 0 ? events->items[count - 1] : 0;
}

size_t history_exhibits(const History *history)
{
    return history->exhibit_count;
}

Exhibit history_exhibit(const History *history, size_t k, uint32_t i)
{
    const ExhibitRecord *record = &history->exhibits[k];
    Exhibit exhibit = {.name = record->name,
                       .progress = newest(&record->progress, i),
                       .picture = newest(&record->pictures, i)};
    if (exhibit.progress != 0) {
        Event event = pack_event(&history->pack, exhibit.progress);
        exhibit.done = event.n;
        exhibit.total = event.total;
    }
    return exhibit;
}
