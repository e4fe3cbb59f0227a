/*
 * words.h — what looprun says of what went wrong, in the reader's language.
 *
 * Messages stand in English where they are said; their Chinese is looked up by them. So a place that
 * complains reads as what it says, and a message without Chinese is said in English.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>

/** "zh" or "en": as LOOPGLASS_LANG says, which the window sets to its own, else the locale. */
const char *words_language(void);
/** The same in the reader's language: a message, its format or a part of it. */
const char *words(const char *english) __attribute__((format_arg(1)));
/** strerror() in the reader's language. */
const char *words_error(int number);

#endif
