/*
 * phrase.h — sentences from templates: "{task} waits for {future}" with its slots filled.
 *
 *     Phrase phrase = phrase_start(buffer, size, language);
 *     SAY(&phrase, "why.created", {"task", task}, {"by", by});
 *
 * A text that is put into a slot is shown as it is: marks of the markup (`code`, **bold**) in it are made
 * harmless, line breaks become spaces, and what is too long for a sentence is cut.
 */
#ifndef VIZ_PHRASE_H
#define VIZ_PHRASE_H

#include "lang.h"

#include <stddef.h>
#include <stdint.h>

typedef struct Phrase {
    char *buffer; /* always terminated */
    size_t size, length;
    Language language;
} Phrase;

/** The text that a {name} of a template stands for; NULL reads as "". A name here that begins with '+' says
 * that the text is markup itself and goes in as it is: {"+names", "**a**, **b**"}. */
typedef struct Slot {
    const char *name, *text;
} Slot;

Phrase phrase_start(char *buffer, size_t size, Language language);

/** Adds the template's sentence, with a space before it where the language has one. */
void phrase_say(Phrase *phrase, const char *key, const Slot *slots, size_t count);
#define SAY(phrase, key, ...)                                \
    phrase_say((phrase), (key), (const Slot[]){__VA_ARGS__}, \
               sizeof((const Slot[]){__VA_ARGS__}) / sizeof(Slot))

/** Adds text as it is. */
void phrase_add(Phrase *phrase, const char *text);

/** A number as a text, in a buffer of the caller's. */
typedef struct Number {
    char text[24];
} Number;
const char *number_text(int64_t number, Number *buffer);

#endif
