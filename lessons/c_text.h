/*
 * c_text.h — a C program as text: where its comments, its literals and its words end.
 */
#ifndef C_TEXT_H
#define C_TEXT_H

#include <stdbool.h>

/** The end of a comment or preprocessor line that begins at `at`; `at` itself when none does.
 * @param at_line_start nothing but blanks stands before it on its line */
const char *c_text_skipped(const char *at, bool at_line_start);
/** The end of the string or character that begins at `at`. */
const char *c_text_literal_end(const char *at);
/** Is it of a name or a number? */
bool c_text_in_word(char c);

#endif
