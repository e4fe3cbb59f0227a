/*
 * view.h — how the reader looks: everything that is not in the trace, and every action that changes it.
 *
 * The window pushes actions in and gets display lists out; no SDL here. A key, a click and a test do the same
 * thing through view_do().
 */
#ifndef VIZ_VIEW_H
#define VIZ_VIEW_H

#include "beat.h"
#include "history.h"
#include "lang.h"

typedef enum Step { STEP_EVENT, STEP_BEAT, STEP_ITERATION, STEPS } Step;
typedef enum Axis { AXIS_STEP, AXIS_CLOCK } Axis;
typedef enum Level { LEVEL_TASKS, LEVEL_FUTURES, LEVEL_LOOP } Level;
typedef enum Tab { TAB_PYTHON, TAB_C, TAB_LOOP, TABS } Tab;
typedef enum Theme { THEME_LIGHT, THEME_DARK, THEMES } Theme;

/** What a scroll action scrolls; also the panels by name. */
typedef enum Panel {
    PANEL_NONE,
    PANEL_SOURCE,
    PANEL_CONSOLE,
    PANEL_READY,
    PANEL_RUNNING,
    PANEL_WAITING,
    PANEL_FINISHED,
    PANEL_NARRATION,
    PANEL_LANES,
    PANEL_HELP,
    PANEL_LIST,
    PANEL_MISHAP,
    PANELS
} Panel;

typedef enum Action {
    DO_NOTHING,
    /* time */
    DO_FORWARD, /* one step of the current size */
    DO_BACK,
    DO_FORWARD_ITERATION,
    DO_BACK_ITERATION,
    DO_START,
    DO_END,
    DO_GO,   /* argument: event */
    DO_PLAY, /* play / pause */
    DO_FASTER,
    DO_SLOWER,
    DO_SPEED,   /* the next speed, round */
    DO_SCRUB,   /* argument: event, as DO_GO. A hot with it is a strip that is dragged: its width is the
                   whole trace, event 0 … count */
    DO_RULER,   /* argument: event, as DO_GO. A hot with it is a strip that is dragged: its width is what
                   the timeline shows (columns_of the hot's rectangle, timeline.h); the wheel zooms there */
    DO_LANES,   /* argument: as DO_RULER. A hot with it is the area of the lanes: the wheel scrolls them and,
                   sideways or with Shift, pans; with Ctrl it zooms; a drag pans, a click goes there */
    DO_MINIMAP, /* argument: as DO_SCRUB's, but the visible columns move there instead */
    DO_STEP_SIZE, /* argument: Step, or -1 for the next */
    /* timeline */
    DO_ZOOM_IN, /* argument: column it zooms at (view->left's unit), or -1: the playhead */
    DO_ZOOM_OUT,
    DO_PAN, /* argument: 1/65536 of the visible columns, signed */
    DO_PAN_LEFT,
    DO_PAN_RIGHT,
    DO_FIT,        /* all */
    DO_FOCUS,      /* the current event; again: fit */
    DO_ZOOM_RANGE, /* argument: from << 32 | until, each in 1/65536 of the visible columns */
    DO_AXIS,
    /* look */
    DO_LEVEL, /* argument: Level */
    DO_LANGUAGE,
    DO_THEME,
    DO_TAB, /* argument: Tab, or -1 for the next */
    DO_BIGGER,
    DO_SMALLER,
    DO_NORMAL_SIZE,
    DO_FULL_SCREEN, /* the window's part */
    DO_HELP,
    DO_SELECT, /* argument: Id; the same again: none */
    DO_SCROLL, /* argument: Panel << 32 | (uint32_t)pixels, signed. A hot with it (pixels 0) is where the
                  wheel scrolls that panel; clicks go through it to what lies below */
    /* list of lessons */
    DO_LIST_UP,
    DO_LIST_DOWN,
    DO_LIST_PICK,    /* argument: index | variant << 32: marks it */
    DO_LIST_VARIANT, /* the next variant of the marked lesson, round; argument: how many it has */
    DO_OPEN,         /* argument: index | variant << 32, or -1 for the marked one; the window's part */
    DO_RESTART,      /* run again; the window's part */
    DO_BACK_OUT, /* Esc: close help or mishap, clear selection, else back to the list; the window's part */
    DO_QUIT,     /* the window's part */
    /* source */
    DO_LINE, /* argument: source's Id << 32 | line: to the next event that is about to run it, round */
    /* notes */
    DO_FORWARD_NOTE, /* to the next stop with a note of the lesson, or a mark */
    DO_BACK_NOTE,
    /* knobs */
    DO_KNOB, /* marks the next knob, behind the last none; argument: how many there are, negative: the one
                before */
    DO_TURN, /* argument: knob << 32 | (uint32_t)way: up 1, down -1, to its default 0; runs it again;
                knob -1: the marked one; the window's part */
    ACTIONS
} Action;

/** The argument of DO_TURN. */
#define TURN_OF(knob, way) ((int64_t)(knob) * ((int64_t)1 << 32) + (uint32_t)(way))

typedef struct View {
    /* where */
    uint32_t i;    /* the state after this event is shown; 0: before the first */
    uint32_t from; /* the step just taken began after this event (for the narration) */
    Step step;
    bool playing;
    double speed; /* beats a second = speed */
    double due;   /* seconds until play takes its next step */
    /* timeline */
    Axis axis;
    double left;  /* visible columns, in the axis' unit (timeline.h): */
    double right; /* left … right; left >= right: everything */
    /* look */
    Language language;
    Theme theme;
    double scale;      /* the user's, 1 = normal */
    int width, height; /* of the window, px */
    Level level;
    Tab tab;
    bool help;
    bool mishap; /* the card of a program that did not begin is open */
    Id selected;
    size_t knob;        /* that the keys turn, from 1; 0: none */
    bool motion;        /* false: nothing slides (--no-motion) */
    int scroll[PANELS]; /* px from the place the panel would choose itself */
    int mouse_x, mouse_y;
    /* list */
    size_t list_mark;
    size_t list_variant; /* 0: the lesson itself */
} View;

/** The defaults: before the first event, step BEAT, speed 1, everything visible. */
void view_init(View *view);
/** Does an open card (help, mishap) lie over what the action acts on? Then it does nothing. */
bool view_hides(const View *view, Action action);
/**
 * Carries out an action on the view.
 * @param history, beats NULL while the list is shown
 * @param list_count lessons in the list
 * @return true when something changed; an action that is the window's part returns false
 */
bool view_do(View *view, const History *history, const Beats *beats, size_t list_count, Action action,
             int64_t argument);
/** Lets `seconds` pass: play takes its steps. @return true when the view changed */
bool view_tick(View *view, const History *history, const Beats *beats, double seconds);
/** Seconds until view_tick has something to do; < 0: never */
double view_due(const View *view);
/** The event at which a step of the view's size that ends at event i begins. */
uint32_t view_step_before(const View *view, const History *history, const Beats *beats, uint32_t i);
uint32_t view_step_after(const View *view, const History *history, const Beats *beats, uint32_t i);

#define VIEW_SCALE_LEAST 0.75
#define VIEW_SCALE_MOST  2.0

#endif
