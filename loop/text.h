/*
 * text.h — texts that live as long as something else: formatted messages, trimmed names, what is known about
 * the listing.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdarg.h>
#include <stddef.h>

/** Texts that are given back together. */
typedef struct Texts {
    struct TextBlock *blocks;
} Texts;

/** Those of the running loop; outside any loop, of the thread. */
Texts *texts_here(void);
/** Room that lives as long as these texts, for anything. @return NULL when out of memory */
void *texts_take(Texts *texts, size_t size);
/** @return NULL when out of memory */
char *texts_copy(Texts *texts, const char *text, size_t length);
/** The others live as long as these from now on. */
void texts_join(Texts *texts, Texts *others);
void texts_free(Texts *texts);

/** The listing's name and where its functions are defined, for repr() and the trace. */
typedef struct Listing {
    Texts texts;
    const char *name;
    struct Definition *definitions;
    struct TrimmedName *names;
} Listing;

void listing_define(Listing *listing, const char *function, int line);
/** @return the line of its def, 0 when not known */
int listing_line(const Listing *listing, const char *function);
/** Starts over, with this name. */
void listing_begin(Listing *listing, const char *name);
/** `main_` as "main": the length of a function's name without the underscore that C needs. */
size_t name_length(const char *function);
const char *listing_trim(Listing *listing, const char *function);

#endif
