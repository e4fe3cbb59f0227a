/*
 * window_edits.c — with --watch, what is shown runs again by itself when its file is saved.
 */
#include "window.h"

#include <string.h>

static const double settled = 0.15; /* seconds: an editor may write several files, or one in several steps */

/** The file of what is shown; NULL: there is none to watch. */
static const char *file_of(const App *app)
{
    const Opening *opening = app->document ? document_opening(app->document) : NULL;
    if (!opening || opening->is_module || strcmp(opening->source, "-") == 0)
        return NULL;
    if (opening_kind(opening) != SOURCE_LESSON)
        return opening->source;
    return about_program(document_lesson(app->document, app->view.language)->about);
}

double app_follow_edits(App *app)
{
    if (!app->edits)
        return -1;
    edits_follow(app->edits, file_of(app));
    double left = app->edit_due - app_now();
    if (app->edit_due == 0)
        return -1;
    if (left > 0)
        return left;
    app->edit_due = 0;
    if (app->document)
        app_run_again(app, document_opening(app->document), "notice.watched");
    return -1;
}

void app_take_edits(App *app)
{
    if (edits_take(app->edits))
        app->edit_due = app_now() + settled;
    watch_arm(app->edit_watch, edits_descriptor(app->edits));
}

bool app_watch_edits(App *app)
{
    app->edited = SDL_RegisterEvents(1);
    app->edits = edits_new();
    app->edit_watch = watch_new(app->edited);
    if (!app->edits || !app->edit_watch)
        return false;
    watch_arm(app->edit_watch, edits_descriptor(app->edits));
    return true;
}
