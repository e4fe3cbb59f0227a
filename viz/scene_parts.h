/*
 * scene_parts.h — what the parts of the lesson window share: the layout, the sizes, the looks of a state.
 *
 * A part is a function `scene_NAME(list, scene, r)` that draws inside r and nowhere else; scene.c computes
 * the rectangles and calls the parts in painting order. Everything is measured in *units*: one unit is one
 * pixel at 1920×1080 and user scale 1; scene_px() turns units into pixels of this window.
 *
 *     ┌ header ─────────────────────────────────────────┐
 *     │ source    │ phases                               │
 *     │ knobs     │ ready               │ running        │
 *     │ pictures  │                     │                │
 *     │ console   │ waiting             │ finished       │
 *     ├ narration ──────────────────────────────────────┤
 *     │ timeline: ruler, lanes, minimap, legend          │
 *     └ transport ──────────────────────────────────────┘
 *
 * Colour means state and nothing else; every state also has a symbol of its own (scene_symbol), so that it
 * survives a bad projector and a colour-blind reader.
 */
#ifndef VIZ_SCENE_PARTS_H
#define VIZ_SCENE_PARTS_H

#include "lang.h"
#include "scene.h"
#include "why.h"

/** Where everything is, in pixels. */
typedef struct Layout {
    double unit;  /* pixels of one unit */
    bool compact; /* little room: captions drop out, bars are lower */
    Rect window;
    Rect header, source, knobs, pictures, console, phases, ready, running, waiting, finished, narration,
        timeline, transport;
} Layout;

/** Everything a part may look at. Plain data, made anew for each picture. */
typedef struct Scene {
    const Lesson *lesson; /* NULL on the list of lessons, as are history and state */
    const History *history;
    const View *view;
    const State *state;
    Language lang;
    Layout layout;
} Scene;

/* Sizes of text, in units: scene_px(scene, TEXT_BODY) is the size for draw_text(). */
enum {
    TEXT_CAPTION = 17, /* second language, line numbers, hints: what may be missed from the back row */
    TEXT_BODY = 20,
    TEXT_CODE = 22,
    TEXT_TITLE = 27, /* the lesson's title */
    TEXT_NARRATION = 27,
    SPACE = 8,   /* the distances are multiples of it */
    RADIUS = 12, /* of panels; cards and buttons: CARD_RADIUS */
    CARD_RADIUS = 8,
    BADGE = 28, /* a task's badge is a square of this */
};

/* ------------------------------------------------------------------------------- layout (scene.c) ---- */

/** The scene of a window of view->width × view->height; lesson and state are NULL on the list of lessons. */
Scene scene_of(const Lesson *lesson, const View *view, const State *state);
/** Units to pixels, rounded, at least 1 for anything above 0. */
int scene_px(const Scene *scene, double units);

/* ------------------------------------------------------------------------ words (scene_words.c) ---- */

/** lang_text() in the scene's language. */
const char *scene_text(const Scene *scene, const char *key);

/**
 * The text of a key with its placeholders filled: scene_fill(scene, buffer, size, "queue.more", "n", "3",
 * NULL).
 * @param ... pairs of a placeholder's name and its value, closed by NULL
 * @return buffer
 */
const char *scene_fill(const Scene *scene, char *buffer, size_t size, const char *key, ...);
/** The same with one number. */
const char *scene_fill_n(const Scene *scene, char *buffer, size_t size, const char *key, const char *name,
                         int64_t n);

/* --------------------------------------------------------------------- looks (scene_look.c) ---- */

/** The colour role of a status. */
Color status_color(Status status);
/** What is written on a filled `color`. */
Color on_color(Color color);
/** The symbol of a status, filling r: ▶ running, a bar ready, ‖ waiting, ✓ done, × failed, – cancelled.
 * Drawn, not a glyph. */
void scene_symbol(DrawList *list, const Scene *scene, Rect r, Status status, Color color);
/** A lane's badge: its one or two characters in a small frame, `size` px square, top left at (x, y). */
void scene_badge(DrawList *list, const Scene *scene, int x, int y, int size, Id id);
/** "()", the look of a plain callback: it is called, not resumed. */
void scene_callback_badge(DrawList *list, const Scene *scene, Rect r);
/** A panel's ground and frame. */
void scene_ground(DrawList *list, const Scene *scene, Rect r);
/** A panel with its title and, where there is room, a muted caption beside it. @return the room below the
 * title */
Rect scene_panel(DrawList *list, const Scene *scene, Rect r, Color title, const char *title_key,
                 const char *caption_key);
/** A rounded outlined button or badge of height h with a text in its middle; action DO_NOTHING: no button.
 *  @return the x behind it */
int scene_pill(DrawList *list, const Scene *scene, int x, int y, int h, Face face, Color color,
               const char *text, Action action, int64_t argument, const char *tip);
/** Its width, for laying out from the right. */
int scene_pill_width(const DrawList *list, const Scene *scene, Face face, const char *text);
/** The ring around whatever stands for the selected task; nothing when `id` is not selected. */
void scene_selected(DrawList *list, const Scene *scene, Rect r, int radius, Id id);
/**
 * A text in a row: left in r, vertically centred, cut to fit. Where it had to be cut, hovering r shows all of
 * it; a click there still selects `select` (ID_NONE: nothing).
 * @return the x behind the text
 */
int scene_label(DrawList *list, Rect r, Face face, int size, Color color, const char *text, Id select);

/** The same, but on the baseline that a body text in the middle of r has: so words of all faces and sizes in
 * one row stand on one line. */
int scene_word(DrawList *list, const Scene *scene, Rect r, Face face, int size, Color color, const char *text,
               Id select);
/** The same for a name: one that is too long loses its middle, since names that begin alike often end
 * otherwise. */
int scene_name(DrawList *list, const Scene *scene, Rect r, Face face, int size, Color color, const char *name,
               Id select);
/** The y at which a text of this face and size stands on r's baseline. */
int scene_on_baseline(const DrawList *list, const Scene *scene, Rect r, Face face, int size);

/** What an empty panel says, at its top, in as many lines as it takes. */
void scene_empty(DrawList *list, const Scene *scene, Rect r, const char *key);

/**
 * A panel that scrolls: how far its content is moved up.
 * @param natural the place the panel would choose itself, px from the content's top
 * @return `natural` plus the reader's scroll, kept so that no more than the content is shown
 */
int scene_scroll(const Scene *scene, Panel panel, int natural, int content, int room);
/** The thin bar that says there is more, at the right edge of r. */
void scene_scrollbar(DrawList *list, const Scene *scene, Rect r, int offset, int content);
/** Cuts every hot from number `from` on to r, as a clip does with what is drawn. */
void scene_clip_hots(DrawList *list, size_t from, Rect r);
/** The area in which a wheel scrolls the panel (a hot with DO_SCROLL and the panel in the upper half). */
void scene_scroll_area(DrawList *list, Rect r, Panel panel);

/* ------------------------------------------------------------------------ frames (scene_chain.c) ---- */

/** Who runs, the main program included: it does while no loop is in its run. ID_NONE: nobody, or a callback
 */
Id scene_runner(const Scene *scene);
/** The await chain of a task, a coroutine driven by hand, or the main program, outermost first. @return how
 * many
 */
size_t scene_chain(const Scene *scene, Id id, Frame *frames, size_t max);

/* --------------------------------------------------------------------------------------------- parts ---- */

void scene_header(DrawList *list, const Scene *scene, Rect r);
void scene_source(DrawList *list, const Scene *scene, Rect r);
/** In how many rows they stand: 0, 1 or 2. */
size_t scene_knob_rows(const Knobs *knobs);
/** A lesson's knobs; there is room for them only when it has any. */
void scene_knobs(DrawList *list, const Scene *scene, Rect r);
/** What the program has of pictures, and how far it is with what it does; there is room for them only when a
 * trace has any. */
void scene_pictures(DrawList *list, const Scene *scene, Rect r);
void scene_console(DrawList *list, const Scene *scene, Rect r);
void scene_phases(DrawList *list, const Scene *scene, Rect r);
void scene_ready(DrawList *list, const Scene *scene, Rect r);
/** Tasks that wait for each other in a circle. */
struct Cycle;
void scene_cycle(DrawList *list, const Scene *scene, Rect room, const struct Cycle *cycle);
void scene_running(DrawList *list, const Scene *scene, Rect r);
void scene_waiting(DrawList *list, const Scene *scene, Rect r);
void scene_finished(DrawList *list, const Scene *scene, Rect r);
void scene_narration(DrawList *list, const Scene *scene, Rect r);
/** Ruler, lanes, arrows, playhead, minimap, legend. */
void scene_timeline(DrawList *list, const Scene *scene, Rect r);
void scene_transport(DrawList *list, const Scene *scene, Rect r);
/** Over everything, while view->mishap and the lesson has one (mishap.h). */
void scene_mishap(DrawList *list, const Scene *scene, Rect r);
/** Over everything, while view->help. */
void scene_help(DrawList *list, const Scene *scene, Rect r);

#endif
