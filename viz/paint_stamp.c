/*
 * paint_stamp.c — a hash table of textures with a list through it in order of last use.
 *
 *     buckets ──► stamp ──► stamp          newest ◄──► … ◄──► oldest: the first to go
 */
#include "paint_stamp.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 4096, MOST = 6000, MOST_PIXELS = 16 << 20 };

typedef struct Entry Entry;
struct Entry {
    Stamp stamp;
    StampKey key;
    uint64_t hash;
    Entry *next;          /* in its bucket */
    Entry *newer, *older; /* by use */
    size_t length;
    char text[];
};

struct Stamps {
    SDL_Renderer *renderer;
    Entry *buckets[BUCKETS];
    Entry *newest, *oldest;
    size_t count, pixels;
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

static uint64_t hash_key(const StampKey *key, const char *text, size_t length)
{
    uint64_t hash = mix((uint64_t)key->kind << 32 | key->rgb, length);
    hash = mix(hash, (uint64_t)(uint32_t)key->a << 32 | (uint32_t)key->b);
    hash = mix(hash, (uint64_t)(uint32_t)key->c << 32 | (uint32_t)key->d);
    for (; length > 0; text += 8) {
        uint64_t part = 0;
        size_t take = length < 8 ? length : 8;
        memcpy(&part, text, take);
        hash = mix(hash, part);
        length -= take;
    }
    return hash;
}

static bool same_key(const StampKey *a, const StampKey *b)
{
    return a->kind == b->kind && a->rgb == b->rgb && a->a == b->a && a->b == b->b && a->c == b->c &&
           a->d == b->d;
}

static void unlink_use(Stamps *stamps, Entry *entry)
{
    *(entry->newer ? &entry->newer->older : &stamps->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &stamps->oldest) = entry->newer;
}

static void link_newest(Stamps *stamps, Entry *entry)
{
    entry->newer = NULL;
    entry->older = stamps->newest;
    *(stamps->newest ? &stamps->newest->newer : &stamps->oldest) = entry;
    stamps->newest = entry;
}

static void drop(Stamps *stamps, Entry *entry)
{
    Entry **at = &stamps->buckets[entry->hash % BUCKETS];
    while (*at != entry)
        at = &(*at)->next;
    *at = entry->next;
    unlink_use(stamps, entry);
    stamps->count--;
    stamps->pixels -= (size_t)entry->stamp.w * (size_t)entry->stamp.h;
    if (entry->stamp.texture)
        SDL_DestroyTexture(entry->stamp.texture);
    free(entry);
}

/** Makes the texture; a stamp without pixels is remembered too. */
static void make_texture(Stamps *stamps, Entry *entry, StampMake *make, void *context)
{
    SDL_Surface *surface = make(context, &entry->key, entry->text, entry->length);
    if (!surface)
        return;
    entry->stamp.texture = SDL_CreateTextureFromSurface(stamps->renderer, surface);
    if (entry->stamp.texture) {
        SDL_SetTextureBlendMode(entry->stamp.texture, SDL_BLENDMODE_BLEND);
        entry->stamp.w = surface->w;
        entry->stamp.h = surface->h;
    }
    SDL_FreeSurface(surface);
}

Stamps *stamps_new(SDL_Renderer *renderer)
{
    Stamps *stamps = calloc(1, sizeof *stamps);
    if (stamps)
        stamps->renderer = renderer;
    return stamps;
}

void stamps_free(Stamps *stamps)
{
    if (!stamps)
        return;
    while (stamps->oldest)
        drop(stamps, stamps->oldest);
    free(stamps);
}

const Stamp *stamps_get(Stamps *stamps, const StampKey *key, const char *text, size_t length, StampMake *make,
                        void *context)
{
    uint64_t hash = hash_key(key, text, length);
    Entry **bucket = &stamps->buckets[hash % BUCKETS];
    for (Entry *entry = *bucket; entry; entry = entry->next) {
        if (entry->hash != hash || !same_key(&entry->key, key) || entry->length != length ||
            (length && memcmp(entry->text, text, length) != 0))
            continue;
        unlink_use(stamps, entry);
        link_newest(stamps, entry);
        return entry->stamp.texture ? &entry->stamp : NULL;
    }
    Entry *entry = calloc(1, sizeof *entry + length + 1);
    if (!entry)
        return NULL;
    entry->key = *key;
    entry->hash = hash;
    entry->length = length;
    if (length)
        memcpy(entry->text, text, length);
    make_texture(stamps, entry, make, context);
    entry->next = *bucket;
    *bucket = entry;
    link_newest(stamps, entry);
    stamps->count++;
    stamps->pixels += (size_t)entry->stamp.w * (size_t)entry->stamp.h;
    const Stamp *made = entry->stamp.texture ? &entry->stamp : NULL;
    while (stamps->oldest != entry && (stamps->count > MOST || stamps->pixels > MOST_PIXELS))
        drop(stamps, stamps->oldest); // NOLINT(clang-analyzer-unix.Malloc): drop() moves oldest on
    return made;
}
