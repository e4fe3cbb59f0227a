/*
 * list.h — `looprun --list`.
 */
#ifndef LIST_H
#define LIST_H

#include <stdbool.h>

/** All lessons on stdout: a table by groups in the language of the locale, or JSON. Complains. */
bool list_lessons(bool json);

#endif
