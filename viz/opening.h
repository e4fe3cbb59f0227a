/*
 * opening.h — what is to be opened, as the command line or the list of lessons names it.
 */
#ifndef VIZ_OPENING_H
#define VIZ_OPENING_H

#include <stdbool.h>
#include <stddef.h>

/** What to open: a lesson by its name or folder, a program in C or Python, a trace file, or "-" for a trace
 * on standard input. */
typedef struct Opening {
    const char *source;
    bool is_module;               /* the source is a Python module (-m) */
    const char *python;           /* the Python for a program, or NULL: the one on PATH */
    bool virtual_clock;           /* for a program */
    const char *const *arguments; /* of a program */
    size_t argument_count;
    const char *variant;     /* of a lesson, or NULL */
    const char *const *sets; /* "knob=value", for a lesson */
    size_t set_count;
    const char *schedule; /* of a lesson or a program in C: another order than asyncio's, or NULL */
    size_t most;          /* bytes of history after which a lesson is stopped; 0: as many as make sense */
} Opening;

/** What kind of thing the source names. */
typedef enum SourceKind {
    SOURCE_LESSON,  /* a name without slash and dot, and no file is called so; or a lesson's folder */
    SOURCE_PROGRAM, /* C: a file .c; Python: a module, a file .py, or a folder with a __main__.py */
    SOURCE_TRACE    /* anything else */
} SourceKind;

SourceKind opening_kind(const Opening *opening);
/** Is it a program in C? */
bool opening_in_c(const Opening *opening);
/** looprun's command line, closed by NULL; its words are borrowed. The caller frees it. @return NULL when out
 * of memory */
const char **opening_words(const Opening *opening, const char *looprun);

#endif
