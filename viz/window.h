/*
 * window.h — the window: SDL events in, actions to the view, pictures out.
 *
 * What its files share. One App lives from the window's opening to its end.
 *
 *     events ─input─► actions ─view_do─► view ─scene─► list ─tween─► list ─painter─► screen
 */
#ifndef VIZ_WINDOW_H
#define VIZ_WINDOW_H

#include "catalog.h"
#include "cli.h"
#include "damage.h"
#include "document.h"
#include "edits.h"
#include "paint.h"
#include "tween.h"
#include "watch.h"

#include <stdint.h>
#include <stdio.h>

/** A strip or the lanes, held by a mouse button. */
typedef struct Drag {
    bool held, moved;
    int button;
    Hot hot;              /* what is held */
    Hot click;            /* what stands there: it does its action when the mouse has not moved */
    int x, y;             /* where it was last */
    int start_x, start_y; /* where it began */
} Drag;

/** Where the reader stands in a run: at an event between the stops of two beats, or at its start or end. */
typedef struct Place {
    bool is_start, is_end;
    size_t beat;
    uint32_t into; /* events behind the beat before; UINT32_MAX: at the stop */
} Place;

/** A new run of the program that is shown (window_again.c). */
typedef struct Again {
    Document *document; /* NULL: there is none */
    Place place;
    double due;         /* when it is shown at the latest */
    const char *notice; /* a text's key, or NULL: shown when it takes its place */
} Again;

typedef struct App {
    SDL_Window *window;
    SDL_Renderer *renderer;
    Fonts *fonts;
    Painter *painter;
    Watch *watch;
    Edits *edits; /* --watch; or NULL */
    Watch *edit_watch;
    uint32_t edited;   /* SDL event: something beside what is shown was saved */
    double edit_due;   /* when it runs again for that; 0: it need not */
    uint32_t readable; /* SDL event: the document has more */

    View view;
    Catalog catalog;
    bool has_catalog;
    Document *document; /* NULL: the list of lessons */
    Again again;
    Document *failed; /* the last new run, when it did not begin: its mishap lies over the picture; or NULL */
    Lesson lesson;    /* app_lesson() */
    const char *at;   /* --at, until the document has been read */
    State state;      /* the scene's scratch */

    DrawList scene; /* where things are going */
    DrawList next;  /* what is shown next */
    DrawList shown; /* what is on the screen */
    Damage *damage; /* what of the screen that changes */
    DrawList ahead; /* a picture that may come next, being made ready (window_ahead.c) */
    State ahead_state;
    int ahead_step;  /* which one */
    size_t ahead_at; /* how far it has got in it */

    Tween *tween;
    double tween_start; /* seconds; < 0: nothing moves */
    bool dirty;         /* the scene has to be made anew */
    bool step;          /* … because a step was taken: things slide */
    bool exposed;       /* the screen has lost the picture */
    bool scene_changed; /* the last scene that was made differs from the one before */
    bool ends;

    Drag drag;
    Hot hover;              /* what is under the mouse; action DO_NOTHING: nothing */
    double hover_since;     /* when it came there */
    bool tip;               /* its tooltip is shown */
    bool silent;            /* a key or button was pressed: no tooltip until the mouse has moved on … */
    int silent_x, silent_y; /* … from here */
    SDL_Cursor *arrow, *hand;
    char notice[512];
    double notice_until; /* seconds; 0: none */
    FILE *log;           /* LOOPGLASS_LOG: a line for each frame */
} App;

double app_now(void);
/** What is shown, with the mishap of a new run that did not begin; NULL: the list. */
const Lesson *app_lesson(App *app);
/** Carries out an action, also those that are the window's part. */
void app_do(App *app, Action action, int64_t argument);
/** Opens a lesson or trace; on failure a notice says why, and what was there stays. */
bool app_open(App *app, const Opening *opening);
void app_notice(App *app, const char *text);
/** The same for what went wrong while the reader may be in his editor: it stays until he is back. */
void app_trouble(App *app, const char *text);
/** The reader is here: no notice stays much longer. */
void app_notice_seen(App *app);
/** Shows the document, which is taken over, from its start; NULL: none. */
void app_adopt(App *app, Document *document);

/**
 * Runs a program in the place of the one that is shown, which stays until the new run has come as far as the
 * reader had (window_again.c).
 * @param notice key of a text to show then, or NULL
 * @return false when it cannot be started: a notice says why
 */
bool app_run_again(App *app, const Opening *opening, const char *notice);
/** Takes in what has come of the new run, and shows it when it is time. */
void app_read_again(App *app);
void app_again_free(App *app);
/** Begins to watch (--watch; window_edits.c). @return false when out of means */
bool app_watch_edits(App *app);
/** Takes in what was saved. */
void app_take_edits(App *app);
/** Watches what is shown now, and runs it again when it is time. @return seconds until then; < 0: never */
double app_follow_edits(App *app);
/** DO_TURN (window_knobs.c). */
void app_turn(App *app, int64_t argument);

/** Makes and shows the picture when it has changed (window_frame.c). @return seconds until it wants to be
 * called again */
double app_frame(App *app);
/** Makes ready, in a time that nobody notices, what the next step will need (window_ahead.c). @return true
 * when there is more to do */
bool app_prepare(App *app);
/** Looks what is under the mouse in the scene as it is now (window_events.c). */
void app_look(App *app);
/** Takes in one event (window_events.c). */
void app_event(App *app, const SDL_Event *event);

#endif
