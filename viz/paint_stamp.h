/*
 * paint_stamp.h — pieces of a picture that are drawn again and again: a text, a round corner, a stretch of
 * stripes.
 *
 * Each is a texture in its final colour, made when first needed, found by what it shows, and thrown away when
 * it has not been used for longest and there are too many. A steady frame makes none.
 */
#ifndef VIZ_PAINT_STAMP_H
#define VIZ_PAINT_STAMP_H

#include <SDL.h>
#include <stdbool.h>

/** What a stamp shows; all of it is compared, unused fields are 0. */
typedef struct StampKey {
    uint32_t kind; /* DrawOp, and which piece of it */
    uint32_t rgb;
    int32_t a, b, c, d; /* sizes, by kind */
} StampKey;

typedef struct Stamp {
    SDL_Texture *texture;
    int w, h;
} Stamp;

typedef struct Stamps Stamps;

/** Draws a stamp that is not there yet. @return NULL when it has no pixels or memory is out; else ours to
 * free */
typedef SDL_Surface *StampMake(void *context, const StampKey *key, const char *text, size_t length);

Stamps *stamps_new(SDL_Renderer *renderer);
void stamps_free(Stamps *stamps);
/** @param text part of the key where a stamp shows one, else NULL
 *  @return NULL when there is nothing to draw; valid until the next call of stamps_get */
const Stamp *stamps_get(Stamps *stamps, const StampKey *key, const char *text, size_t length, StampMake *make,
                        void *context);

#endif
