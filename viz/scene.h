/*
 * scene.h — from a state and a view to a display list.
 *
 * No SDL, no files, no clock: the same arguments give the same list, byte for byte.
 *
 *     header
 *     source   │ loop phases
 *     ─────────│ ready queue   │ running
 *     console  │ waiting       │ finished
 *     narration
 *     timeline (ruler, lanes, minimap, legend)
 *     transport
 */
#ifndef VIZ_SCENE_H
#define VIZ_SCENE_H

#include "about.h"
#include "draw.h"
#include "mishap.h"
#include "view.h"

/** Everything a lesson scene is made of. */
typedef struct Lesson {
    const History *history;
    const Beats *beats;
    const About *about;
    const char *file;     /* of a trace that was opened by name, or NULL */
    const char *message;  /* what happened to the program ("the lesson crashed: …"), or NULL */
    const Mishap *mishap; /* the program did not begin, and why; or NULL */
    bool loading;         /* more events may come */
    bool runs_again;      /* it is a program that can be run again: its knobs turn */
} Lesson;

/** A lesson, or a variant of one, as `looprun --list --json` tells it. */
typedef struct LessonEntry {
    char *name;
    char *path; /* of one's own: its folder; NULL: it is one of ours */
    int number; /* its own, as `looprun 11` takes it; 0: it has none */
    char *title[LANGUAGES];
    char *summary[LANGUAGES];
    char *group[LANGUAGES];
    char **variants;
    char **variant_titles[LANGUAGES];
    char **variant_summaries[LANGUAGES]; /* may be NULL */
    size_t variant_count;
} LessonEntry;

typedef struct Catalog {
    LessonEntry *entries;
    size_t count;
    char *problem; /* why there is no list, or NULL */
} Catalog;

/** Draws the lesson window at view->i into the list (cleared first). `state` is the scene's own scratch,
 * zeroed once. */
void scene_lesson(DrawList *list, const Lesson *lesson, const View *view, State *state);
/** Draws the list of lessons. */
void scene_list(DrawList *list, const Catalog *catalog, const View *view);

/** Keys of groups that move (draw_group): a task's card, wherever it is. */
#define GROUP_TASK(id)   (((uint64_t)1 << 32) | (id))
#define GROUP_HANDLE(id) (((uint64_t)2 << 32) | (id))
#define GROUP_PLAYHEAD   ((uint64_t)3 << 32)
#define GROUP_LINE       ((uint64_t)4 << 32)

#endif
