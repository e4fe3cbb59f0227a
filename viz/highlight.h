/*
 * highlight.h — source as a reader likes it: syntax colours, and the loop's own pseudo-code.
 *
 * Colours are found line by line, so that a panel highlights only what it shows; what reaches over the end of
 * a line (a block comment, a triple-quoted string) is carried from one line to the next in an int.
 *
 *     int carry = 0;
 *     for each line:  n = highlight_line(line, length, SYNTAX_PYTHON, &carry, spans, HIGHLIGHT_SPANS);
 */
#ifndef VIZ_HIGHLIGHT_H
#define VIZ_HIGHLIGHT_H

#include "draw.h"
#include "history.h"
#include "lang.h"

typedef enum Syntax { SYNTAX_NONE, SYNTAX_PYTHON, SYNTAX_C } Syntax;

/** Bytes from … until of a line, in one colour. */
typedef struct HighlightSpan {
    uint32_t from, until;
    Color color;
} HighlightSpan;

/** Enough for any line that fits a panel; what a longer line has beyond them stays COLOR_TEXT. */
#define HIGHLIGHT_SPANS 128

/** The syntax of a trace's source, by its language ("python", "c"). */
Syntax highlight_syntax(const char *language);

/**
 * Cuts one line, without its newline, into spans that cover it from the first byte to the last.
 * @param carry what reaches in from the line before; 0 before the first line. Set for the next one
 * @param spans filled, at most `max` (the last one takes what is left)
 * @return how many
 */
size_t highlight_line(const char *line, size_t length, Syntax syntax, int *carry, HighlightSpan *spans,
                      size_t max);

/** The event loop's iteration as Python-like pseudo-code, comments in the language; the same lines in both.
 */
const char *highlight_loop_text(Language language);

typedef struct LineRange {
    uint32_t first, last; /* 0: none */
} LineRange;

/** Which of its lines the loop is at. */
LineRange highlight_loop_lines(const State *state);

#endif
