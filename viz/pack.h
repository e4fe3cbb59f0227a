/*
 * pack.h — events in as few bytes as they need.
 *
 *     block of 64 events: first ts · where its words begin · where in them each event stands
 *     an event's words:   [kind, word, by, why, which fields] [ts after the block's first] field field …
 *
 * About 20 bytes an event instead of the 200 of an Event, and any event is found at once. A block that lasts
 * longer than 4 s keeps its times apart, in full.
 */
#ifndef VIZ_PACK_H
#define VIZ_PACK_H

#include "chain.h"
#include "intern.h"

#include <stdbool.h>

typedef struct Block {
    int64_t ts;      /* of its first event */
    int64_t *times;  /* all of them in full, or NULL */
    uint32_t first;  /* index of its first word */
    uint16_t at[64]; /* an event's first word, from there */
} Block;

typedef struct Pack {
    const Texts *texts; /* borrowed: what texts and chains are numbers of */
    const Chains *chains;
    Block *blocks;
    size_t block_capacity;
    uint32_t *words;
    size_t word_count, word_capacity;
    Id *ids; /* lists: [count][id]… */
    size_t id_count, id_capacity;
    uint32_t count; /* events */
    size_t time_bytes;
} Pack;

void pack_free(Pack *pack);
/** Takes in the next event, whatever its own number. @return false when out of memory or full */
bool pack_add(Pack *pack, const Event *event);
/** Event i, 1 … count. Its `ids` are valid until the next pack_add(). */
void pack_get(const Pack *pack, uint32_t i, Event *event);
Event pack_event(const Pack *pack, uint32_t i);
EventKind pack_kind(const Pack *pack, uint32_t i);
Word pack_word(const Pack *pack, uint32_t i);
int64_t pack_ts(const Pack *pack, uint32_t i);
/** Keeps a list of ids. @return its place, for pack_ids(); 0 when out of memory */
uint32_t pack_add_ids(Pack *pack, const Id *ids, size_t count);
const Id *pack_ids(const Pack *pack, uint32_t place, size_t *count);
/** Gives back what is in reserve. */
void pack_shrink(Pack *pack);
size_t pack_bytes(const Pack *pack);

#endif
