/*
 * The loop's own pseudo-code and where in it the loop stands.
 *
 * The text is an asset in each language, line for line the same; the table below names the lines of its
 * parts.
 */
#include "highlight.h"

#include "embedded.h"

/** The parts of assets/loop.*.py.txt, by line. */
static const struct {
    LineRange timeout, select, timers, next, run, check;
} lines = {
    /* clang-format off */
    .timeout = { 3,  9},
    .select  = {10, 11},
    .timers  = {13, 15},
    .next    = {17, 19},
    .run     = {20, 21},
    .check   = {23, 25},
    /* clang-format on */
};

const char *highlight_loop_text(Language language)
{
    const Embedded *file =
        embedded_find(language == LANG_ZH ? "assets/loop.zh.py.txt" : "assets/loop.en.py.txt");
    return file ? file->data : "";
}

LineRange highlight_loop_lines(const State *state)
{
    switch (state->phase) {
    case PHASE_SELECT:
        return state->selecting ? lines.select : lines.timeout;
    case PHASE_TIMERS:
        return lines.timers;
    case PHASE_RUN:
        return state->handle != ID_NONE ? lines.run : lines.next;
    case PHASE_CHECK:
        return lines.check;
    case PHASE_NONE:
        break;
    }
    return (LineRange){0, 0};
}
