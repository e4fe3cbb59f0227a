/*
 * diff.h — do two traces tell of the same behaviour? (TRACE.md, "Comparing a C lesson with its Python
 * listing")
 *
 *     trace ──line by line──► DiffSide ──projection──► DiffPoint ─┐
 *                                                                 ├─► the first two that differ, and in what
 *     trace ──line by line──► DiffSide ──projection──► DiffPoint ─┘
 *
 * Neither trace is ever held as a whole: of each side only a few points before the place, and names.
 */
#ifndef VIZ_DIFF_H
#define VIZ_DIFF_H

#include "event.h"
#include "lang.h"
#include "table.h"

#include <stdbool.h>
#include <stdio.h>

enum { DIFF_AROUND = 3, DIFF_AHEAD = 48, DIFF_EXCERPT = 96 };

/** An event as far as it is compared. What its kind does not have is 0. */
typedef struct DiffPoint {
    uint32_t i;
    EventKind kind;
    int64_t ts, n;
    Id handle, task, future; /* `future`: what is done, or what a task waits on */
    Word word, by, why;
    const char *text;   /* output: text · task: name; valid until the side's next line (diff_keep) */
    const char *text2;  /* task: coroutine */
    const Frame *chain; /* ran: of the listing and others */
    size_t chain_count;
    const Id *ids; /* stuck */
    size_t id_count;
    bool helper; /* of one of asyncio.run's own tasks: how it is called and where it is do not count */
    uint32_t line, defined;     /* in the listing */
    const char *function;       /* ran: where its task stands in the listing; else NULL */
    char excerpt[DIFF_EXCERPT]; /* of text, once it is kept */
} DiffPoint;

typedef struct DiffTask {
    const char *name, *coroutine;
    uint32_t line; /* of the listing, that it ran last */
    bool helper;
} DiffTask;

/** A trace that is being read. */
typedef struct DiffSide {
    FILE *file;
    char *row; /* the line at hand */
    size_t row_size;
    uint32_t row_number;
    struct Texts *names;   /* what is kept: names and functions */
    struct Texts *passing; /* what is not */
    struct Chains *chains;
    struct Reader *reader;
    Table *tasks, *futures;          /* DiffTask, and of a future: const char *of */
    char producer[64];               /* "CPython 3.11.7"; "" for the C loop, and when nothing tells */
    char schedule[64];               /* that chose who runs next; "": asyncio's order */
    bool is_c;                       /* the C loop's */
    bool is_real;                    /* its clock is: no two runs take the same times */
    char listing[128];               /* the listing's file name */
    uint32_t line;                   /* of the listing, run last by whomever */
    bool has_lines, has_end;         /* … so far */
    DiffPoint before[DIFF_AROUND];   /* a ring: point k is at k % DIFF_AROUND */
    DiffPoint after[1 + DIFF_AHEAD]; /* the one that differs, and what comes then */
    size_t after_count;
    uint32_t same;              /* points before the place */
    uint32_t count, iterations; /* points, and iterations among them */
    int64_t ts;                 /* of the last point */
    char problem[256];          /* why it cannot be read, else "" */
} DiffSide;

typedef enum DiffAspect {
    DIFF_NONE,
    DIFF_KIND, /* another kind of event, or one side has no more */
    DIFF_WHO,
    DIFF_WHAT,
    DIFF_TEXT,
    DIFF_HANDLE,
    DIFF_PLACE,
    DIFF_TIME,
} DiffAspect;

/** diff_side.c */
/** Begins to read; the file is the side's from now on. @return false: `problem` says why */
bool diff_open(DiffSide *side, FILE *file);
void diff_close(DiffSide *side);
/** The next event that counts. @return false at the end, and when the rest cannot be read: `problem` says why
 */
bool diff_next(DiffSide *side, DiffPoint *point);
/** Makes a point outlive the lines that follow. */
void diff_keep(DiffSide *side, DiffPoint *to, const DiffPoint *point);
const DiffTask *diff_task(const DiffSide *side, Id task);
const char *diff_future(const DiffSide *side, Id future);

/** diff.c */
/** Reads both until they differ and on to their ends.
 *  @param lines are source lines compared, where both traces have some?
 *  @return in what they differ first; DIFF_NONE also when one of them cannot be read */
DiffAspect diff_sides(DiffSide *one, DiffSide *other, bool lines);
/** Is it the same thing that happens, though perhaps at another time, or as another handle? */
bool diff_alike(const DiffPoint *a, const DiffPoint *b);

/** diff_say.c */
/** Tells it: the sentence, then each side around the place.
 *  @param names how the two sides are called, as subjects of a sentence */
void diff_say(FILE *out, const DiffSide *one, const DiffSide *other, const char *const names[2],
              const char *const files[2], DiffAspect aspect, Language language);
/** The sentence alone. */
void diff_sentence(char *buffer, size_t size, const DiffSide *one, const DiffSide *other,
                   const char *const names[2], DiffAspect aspect, Language language);

#endif
