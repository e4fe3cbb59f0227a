/*
 * window.c — opening, the loop, and the actions that are the window's own part: open, run again, back, full
 * screen.
 *
 * The loop sleeps in SDL until an event comes or something is due. A lesson's pipe wakes it through a thread
 * (watch.h); a file is read in slices between frames.
 */
#include "window.h"

#include "input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SLICE = 4 << 20 /* bytes read between two frames: a few milliseconds */ };

static const double notice_time = 4; /* seconds */
static const double trouble_time = 24 * 3600.0;
static const double spare_time = 1.0 / 100; /* seconds until the next frame: enough to prepare something */
static const double again_time = 0.004;     /* seconds between two looks at a new run */
static const char name[] = "Loopglass";

double app_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void app_notice(App *app, const char *text)
{
    snprintf(app->notice, sizeof app->notice, "%s", text);
    app->notice_until = app_now() + notice_time;
}

void app_trouble(App *app, const char *text)
{
    app_notice(app, text);
    app->notice_until = app_now() + trouble_time;
}

void app_notice_seen(App *app)
{
    if (app->notice_until > app_now() + notice_time)
        app->notice_until = app_now() + notice_time;
}

/* ------------------------------------------------------------------------------------------- documents ----
 */

const Lesson *app_lesson(App *app)
{
    if (!app->document)
        return NULL;
    app->lesson = *document_lesson(app->document, app->view.language);
    if (app->failed)
        app->lesson.mishap = document_lesson(app->failed, app->view.language)->mishap;
    return &app->lesson;
}

static void show_title(App *app)
{
    char title[512];
    const Lesson *lesson = app->document ? document_lesson(app->document, app->view.language) : NULL;
    const char *own = lesson ? about_title(lesson->about, app->view.language) : NULL;
    if (lesson && (!own || !*own))
        own = document_source(app->document);
    snprintf(title, sizeof title, "%s%s%s", own ? own : "", own ? " — " : "", name);
    if (strcmp(SDL_GetWindowTitle(app->window), title) != 0)
        SDL_SetWindowTitle(app->window, title);
}

/** A new document or the list: what belongs to the old one's place is forgotten, how the reader looks is
 * kept. */
static void start_view(App *app)
{
    View *view = &app->view;
    view->i = view->from = 0;
    view->playing = false;
    view->left = view->right = 0;
    view->selected = ID_NONE;
    view->help = view->mishap = false;
    for (int panel = 0; panel < PANELS; panel++)
        view->scroll[panel] = 0;
    app->drag.held = false;
    app->step = false;
    app->dirty = true;
    state_clear(&app->state);
}

void app_adopt(App *app, Document *document)
{
    app_again_free(app);
    watch_arm(app->watch, -1);
    document_free(app->document);
    document_free(app->failed);
    app->document = document;
    app->failed = NULL;
    start_view(app);
    if (document && !document_is_file(document))
        watch_arm(app->watch, document_descriptor(document));
    show_title(app);
}

static void show_list(App *app)
{
    const char *own = getenv("LOOPGLASS_LESSONS");
    if (app->has_catalog && own && *own) /* they may have changed meanwhile */
        catalog_free(&app->catalog);
    if (!app->has_catalog || (own && *own))
        catalog_load(&app->catalog);
    app->has_catalog = true;
    const char *source = app->document ? document_source(app->document) : "";
    long mark = catalog_find(&app->catalog, source);
    if (mark >= 0)
        app->view.list_mark = (size_t)mark;
    app_adopt(app, NULL);
}

bool app_open(App *app, const Opening *opening)
{
    const char *problem;
    Document *document = document_open(opening, app->view.language, &problem);
    if (!document) {
        app_notice(app, problem);
        app->dirty = true;
        return false;
    }
    app_adopt(app, document);
    return true;
}

/** What is there of the document now: goes to where it shall open, or back to the list if there is nothing.
 */
static void settle(App *app)
{
    Document *document = app->document;
    const Lesson *lesson = document_lesson(document, app->view.language);
    uint32_t event;
    if (document_is_broken(document)) {
        app_notice(app, lesson->message ? lesson->message : document_source(document));
        show_list(app);
        return;
    }
    if (app->at && !lesson->loading) {
        if (options_at(app->at, lesson->history, lesson->beats, &event))
            view_do(&app->view, lesson->history, lesson->beats, 0, DO_GO, event);
        app->at = NULL;
    }
    if (!lesson->loading && lesson->mishap) {
        app->view.mishap = app->dirty = true;
        app->view.scroll[PANEL_MISHAP] = 0;
    }
    show_title(app);
    if (!document_is_file(document))
        watch_arm(app->watch, document_descriptor(document));
}

/** Takes in what has come of the document since the last time. */
static void read_document(App *app)
{
    if (!app->document || document_descriptor(app->document) < 0)
        return;
    const Lesson *lesson = document_lesson(app->document, app->view.language);
    uint32_t end = history_count(lesson->history);
    bool follows = end > 0 && app->view.i == end; /* who is at the end stays there while more comes */
    if (document_read(app->document, SLICE))
        app->dirty = true;
    if (follows && history_count(lesson->history) > end)
        view_do(&app->view, lesson->history, lesson->beats, 0, DO_END, 0);
    settle(app);
}

/* --------------------------------------------------------------------------------------------- actions ----
 */

static void open_entry(App *app, int64_t argument)
{
    size_t index = argument < 0 ? app->view.list_mark : (size_t)(argument & UINT32_MAX);
    size_t variant = argument < 0 ? app->view.list_variant : (size_t)(argument >> 32);
    if (app->document || index >= app->catalog.count)
        return;
    const LessonEntry *entry = &app->catalog.entries[index];
    app->view.list_mark = index;
    app->view.list_variant = variant;
    bool varies = variant > 0 && variant <= entry->variant_count;
    app_open(app, &(Opening){.source = catalog_source(entry),
                             .variant = varies ? entry->variants[variant - 1] : NULL});
}

static void run_again(App *app)
{
    if (!app->document || strcmp(document_source(app->document), "-") == 0)
        return;
    app_run_again(app, document_opening(app->document), "notice.restarted");
}

/** Is it an action after which things slide to where they belong now? */
static bool is_step(Action action)
{
    return action == DO_FORWARD || action == DO_BACK || action == DO_FORWARD_ITERATION ||
           action == DO_BACK_ITERATION;
}

/** The variants that V goes round. */
static int64_t variants_of_mark(const App *app)
{
    bool has = app->view.list_mark < app->catalog.count;
    return has ? (int64_t)app->catalog.entries[app->view.list_mark].variant_count : 0;
}

void app_do(App *app, Action action, int64_t argument)
{
    const Lesson *lesson = app->document ? document_lesson(app->document, app->view.language) : NULL;
    if (view_hides(&app->view, action))
        return;
    if (action == DO_KNOB)
        argument *= lesson ? (int64_t)about_knobs(lesson->about)->count : 0;
    if (action == DO_LIST_VARIANT)
        argument = variants_of_mark(app);
    if (view_do(&app->view, lesson ? lesson->history : NULL, lesson ? lesson->beats : NULL,
                app->catalog.count, action, argument)) {
        app->dirty = true;
        app->step = is_step(action);
        if (action == DO_LANGUAGE)
            show_title(app);
        return;
    }
    switch (action) {
    case DO_FULL_SCREEN: {
        bool full = SDL_GetWindowFlags(app->window) & SDL_WINDOW_FULLSCREEN_DESKTOP;
        SDL_SetWindowFullscreen(app->window, full ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP);
        break;
    }
    case DO_OPEN:
        open_entry(app, argument);
        break;
    case DO_TURN:
        app_turn(app, argument);
        break;
    case DO_RESTART:
        run_again(app);
        break;
    case DO_BACK_OUT:
        if (app->document)
            show_list(app);
        break;
    case DO_QUIT:
        app->ends = true;
        break;
    default:
        break;
    }
}

/* ---------------------------------------------------------------------------------------------- opening ----
 */

/** Without --size, most of the screen. */
static void choose_size(View *view, bool given)
{
    SDL_Rect screen;
    if (given || SDL_GetDisplayUsableBounds(0, &screen) != 0)
        return;
    view->width = screen.w * 85 / 100;
    view->height = screen.h * 85 / 100;
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

/** Starts SDL on a display that a person can see: left to itself, it would also draw into nothing. */
static bool start_video(const char **problem)
{
    bool chosen = is_set("SDL_VIDEODRIVER");
    *problem = "neither DISPLAY nor WAYLAND_DISPLAY is set";
    if (!chosen && !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY"))
        return false;
    if (!chosen && !is_set("WAYLAND_DISPLAY"))
        SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11"); /* and nothing else is tried, and complains */
    static const char bus[] = "DBUS_SESSION_BUS_ADDRESS";
    bool no_bus = !is_set(bus);
    if (no_bus)
        setenv(bus, "disabled:", 1); /* else libdbus starts a daemon, which stays */
    bool started = SDL_Init(SDL_INIT_VIDEO) == 0;
    if (no_bus)
        unsetenv(bus);
    if (!started) {
        *problem = SDL_GetError();
        return false;
    }
    const char *driver = SDL_GetCurrentVideoDriver();
    *problem = "it cannot be reached";
    return chosen || strcmp(driver, "x11") == 0 || strcmp(driver, "wayland") == 0;
}

/** @return false after complaining */
static bool open_window(App *app, bool size_given)
{
    const char *problem;
    if (!start_video(&problem)) {
        complain(
            "no display (%s): 'loopglass text LESSON' shows a lesson as text, 'loopglass shot' as a picture",
            problem);
        return false;
    }
    if (strcmp(SDL_GetCurrentVideoDriver(), "x11") == 0)
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"); /* ten times faster there, and only there */
    SDL_StopTextInput();                                     /* an input method would swallow the letters */
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");     /* else SDL keeps the first click to itself */
    choose_size(&app->view, size_given);
    app->window = SDL_CreateWindow(name, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, app->view.width,
                                   app->view.height, SDL_WINDOW_RESIZABLE);
    app->renderer = app->window ? SDL_CreateRenderer(app->window, -1, SDL_RENDERER_SOFTWARE) : NULL;
    if (!app->renderer) {
        complain("cannot open a window: %s", SDL_GetError());
        return false;
    }
    SDL_SetWindowMinimumSize(app->window, 640, 480);
    SDL_GetWindowSize(app->window, &app->view.width, &app->view.height);
    app->readable = SDL_RegisterEvents(1);
    app->watch = watch_new(app->readable);
    app->painter = painter_new(app->renderer, app->fonts);
    app->tween = tween_new();
    app->damage = damage_new();
    app->arrow = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_ARROW);
    app->hand = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_HAND);
    if (!app->watch || !app->painter || !app->tween || !app->damage) {
        complain("out of memory");
        return false;
    }
    return true;
}

static void close_window(App *app)
{
    watch_free(app->watch);
    watch_free(app->edit_watch);
    edits_free(app->edits);
    app_again_free(app);
    document_free(app->document);
    document_free(app->failed);
    catalog_free(&app->catalog);
    state_clear(&app->state);
    tween_free(app->tween);
    painter_free(app->painter);
    draw_free(&app->scene);
    draw_free(&app->next);
    draw_free(&app->shown);
    draw_free(&app->ahead);
    state_clear(&app->ahead_state);
    damage_free(app->damage);
    SDL_FreeCursor(app->arrow);
    SDL_FreeCursor(app->hand);
    if (app->renderer)
        SDL_DestroyRenderer(app->renderer);
    if (app->window)
        SDL_DestroyWindow(app->window);
    fonts_close(app->fonts);
    if (app->log)
        fclose(app->log);
    SDL_Quit();
}

/** Takes all events that are there; waits for the first one for `seconds`, < 0: for ever. */
static void take_events(App *app, double seconds)
{
    SDL_Event event;
    int got =
        seconds < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, (int)(seconds * 1000 + 0.999));
    for (; got; got = SDL_PollEvent(&event)) {
        if (event.type == app->readable)
            read_document(app);
        else if (app->edits && event.type == app->edited)
            app_take_edits(app);
        else
            app_event(app, &event);
    }
}

static void run(App *app)
{
    double last = app_now();
    while (!app->ends) {
        bool has_file =
            app->document && document_is_file(app->document) && document_descriptor(app->document) >= 0;
        if (has_file)
            read_document(app);
        double edit = app_follow_edits(app);
        app_read_again(app);
        double due = app_frame(app);
        if (edit >= 0 && (due < 0 || due > edit))
            due = edit;
        double spent = app_now() - last;
        if (app->tween_start >= 0) /* sixty frames a second, and not more */
            due = due > spent ? due - spent : 0;
        if (app->again.document && (due < 0 || due > again_time))
            due = again_time;
        bool spare = !has_file && (due < 0 || due > spare_time);
        bool busy = has_file || (spare && app_prepare(app));
        take_events(app, busy && app->tween_start < 0 ? 0 : due);
        double now = app_now();
        const Lesson *lesson = app->document ? document_lesson(app->document, app->view.language) : NULL;
        if (lesson && view_tick(&app->view, lesson->history, lesson->beats, now - last))
            app->dirty = app->step = true;
        last = now;
    }
}

/**
 * Opens what the command line names before there is a window, and waits a moment for its first events: a name
 * that is wrong is told on the terminal, with a status.
 */
static int open_source(App *app, const Options *options)
{
    static const double for_child = 2, for_pipe = 0.1; /* seconds: who writes into a pipe may take his time */
    const char *problem;
    Document *document = document_open(&options->opening, app->view.language, &problem);
    if (!document) {
        complain("%s", problem);
        return CLI_UNREADABLE;
    }
    double until = app_now() + (opening_kind(&options->opening) == SOURCE_TRACE ? for_pipe : for_child);
    while (document_descriptor(document) >= 0 && app_now() < until) {
        document_read(document, SLICE);
        if (history_count(document_lesson(document, app->view.language)->history) > 0)
            break;
        nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
    }
    int status = document_status(document);
    if (status != 0) {
        complain("%s", document_lesson(document, app->view.language)->message);
        document_free(document);
        return status;
    }
    app->document = document;
    return CLI_DONE;
}

int cli_window(int argc, char **argv)
{
    Options options;
    if (!options_read(&options, argc, argv, OPTS_LOOK | OPTS_AT | OPTS_RUN | OPTS_MOTION))
        return CLI_USAGE;
    App app = {.view = options.view, .at = options.at, .tween_start = -1, .dirty = true};
    const char *problem;
    int status = options.opening.source ? open_source(&app, &options) : CLI_DONE;
    if (status != CLI_DONE)
        return status;
    app.view.mouse_x = app.view.mouse_y = -1;
    app.fonts = fonts_open(&problem);
    if (problem)
        complain("%s", problem);
    bool opened = app.fonts && open_window(&app, options.size_given);
    if (opened && options.watch && !app_watch_edits(&app)) {
        complain("cannot watch files: %s", strerror(errno));
        opened = false;
    }
    if (!opened) {
        close_window(&app);
        return CLI_UNREADABLE;
    }
    app.scene.measure = app.next.measure = app.shown.measure = app.ahead.measure = fonts_measure(app.fonts);
    const char *log = getenv("LOOPGLASS_LOG");
    app.log = log && *log ? fopen(log, "ae") : NULL;
    if (app.document) {
        Document *document = app.document;
        app.document = NULL;
        app_adopt(&app, document);
        settle(&app);
    } else {
        show_list(&app);
    }
    run(&app);
    close_window(&app);
    return CLI_DONE;
}
