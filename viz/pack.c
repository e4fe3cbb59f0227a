/*
 * pack.c — an Event into words and back.
 *
 * Which fields an event has is a bit mask in its first word; the fields follow in the order of the bits. What
 * is zero is not stored.
 */
#include "pack.h"

#include "arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define PER_BLOCK 64u

/* The first word: kind 6 bits, word 5, by and why together 5, then a bit a field. */
enum {
    WORD_SHIFT = 6,
    BY_SHIFT = 11,
    HAS_SHIFT = 16,
    BYS = 6,  /* none, soon, timer, io, thread, other */
    WHYS = 4, /* none, start, yield, other */
};

static_assert(EV_KINDS <= 64 && WORDS <= 32 && BYS * WHYS <= 32, "the first word of an event is too narrow");

enum {
    HAS_HANDLE = 1 << 0,
    HAS_TASK = 1 << 1,
    HAS_FUTURE = 1 << 2,
    HAS_CALLBACK = 1 << 3,
    HAS_SOURCE = 1 << 4,
    HAS_COROUTINE = 1 << 5,
    HAS_ON = 1 << 6,
    HAS_N = 1 << 7,      /* its low word */
    HAS_HIGH_N = 1 << 8, /* its high word */
    HAS_LINE = 1 << 9,   /* progress, which has no lines: the low word of the total … */
    HAS_OTHER_LINE =
        1 << 10, /* task, coroutine: defined · progress: … and the high one · else the C program's
                  */
    HAS_TEXT = 1 << 11,
    HAS_TEXT2 = 1 << 12,
    HAS_TEXT3 = 1 << 13,
    HAS_CHAIN = 1 << 14,
    HAS_IDS = 1 << 15,
    MOST_WORDS = 2 + 16,
};

static_assert(MOST_WORDS * PER_BLOCK <= UINT16_MAX, "a block's words are too many for its index");

static uint32_t by_and_why(Word by, Word why)
{
    unsigned b = by == WORD_NONE ? 0 : by >= WORD_SOON && by <= WORD_THREAD ? 1u + by - WORD_SOON : BYS - 1;
    unsigned w = why == WORD_NONE                         ? 0
                 : why == WORD_START || why == WORD_YIELD ? 1u + why - WORD_START
                                                          : WHYS - 1;
    return b * WHYS + w;
}

static Word by_of(uint32_t both)
{
    uint32_t b = both / WHYS;
    return b == 0 ? WORD_NONE : b == BYS - 1 ? WORD_OTHER : (Word)(WORD_SOON + b - 1);
}

static Word why_of(uint32_t both)
{
    uint32_t w = both % WHYS;
    return w == 0 ? WORD_NONE : w == WHYS - 1 ? WORD_OTHER : (Word)(WORD_START + w - 1);
}

static bool has_defined(EventKind kind)
{
    return kind == EV_TASK || kind == EV_COROUTINE;
}

static uint32_t line_word(const Event *event)
{
    return event->kind == EV_PROGRESS ? (uint32_t)event->total : event->line;
}

static uint32_t other_line_word(const Event *event)
{
    if (event->kind == EV_PROGRESS)
        return (uint32_t)((uint64_t)event->total >> 32);
    return has_defined(event->kind) ? event->defined : event->c_line;
}

static uint32_t *put(uint32_t *to, uint32_t *has, uint32_t bit, uint32_t value)
{
    if (value == 0)
        return to;
    *has |= bit;
    *to = value;
    return to + 1;
}

/* Writes the event's words at `at`. @return behind them */
static uint32_t *put_event(uint32_t *at, const Event *event, uint32_t ids)
{
    uint32_t has = 0, *to = at + 2;
    to = put(to, &has, HAS_HANDLE, event->handle);
    to = put(to, &has, HAS_TASK, event->task);
    to = put(to, &has, HAS_FUTURE, event->future);
    to = put(to, &has, HAS_CALLBACK, event->callback);
    to = put(to, &has, HAS_SOURCE, event->source);
    to = put(to, &has, HAS_COROUTINE, event->coroutine);
    to = put(to, &has, HAS_ON, event->on);
    to = put(to, &has, HAS_N, (uint32_t)event->n);
    to = put(to, &has, HAS_HIGH_N, (uint32_t)((uint64_t)event->n >> 32));
    to = put(to, &has, HAS_LINE, line_word(event));
    to = put(to, &has, HAS_OTHER_LINE, other_line_word(event));
    to = put(to, &has, HAS_TEXT, text_number(event->text));
    to = put(to, &has, HAS_TEXT2, text_number(event->text2));
    to = put(to, &has, HAS_TEXT3, text_number(event->text3));
    to = put(to, &has, HAS_CHAIN, chain_number(event->chain));
    to = put(to, &has, HAS_IDS, ids);
    at[0] = (uint32_t)event->kind | (uint32_t)event->word << WORD_SHIFT |
            by_and_why(event->by, event->why) << BY_SHIFT | has << HAS_SHIFT;
    return to;
}

/* Turns a block's times into full ones: the offset of the event to come does not fit. */
static bool widen(Pack *pack, Block *block, uint32_t used)
{
    block->times = calloc(PER_BLOCK, sizeof *block->times);
    if (block->times == NULL)
        return false;
    pack->time_bytes += PER_BLOCK * sizeof *block->times;
    for (uint32_t k = 0; k < used; k++)
        block->times[k] = block->ts + pack->words[block->first + block->at[k] + 1];
    return true;
}

static Block *block_for_next(Pack *pack)
{
    uint32_t index = pack->count / PER_BLOCK;
    if (pack->count % PER_BLOCK != 0)
        return &pack->blocks[index];
    Block *blocks = array_grow(pack->blocks, &pack->block_capacity, (size_t)index + 1, sizeof *blocks);
    if (blocks == NULL)
        return NULL;
    pack->blocks = blocks;
    blocks[index] = (Block){.first = (uint32_t)pack->word_count};
    return &blocks[index];
}

static const uint32_t *words_of(const Pack *pack, uint32_t i, const Block **block)
{
    *block = &pack->blocks[(i - 1) / PER_BLOCK];
    return pack->words + (*block)->first + (*block)->at[(i - 1) % PER_BLOCK];
}

void pack_free(Pack *pack)
{
    for (uint32_t k = 0; k < (pack->count + PER_BLOCK - 1) / PER_BLOCK; k++)
        free(pack->blocks[k].times);
    free(pack->blocks);
    free(pack->words);
    free(pack->ids);
}

bool pack_add(Pack *pack, const Event *event)
{
    uint32_t place = 0, slot = pack->count % PER_BLOCK;
    if (pack->count == UINT32_MAX - 1 || pack->word_count + MOST_WORDS > UINT32_MAX)
        return false;
    uint32_t *words =
        array_grow(pack->words, &pack->word_capacity, pack->word_count + MOST_WORDS, sizeof *words);
    if (words == NULL)
        return false;
    pack->words = words;
    if (event->id_count != 0 && (place = pack_add_ids(pack, event->ids, event->id_count)) == 0)
        return false;
    Block *block = block_for_next(pack);
    if (block == NULL)
        return false;
    if (slot == 0)
        block->ts = event->ts;
    bool fits = event->ts >= block->ts && (uint64_t)event->ts - (uint64_t)block->ts <= UINT32_MAX;
    if (!fits && block->times == NULL && !widen(pack, block, slot))
        return false;
    if (block->times != NULL)
        block->times[slot] = event->ts;
    uint32_t *at = words + pack->word_count;
    block->at[slot] = (uint16_t)(pack->word_count - block->first);
    at[1] = fits ? (uint32_t)((uint64_t)event->ts - (uint64_t)block->ts) : 0;
    pack->word_count = (size_t)(put_event(at, event, place) - words);
    pack->count++;
    return true;
}

/* Where a field of one plain word goes. */
static const uint8_t word_fields[] = {
    offsetof(Event, handle), offsetof(Event, task),      offsetof(Event, future), offsetof(Event, callback),
    offsetof(Event, source), offsetof(Event, coroutine), offsetof(Event, on),
};

/* Texts, chains and lists: the fields from HAS_TEXT on, of which an event rarely has any. */
static void get_rest(const Pack *pack, Event *event, uint32_t has, const uint32_t *w)
{
    event->text = has & HAS_TEXT ? texts_at(pack->texts, *w++) : NULL;
    event->text2 = has & HAS_TEXT2 ? texts_at(pack->texts, *w++) : NULL;
    event->text3 = has & HAS_TEXT3 ? texts_at(pack->texts, *w++) : NULL;
    if (has & HAS_CHAIN)
        event->chain = chains_at(pack->chains, *w++, &event->chain_count);
    if (has & HAS_IDS)
        event->ids = pack_ids(pack, *w, &event->id_count);
}

/* Decoded in place: a returned struct would be written twice. */
void pack_get(const Pack *pack, uint32_t i, Event *event)
{
    const Block *block;
    const uint32_t *w = words_of(pack, i, &block);
    uint32_t has = w[0] >> HAS_SHIFT, both = w[0] >> BY_SHIFT & 31;
    memset(event, 0, sizeof *event);
    event->i = i;
    event->kind = (EventKind)(w[0] & 63);
    event->word = (Word)(w[0] >> WORD_SHIFT & 31);
    if (both != 0) {
        event->by = by_of(both);
        event->why = why_of(both);
    }
    event->ts = block->times != NULL ? block->times[(i - 1) % PER_BLOCK] : block->ts + w[1];
    w += 2;
    for (uint32_t bits = has & (HAS_N - 1); bits != 0; bits &= bits - 1)
        *(uint32_t *)(void *)((char *)event + word_fields[__builtin_ctz(bits)]) = *w++;
    if (has < HAS_N)
        return;
    uint64_t n = has & HAS_N ? *w++ : 0;
    n |= has & HAS_HIGH_N ? (uint64_t)*w++ << 32 : 0;
    event->n = (int64_t)n;
    event->line = has & HAS_LINE ? *w++ : 0;
    if (has & HAS_OTHER_LINE)
        *(has_defined(event->kind) ? &event->defined : &event->c_line) = *w++;
    if (event->kind == EV_PROGRESS) {
        event->total = (int64_t)((uint64_t)event->c_line << 32 | event->line);
        event->line = event->c_line = 0;
    }
    if (has >= HAS_TEXT)
        get_rest(pack, event, has, w);
}

Event pack_event(const Pack *pack, uint32_t i)
{
    Event event;
    pack_get(pack, i, &event);
    return event;
}

EventKind pack_kind(const Pack *pack, uint32_t i)
{
    const Block *block;
    return (EventKind)(words_of(pack, i, &block)[0] & 63);
}

Word pack_word(const Pack *pack, uint32_t i)
{
    const Block *block;
    return (Word)(words_of(pack, i, &block)[0] >> WORD_SHIFT & 31);
}

int64_t pack_ts(const Pack *pack, uint32_t i)
{
    const Block *block;
    const uint32_t *words = words_of(pack, i, &block);
    return block->times != NULL ? block->times[(i - 1) % PER_BLOCK] : block->ts + words[1];
}

uint32_t pack_add_ids(Pack *pack, const Id *ids, size_t count)
{
    size_t place = pack->id_count != 0 ? pack->id_count : 1;
    if (place + 1 + count > UINT32_MAX)
        return 0;
    Id *grown = array_grow(pack->ids, &pack->id_capacity, place + 1 + count, sizeof *grown);
    if (grown == NULL)
        return 0;
    pack->ids = grown;
    grown[place] = (Id)count;
    if (count != 0)
        memcpy(grown + place + 1, ids, count * sizeof *ids);
    pack->id_count = place + 1 + count;
    return (uint32_t)place;
}

const Id *pack_ids(const Pack *pack, uint32_t place, size_t *count)
{
    *count = pack->ids[place];
    return pack->ids + place + 1;
}

void pack_shrink(Pack *pack)
{
    size_t blocks = (pack->count + PER_BLOCK - 1) / PER_BLOCK;
    pack->blocks = array_shrink(pack->blocks, &pack->block_capacity, blocks, sizeof *pack->blocks);
    pack->words = array_shrink(pack->words, &pack->word_capacity, pack->word_count, sizeof *pack->words);
    pack->ids = array_shrink(pack->ids, &pack->id_capacity, pack->id_count, sizeof *pack->ids);
}

size_t pack_bytes(const Pack *pack)
{
    return pack->block_capacity * sizeof *pack->blocks + pack->word_capacity * sizeof *pack->words +
           pack->id_capacity * sizeof *pack->ids + pack->time_bytes;
}
