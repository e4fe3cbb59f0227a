/*
 * options.h — looprun's command line.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Options {
    const char *lesson;     /* folder, name or number as it was typed; or a Python program */
    const char *module;     /* -m: a Python module to run as a program */
    const char *variant;    /* NULL: the lesson itself */
    const char *trace;      /* NULL: none; "-": stdout */
    const char *limit_word; /* as it was typed, or the default's; with "trace" only */
    int64_t limit;          /* bytes of the trace; 0: none */
    const char *schedule;   /* NULL: asyncio's order */
    bool explore;
    const char *bound_word; /* as it was typed; NULL: not given */
    size_t bound;
    const char *save; /* a folder for --explore's schedules; NULL: none */
    const char **set; /* each "knob=value" */
    size_t set_count;
    const char **lessons; /* each a folder of one's own lessons, or a list of them */
    size_t lessons_count;
    char **arguments; /* of a Python program */
    int argument_count;
    const char *python; /* --python; NULL: the one on PATH */
    bool real;
    bool virtual_clock;
    bool quiet;
    bool list;
    bool json;
    bool help;
    bool version;
} Options;

/** Complains about what it does not understand. @return false then */
bool options_parse(Options *options, int argc, char **argv);
void options_free(Options *options);
/** What -h prints. */
void options_help(void);

#endif
