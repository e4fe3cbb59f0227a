/*
 * window_events.c — keys, mouse and the window system. A press of the mouse is an action at once; a strip
 * that is held follows the mouse.
 */
#include "input.h"
#include "timeline.h"
#include "window.h"

#include <stdlib.h>
#include <string.h>

enum {
    WHEEL_STEP = 66 /* units that a notch scrolls */,
    CLICK_SLACK = 4 /* px: less is no drag */,
    MOVED_ON = 24 /* px */
};

static const History *history_of(const App *app)
{
    return app->document ? document_lesson(app->document, app->view.language)->history : NULL;
}

/* ----------------------------------------------------------------------------------------------- hover ----
 */

static bool same_hot(const Hot *a, const Hot *b)
{
    return a->action == b->action && a->argument == b->argument && memcmp(&a->r, &b->r, sizeof a->r) == 0;
}

/** Looks what is under the mouse now: tooltips belong to it, and the hand says that a click does something.
 */
void app_look(App *app)
{
    const Hot *hot = input_click(&app->scene, app->view.mouse_x, app->view.mouse_y);
    Hot under = hot ? *hot : (Hot){.action = DO_NOTHING};
    if (same_hot(&under, &app->hover) && (under.tip != 0) == (app->hover.tip != 0)) {
        app->hover.tip = under.tip;
        return;
    }
    app->hover = under;
    app->hover_since = app_now();
    app->tip = false;
    SDL_SetCursor(under.action != DO_NOTHING && under.action != DO_LANES ? app->hand : app->arrow);
}

/** Scrolls a panel; at its end nothing is kept, so that turning back works at once. @return true when it
 * moved */
static bool scroll(App *app, Panel panel, int pixels)
{
    int before = app->view.scroll[panel];
    app_do(app, DO_SCROLL, (int64_t)panel << 32 | (uint32_t)pixels);
    app_frame(app);
    if (app->scene_changed)
        return true;
    app->view.scroll[panel] = before;
    return false;
}

/* -------------------------------------------------------------------------------------------- dragging ----
 */

static int64_t part_of(const Hot *hot, int x)
{
    double part = (double)(x - hot->r.x) / (hot->r.w > 0 ? hot->r.w : 1);
    return (int64_t)(65536 * (part < 0 ? 0 : part > 1 ? 1 : part));
}

/** Moves the timeline with the mouse: along it, and over lanes that do not fit also across. */
static void pan(App *app, int x, int y)
{
    Drag *drag = &app->drag;
    int wide = drag->hot.r.w > 0 ? drag->hot.r.w : 1;
    if (x != drag->x)
        app_do(app, DO_PAN, (int64_t)(drag->x - x) * 65536 / wide);
    if (y != drag->y && drag->hot.action == DO_LANES)
        scroll(app, PANEL_LANES, drag->y - y);
    drag->x = x;
    drag->y = y;
}

static void follow_drag(App *app, int x, int y)
{
    Drag *drag = &app->drag;
    bool lanes = drag->hot.action == DO_LANES;
    if (abs(x - drag->start_x) > CLICK_SLACK || abs(y - drag->start_y) > CLICK_SLACK)
        drag->moved = true;
    if (drag->button == SDL_BUTTON_MIDDLE || (lanes && !drag->moved))
        return;
    if (lanes || (drag->hot.action == DO_RULER && SDL_GetModState() & KMOD_SHIFT))
        pan(app, x, y);
    else
        app_do(app, (Action)drag->hot.action, input_strip(&drag->hot, history_of(app), &app->view, x));
}

/** No tooltips until the mouse goes elsewhere: whoever works does not want to read. */
static void silence(App *app)
{
    app->tip = false;
    app->silent = true;
    app->silent_x = app->view.mouse_x;
    app->silent_y = app->view.mouse_y;
}

static void press(App *app, const SDL_MouseButtonEvent *button)
{
    const Hot *hot = input_click(&app->scene, button->x, button->y);
    const Hot *lanes = input_lanes(&app->scene, button->x, button->y);
    if (app->log && fprintf(app->log, "press %d %d %d\n", button->button, button->x, button->y) > 0)
        fflush(app->log);
    app->view.mouse_x = button->x;
    app->view.mouse_y = button->y;
    silence(app);
    if (app->drag.held || !hot)
        return;
    const Hot *held = lanes ? lanes : hot;
    bool left = button->button == SDL_BUTTON_LEFT, middle = button->button == SDL_BUTTON_MIDDLE;
    bool timeline = held->action == DO_RULER || held->action == DO_LANES;
    if (left && !input_is_strip((Action)held->action)) {
        app_do(app, (Action)hot->action, hot->argument);
    } else if (app->document && (left || (middle && timeline))) {
        app->drag =
            (Drag){true, false, button->button, *held, *hot, button->x, button->y, button->x, button->y};
        SDL_CaptureMouse(SDL_TRUE);
        if (!lanes)
            follow_drag(app, button->x, button->y);
    }
}

static void release(App *app, const SDL_MouseButtonEvent *button)
{
    Drag drag = app->drag;
    if (!drag.held || button->button != drag.button)
        return;
    app->drag.held = false;
    SDL_CaptureMouse(SDL_FALSE);
    if (drag.button == SDL_BUTTON_MIDDLE && drag.moved) {
        int64_t a = part_of(&drag.hot, drag.start_x), b = part_of(&drag.hot, button->x);
        app_do(app, DO_ZOOM_RANGE, a < b ? a << 32 | b : b << 32 | a);
    } else if (drag.button == SDL_BUTTON_LEFT && drag.hot.action == DO_LANES && !drag.moved) {
        bool own = drag.click.action == DO_LANES; /* nothing stands there: to the time under the mouse */
        app_do(app, (Action)drag.click.action,
               own ? input_strip(&drag.hot, history_of(app), &app->view, button->x) : drag.click.argument);
    }
    app_look(app);
}

/* ----------------------------------------------------------------------------------------------- wheel ----
 */

/** The timeline's column under the mouse, -1 when the ruler is not shown. */
static int64_t column_under(const App *app, int x)
{
    for (size_t k = 0; k < app->scene.hot_count; k++) {
        const Hot *hot = &app->scene.hots[k];
        if (hot->action != DO_RULER)
            continue;
        Columns columns = columns_of(history_of(app), &app->view, hot->r);
        double column = columns_value(&columns, x);
        return column < 0 ? 0 : (int64_t)(column + 0.5);
    }
    return -1;
}

/** Does no scrolling change what is seen of the lanes? */
static bool lanes_fit(App *app)
{
    static const int far[] = {-(1 << 20), 1 << 20};
    bool fit = true;
    app->ahead_at = 0; /* its list is borrowed */
    for (size_t k = 0; k < 2 && fit; k++) {
        View view = app->view;
        view.scroll[PANEL_LANES] = far[k];
        scene_lesson(&app->ahead, app_lesson(app), &view, &app->ahead_state);
        fit = draw_equal(&app->ahead, &app->scene);
    }
    return fit;
}

static void turn_wheel(App *app, const SDL_MouseWheelEvent *wheel)
{
    int x, y;
    SDL_GetMouseState(&x, &y);
    SDL_Keymod modifiers = SDL_GetModState();
    const Hot *hot = input_wheel(&app->scene, x, y);
    Action action = hot ? (Action)hot->action : DO_NOTHING;
    Panel panel = action == DO_SCROLL ? (Panel)(hot->argument >> 32) : PANEL_NONE;
    bool lanes = action == DO_LANES || panel == PANEL_LANES;
    int notches = wheel->direction == SDL_MOUSEWHEEL_FLIPPED ? -wheel->y : wheel->y;
    int pixels = (int)(-notches * WHEEL_STEP * app->view.scale);
    if ((app->view.help && panel != PANEL_HELP) ||
        (app->view.mishap && !app->view.help && panel != PANEL_MISHAP))
        return;
    if (app->document && notches && ((modifiers & KMOD_CTRL) || action == DO_RULER || action == DO_MINIMAP)) {
        int64_t column = lanes || action == DO_RULER ? column_under(app, x) : -1;
        for (int k = 0; k < abs(notches); k++)
            app_do(app, notches > 0 ? DO_ZOOM_IN : DO_ZOOM_OUT, column);
    } else if (lanes && (wheel->x || (modifiers & KMOD_SHIFT))) {
        app_do(app, DO_PAN, (int64_t)(wheel->x ? wheel->x : -notches) * 65536 / 10);
    } else if (lanes && notches) {
        if (!scroll(app, PANEL_LANES, pixels) && lanes_fit(app))
            app_do(app, DO_PAN, (int64_t)-notches * 65536 / 10);
    } else if (panel != PANEL_NONE && notches) {
        scroll(app, panel, pixels);
    }
}

/* ---------------------------------------------------------------------------------------------- events ----
 */

static void press_key(App *app, const SDL_KeyboardEvent *key)
{
    Command command = input_key(key->keysym.sym, (SDL_Keymod)key->keysym.mod, app->document == NULL);
    if (app->log && fprintf(app->log, "key %s\n", SDL_GetKeyName(key->keysym.sym)) > 0)
        fflush(app->log);
    bool toggles = command.action == DO_PLAY || command.action == DO_LANGUAGE || command.action == DO_THEME ||
                   command.action == DO_HELP || command.action == DO_FULL_SCREEN ||
                   command.action == DO_OPEN || command.action == DO_RESTART ||
                   command.action == DO_BACK_OUT || command.action == DO_AXIS;
    if (command.action == DO_NOTHING || (key->repeat && toggles))
        return;
    silence(app);
    app_do(app, command.action, command.argument);
}

static void change_window(App *app, const SDL_WindowEvent *window)
{
    switch (window->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        app->view.width = window->data1;
        app->view.height = window->data2;
        app->dirty = app->exposed = true;
        break;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
        app->exposed = true;
        break;
    case SDL_WINDOWEVENT_LEAVE:
        app->view.mouse_x = app->view.mouse_y = -1;
        app_look(app);
        break;
    default:
        break;
    }
}

void app_event(App *app, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_QUIT:
        app->ends = true;
        break;
    case SDL_WINDOWEVENT:
        change_window(app, &event->window);
        break;
    case SDL_KEYDOWN:
        app_notice_seen(app);
        press_key(app, &event->key);
        break;
    case SDL_MOUSEMOTION:
        app->view.mouse_x = event->motion.x;
        app->view.mouse_y = event->motion.y;
        if (abs(event->motion.x - app->silent_x) + abs(event->motion.y - app->silent_y) > MOVED_ON) {
            app->hover_since = app->silent ? app_now() : app->hover_since;
            app->silent = false;
        }
        if (app->drag.held)
            follow_drag(app, event->motion.x, event->motion.y);
        else
            app_look(app);
        break;
    case SDL_MOUSEBUTTONDOWN:
        app_notice_seen(app);
        press(app, &event->button);
        break;
    case SDL_MOUSEBUTTONUP:
        release(app, &event->button);
        break;
    case SDL_MOUSEWHEEL:
        turn_wheel(app, &event->wheel);
        break;
    default:
        break;
    }
}
