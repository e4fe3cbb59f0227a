/*
 * intern.h — texts kept once.
 *
 * Equal texts are equal pointers, stay where they are as long as the store lives, and have a small number
 * that an event can hold in 4 bytes. What goes in comes out as valid UTF-8: bytes that are none become
 * U+FFFD.
 */
#ifndef VIZ_INTERN_H
#define VIZ_INTERN_H

#include <stddef.h>
#include <stdint.h>

typedef struct Texts Texts;

/** @return NULL when out of memory */
Texts *texts_new(void);
void texts_free(Texts *texts);
/** @return the kept text, NULL when out of memory */
const char *texts_add(Texts *texts, const char *bytes, size_t length);
/** The number of a text that texts_add() gave; 0 for NULL. */
uint32_t text_number(const char *text);
/** The text of a number; NULL for 0. */
const char *texts_at(const Texts *texts, uint32_t number);
size_t texts_bytes(const Texts *texts);

#endif
