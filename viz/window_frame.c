/*
 * window_frame.c — from the view to the screen, and only when something has changed.
 */
#include "overlay.h"
#include "window.h"

#include <math.h>
#include <string.h>

static const double frame_time = 1.0 / 60, tip_delay = 0.5;

static void make_scene(App *app)
{
    if (!app->document) {
        scene_list(&app->scene, &app->catalog, &app->view);
        return;
    }
    scene_lesson(&app->scene, app_lesson(app), &app->view, &app->state);
}

/** Sets the motion going, or ends it. */
static void aim(App *app)
{
    bool slides = app->step && app->view.motion && !app->view.help && !app->view.mishap;
    if (slides) {
        tween_start(app->tween, &app->scene);
        app->tween_start = app_now();
    } else {
        tween_skip(app->tween, &app->scene);
        app->tween_start = -1;
    }
    app->step = app->dirty = false;
}

/** @return true when something had moved until now */
static bool end_motion(App *app)
{
    bool moved = app->tween_start >= 0;
    app->tween_start = -1;
    return moved;
}

static void add_overlays(App *app)
{
    double now = app_now();
    if (app->drag.held && app->drag.moved && app->drag.button == SDL_BUTTON_MIDDLE)
        overlay_range(&app->next, &app->view, app->drag.hot.r, app->drag.start_x);
    const char *tip = app->tip ? draw_tip(&app->scene, &app->hover) : NULL;
    if (tip)
        overlay_tip(&app->next, &app->view, app->hover.r, tip);
    if (app->notice_until > now)
        overlay_notice(&app->next, &app->view, app->notice);
    else
        app->notice_until = 0;
}

/** Paints and shows what has changed; all of it where the screen has lost the picture. */
static void show(App *app)
{
    const Rgb *colors = theme_colors(app->view.theme);
    SDL_Rect shown[DAMAGE_MOST];
    Rect parts[DAMAGE_MOST];
    size_t count =
        damage_find(app->damage, &app->next, (int)app->view.theme, app->view.width, app->view.height, parts);
    for (size_t k = 0; k < count && !app->exposed; k++) {
        painter_paint_part(app->painter, &app->next, colors, parts[k]);
        shown[k] = (SDL_Rect){parts[k].x, parts[k].y, parts[k].w, parts[k].h};
    }
    if (!app->exposed) {
        SDL_RenderFlush(app->renderer);
        app->exposed = count > 0 && SDL_UpdateWindowSurfaceRects(app->window, shown, (int)count) != 0;
    }
    if (app->exposed) {
        painter_paint(app->painter, &app->next, colors);
        SDL_RenderPresent(app->renderer);
    }
    app->exposed = false;
}

/** One line a frame: what tests and measurements go by. */
static void log_frame(App *app, double milliseconds, bool hots)
{
    static const char *const steps[STEPS] = {"event", "beat", "iteration"};
    const View *view = &app->view;
    const Lesson *lesson = app->document ? document_lesson(app->document, view->language) : NULL;
    const char *source = app->document ? document_source(app->document) : "-";
    const char *variant = app->document ? document_variant(app->document) : NULL;
    fprintf(
        app->log,
        "frame at=%.3f draw=%.3f screen=%s source=%s variant=%s event=%u/%u loading=%d playing=%d step=%s "
        "speed=%g axis=%s left=%.0f right=%.0f level=%d tab=%d lang=%s theme=%s scale=%g size=%dx%d help=%d "
        "mishap=%d "
        "selected=%u knob=%zu mark=%zu:%zu moving=%d tip=%d hots=%d",
        app_now() * 1e3, milliseconds, lesson ? "lesson" : "list", source, variant ? variant : "-", view->i,
        lesson ? history_count(lesson->history) : 0, lesson && lesson->loading, view->playing,
        steps[view->step], view->speed, view->axis == AXIS_STEP ? "step" : "clock", view->left, view->right,
        view->level, view->tab, view->language == LANG_ZH ? "zh" : "en",
        view->theme == THEME_LIGHT ? "light" : "dark", view->scale, view->width, view->height, view->help,
        view->mishap && app_lesson(app) && app_lesson(app)->mishap, (unsigned)view->selected, view->knob,
        view->list_mark, view->list_variant, app->tween_start >= 0, app->tip, hots);
    bool plain = !app->document || document_opening(app->document)->set_count == 0;
    fprintf(app->log, " sets=%s", plain ? "-" : "");
    for (size_t k = 0; app->document && k < document_opening(app->document)->set_count; k++)
        fprintf(app->log, "%s%s", k ? "," : "", document_opening(app->document)->sets[k]);
    fprintf(app->log, " message=%s notice=%s\n", lesson && lesson->message ? lesson->message : "-",
            app->notice_until > 0 ? app->notice : "-");
    fflush(app->log);
}

/** Every hot, for tests that click like a person: after the frame line of a scene that is new (hots=1). */
static void log_hots(App *app)
{
    for (size_t k = 0; k < app->scene.hot_count; k++) {
        const Hot *hot = &app->scene.hots[k];
        fprintf(app->log, "hot %d %d %d %d %d %lld\n", hot->r.x, hot->r.y, hot->r.w, hot->r.h, hot->action,
                (long long)hot->argument);
    }
    fprintf(app->log, "end\n");
    fflush(app->log);
}

/** Seconds until the next frame is due; < 0: never. */
static double next_due(const App *app)
{
    double now = app_now(), due = view_due(&app->view);
    if (app->tween_start >= 0)
        due = due < 0 ? frame_time : fmin(due, frame_time);
    if (app->notice_until > 0)
        due = due < 0 ? app->notice_until - now : fmin(due, app->notice_until - now);
    if (app->hover.tip && !app->tip && !app->silent && !app->drag.held) {
        double left = app->hover_since + tip_delay - now;
        due = due < 0 ? left : fmin(due, left);
    }
    return due < 0 && due > -1e-9 ? 0 : due;
}

double app_frame(App *app)
{
    double start = app_now();
    bool is_new = app->dirty;
    if (app->hover.tip && !app->tip && !app->silent && start - app->hover_since >= tip_delay &&
        !app->drag.held)
        app->tip = true;
    if (app->dirty) {
        make_scene(app);
        app->ahead_step = 0;
        app->ahead_at = 0;
        app->scene_changed = !tween_shows(app->tween, &app->scene);
        aim(app);
        app_look(app);
    }
    if (!tween_at(app->tween, app->tween_start < 0 ? 1 : start - app->tween_start, &app->next))
        is_new = end_motion(app) || is_new;
    add_overlays(app);
    bool changed = app->exposed || !draw_equal(&app->next, &app->shown);
    if (changed) {
        show(app);
        DrawList swap = app->shown;
        app->shown = app->next;
        app->next = swap;
    }
    if (app->log && (changed || is_new))
        log_frame(app, (app_now() - start) * 1e3, is_new);
    if (app->log && is_new)
        log_hots(app);
    return next_due(app);
}
