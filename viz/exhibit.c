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

/* It is looked at once, here: every frame that shows it needs to know. */
static bool add_picture(ExhibitRecord *record, const Event *event)
{
    PictureLook look = picture_look(event->text2);
    return list_add(&record->looks, look.fault) && list_add(&record->looks, look.width) &&
           list_add(&record->looks, look.height) && list_add(&record->looks, (uint32_t)look.bytes) &&
           list_add(&record->pictures, event->i);
}

bool exhibit_add(History *history, const Event *event)
{
    if (event->text == NULL || (history->exhibit_count == MOST_NAMES && !is_known(history, event->text)))
        return true;
    ExhibitRecord *record = record_of(history, event->text);
    if (record == NULL)
        return false;
    return event->kind == EV_PICTURE ? add_picture(record, event) : list_add(&record->progress, event->i);
}

void exhibit_free(History *history)
{
    for (size_t k = 0; k < history->exhibit_count; k++) {
        free(history->exhibits[k].progress.items);
        free(history->exhibits[k].pictures.items);
        free(history->exhibits[k].looks.items);
    }
    free(history->exhibits);
}

size_t exhibit_bytes(const History *history)
{
    size_t bytes = history->exhibit_capacity * sizeof *history->exhibits;
    for (size_t k = 0; k < history->exhibit_count; k++) {
        const ExhibitRecord *record = &history->exhibits[k];
        bytes += (record->progress.capacity + record->pictures.capacity + record->looks.capacity) *
                 sizeof(uint32_t);
    }
    return bytes;
}

/* How many of them there are after event i. */
static size_t until(const List *events, uint32_t i)
{
    return events->count > 0 ? list_until(events, i) : 0;
}

size_t history_exhibits(const History *history)
{
    return history->exhibit_count;
}

Exhibit history_exhibit(const History *history, size_t k, uint32_t i)
{
    const ExhibitRecord *record = &history->exhibits[k];
    size_t pictures = until(&record->pictures, i), told = until(&record->progress, i);
    Exhibit exhibit = {.name = record->name};
    if (pictures > 0) {
        const uint32_t *look = &record->looks.items[4 * (pictures - 1)];
        exhibit.picture = record->pictures.items[pictures - 1];
        // cppcheck-suppress objectIndex; the items are an array
        exhibit.look = (PictureLook){(PictureFault)look[0], look[1], look[2], look[3]};
    }
    if (told > 0)
        exhibit.progress = record->progress.items[told - 1];
    if (exhibit.progress != 0) {
        Event event = pack_event(&history->pack, exhibit.progress);
        exhibit.done = event.n;
        exhibit.total = event.total;
    }
    return exhibit;
}
