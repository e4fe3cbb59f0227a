/*
 * cli.h — the command line: the options that commands share, and the commands.
 *
 * A command takes its arguments (argv[0] is its own name) and gives the exit status: 0 done, 2 usage, 4
 * unreadable input; `diff`: 1 different; `text`, which tells a whole run, ends as the run did
 * (document_outcome). What went wrong
 * is one line on stderr that says what to do about it.
 */
#ifndef VIZ_CLI_H
#define VIZ_CLI_H

#include "document.h"

#include <stdbool.h>
#include <stddef.h>

enum { OPTIONS_SETS = 64 };

enum { CLI_DONE = 0, CLI_DIFFERENT = 1, CLI_USAGE = 2, CLI_UNREADABLE = 4 };

/** What the options say. */
typedef struct Options {
    const char *output;  /* -o */
    const char *format;  /* --to */
    Opening opening;     /* lesson or file (NULL when there is none), --variant, --set */
    const char *at;      /* --at: "12", "beat 3", "start", "end", or NULL */
    const char *keys;    /* --keys: pressed before the picture is taken */
    bool watch;          /* --watch */
    const char *lessons; /* --lessons, the last one; all of them are in the environment */
    bool list;           /* --list */
    bool no_lines;       /* --no-lines */
    bool size_given;     /* --size */
    View view;           /* --lang --theme --scale --size --no-motion; the rest as view_init() leaves it */
    const char *sets[OPTIONS_SETS]; /* opening.sets */
    char **rest;                    /* what is no option, with the source as the first */
    int rest_count;
} Options;

/** Bits: which options a command knows besides --lang. */
enum {
    OPTS_LOOK = 1,
    OPTS_AT = 2,
    OPTS_OUTPUT = 4,
    OPTS_LIST = 8,
    OPTS_RUN = 16,
    OPTS_MOTION = 32,
    OPTS_DIFF = 64,
    OPTS_NEW = 128
};

/** What belongs to a lesson is refused beside a file, and so is what nobody could do.
 * @return false after complaining: the caller ends with CLI_USAGE */
bool options_read(Options *options, int argc, char **argv, int known);
/** The event that --at names. @return false after complaining */
bool options_at(const char *at, const History *history, const Beats *beats, uint32_t *event);
/** "loopglass: " and the text, on stderr. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** What was wrong with the lines of a trace that could be shown all the same, in one line; nothing when all
 * is well. */
void complain_of_lines(const char *name, const History *history);
/** After the last output. @return CLI_DONE, or CLI_UNREADABLE after complaining that not all could be written
 */
int cli_finish(void);

int cli_text(int argc, char **argv);
int cli_check(int argc, char **argv);
int cli_diff(int argc, char **argv);
int cli_new(int argc, char **argv);
int cli_shot(int argc, char **argv);   /* shot.c */
int cli_export(int argc, char **argv); /* shot.c */
int cli_window(int argc, char **argv); /* window.c */

#endif
