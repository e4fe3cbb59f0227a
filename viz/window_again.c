/*
 * window_again.c — the same program once more: after an edit, or with a knob turned.
 *
 * The new run is read beside the picture of the old one, and takes its place when it has come to the beat at
 * which the reader stands, or has ended. So nothing flickers, a run that does not even begin changes nothing
 * (why it does not lies over the picture), and the reader stays where he was.
 */
#include "window.h"

#include <stdlib.h>
#include <string.h>

enum { SLICE = 4 << 20 };

static const double patience = 1; /* seconds until a slow run is shown, however far it has come */

/* -------------------------------------------------------------------------------------------- its place ----
 */

/** Where the reader stands in the old run. */
static Place place_of(const Lesson *lesson, uint32_t i)
{
    Place place = {.is_start = i == 0, .is_end = i > 0 && i == history_count(lesson->history)};
    place.beat = beats_at(lesson->beats, i);
    uint32_t before = place.beat > 0 ? beats_stop(lesson->beats, place.beat - 1) : 0;
    bool at_stop = place.beat < beats_count(lesson->beats) && beats_stop(lesson->beats, place.beat) == i;
    place.into = at_stop ? UINT32_MAX : i - before;
    return place;
}

/** The same in the new one, or the nearest that there is. */
static uint32_t event_at(const Lesson *lesson, const Place *place)
{
    uint32_t count = history_count(lesson->history);
    if (place->is_start || count == 0)
        return 0;
    if (place->is_end || place->beat >= beats_count(lesson->beats))
        return count;
    uint32_t before = place->beat > 0 ? beats_stop(lesson->beats, place->beat - 1) : 0;
    uint32_t stop = beats_stop(lesson->beats, place->beat);
    return place->into < stop - before ? before + place->into : stop;
}

/* -------------------------------------------------------------------------------------------- its turn ----
 */

bool app_run_again(App *app, const Opening *opening, const char *notice)
{
    const char *problem;
    document_end(app->document); /* first: the new run may need what it holds, a port or a file */
    if (app->again.document)
        document_end(app->again.document);
    watch_arm(app->watch, -1);
    Document *document = document_open(opening, app->view.language, &problem);
    if (!document) {
        app_trouble(app, problem);
        app->dirty = true;
        return false;
    }
    document_free(app->again.document);
    app->again = (Again){.document = document,
                         .notice = notice,
                         .due = app_now() + patience,
                         .place = place_of(document_lesson(app->document, app->view.language), app->view.i)};
    return true;
}

void app_again_free(App *app)
{
    document_free(app->again.document);
    app->again = (Again){.document = NULL};
}

/** How the reader looks at it stays, as far as it has a meaning in the new run. */
static void take_over(App *app, Document *document)
{
    View *view = &app->view;
    Again again = app->again;
    View before = *view;
    uint32_t old = history_count(document_lesson(app->document, view->language)->history);
    app->again.document = NULL;
    app_adopt(app, document);
    const Lesson *lesson = document_lesson(document, view->language);
    view->i = view->from = event_at(lesson, &again.place);
    view->from = view_step_before(view, lesson->history, lesson->beats, view->i);
    view->selected = before.selected;
    memcpy(view->scroll, before.scroll, sizeof view->scroll);
    if (history_count(lesson->history) == old) {
        view->left = before.left;
        view->right = before.right;
    }
    if (again.notice)
        app_notice(app, lang_text(view->language, again.notice));
}

void app_read_again(App *app)
{
    Document *document = app->again.document;
    if (!document)
        return;
    document_read(document, SLICE);
    const Lesson *lesson = document_lesson(document, app->view.language);
    const Place *place = &app->again.place;
    if (document_is_broken(document)) {
        app_trouble(app, lesson->message ? lesson->message : document_source(document));
        app->dirty = true;
        app_again_free(app);
        return;
    }
    if (!lesson->loading && lesson->mishap) {
        document_free(app->failed);
        app->failed = document;
        app->again.document = NULL;
        app->view.mishap = app->dirty = true;
        app->view.scroll[PANEL_MISHAP] = 0;
        return;
    }
    bool begun = history_count(lesson->history) > 0 && !mishap_may_come(lesson->history);
    bool there = place->is_start || (!place->is_end && place->beat < beats_count(lesson->beats));
    bool late = app_now() >= app->again.due;
    if ((begun && (there || late)) || !lesson->loading)
        take_over(app, document);
}
