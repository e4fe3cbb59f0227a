/*
 * window_ahead.c — while the reader reads, the next step is made ready.
 *
 * What takes time in a new picture are texts that have not been shown before. So, when nothing moves, the
 * pictures that the next key may ask for are made, and the stamps that they need; in slices so short that a
 * key never has to wait for one. When all are ready the window sleeps.
 */
#include "window.h"

static const double slice = 0.003; /* seconds */

// clang-format off
static const Action ahead[] = {DO_FORWARD, DO_BACK, DO_FORWARD_ITERATION, DO_BACK_ITERATION, DO_END};
// clang-format on

enum { AHEAD = sizeof ahead / sizeof *ahead };

bool app_prepare(App *app)
{
    const Lesson *lesson = app->document ? document_lesson(app->document, app->view.language) : NULL;
    if (!lesson || lesson->loading || app->view.mishap || app->ahead_step >= AHEAD)
        return false;
    if (app->ahead_at == 0) {
        View view = app->view;
        view.playing = false;
        if (!view_do(&view, lesson->history, lesson->beats, 0, ahead[app->ahead_step], 0))
            return ++app->ahead_step < AHEAD;
        view.playing = app->view.playing;
        scene_lesson(&app->ahead, lesson, &view, &app->ahead_state);
    }
    if (painter_prepare(app->painter, &app->ahead, theme_colors(app->view.theme), &app->ahead_at, slice)) {
        app->ahead_step++;
        app->ahead_at = 0;
    }
    return app->ahead_step < AHEAD;
}
