/*
 * shot.c — a picture without a window: `loopglass shot` and `loopglass export … --to png`.
 *
 * The same scene, the same painter as the window's, onto a surface in memory; no display is needed.
 */
#include "catalog.h"
#include "cli.h"
#include "document.h"
#include "input.h"
#include "paint.h"
#include "scene.h"

#include <stdio.h>
#include <string.h>

static const double patience = 30; /* seconds that a program may take */

/** The keys of --keys, as if pressed one after the other. */
static void press(Options *options, const History *history, const Beats *beats, size_t list_count)
{
    for (const char *key = options->keys; key && *key;) {
        Command command = input_first(key, &key, history == NULL);
        view_do(&options->view, history, beats, list_count, command.action, command.argument);
    }
}

/** Complains of a character that is no key there. */
static bool are_keys(const Options *options)
{
    for (const char *key = options->keys, *next; key && *key; key = next)
        if (input_first(key, &next, options->list).action == DO_NOTHING) {
            complain("--keys: '%s' begins with no key of the %s; ? in the window shows them all", key,
                     options->list ? "list" : "lesson window");
            return false;
        }
    return true;
}

static int save(const Options *options, const DrawList *list, Fonts *fonts)
{
    const View *view = &options->view;
    SDL_Surface *picture = paint_picture(list, theme_colors(view->theme), fonts, view->width, view->height);
    const char *problem = picture && !list->failed ? png_write(options->output, picture) : "out of memory";
    SDL_FreeSurface(picture);
    if (problem)
        complain("%s", problem);
    return problem ? CLI_UNREADABLE : CLI_DONE;
}

static int shoot_list(Options *options, DrawList *list, Fonts *fonts)
{
    Catalog catalog;
    catalog_load(&catalog);
    if (catalog.problem) {
        complain("no list of lessons: %s", catalog.problem);
        catalog_free(&catalog);
        return CLI_UNREADABLE;
    }
    press(options, NULL, NULL, catalog.count);
    scene_list(list, &catalog, &options->view);
    int status = save(options, list, fonts);
    catalog_free(&catalog);
    return status;
}

static int shoot_lesson(Options *options, DrawList *list, Fonts *fonts)
{
    const char *problem;
    View *view = &options->view;
    Document *document = document_open(&options->opening, view->language, &problem);
    if (!document) {
        complain("%s", problem);
        return CLI_UNREADABLE;
    }
    document_load(document, patience);
    const Lesson *lesson = document_lesson(document, view->language);
    int status = document_status(document);
    uint32_t at = 0;
    if (status != 0)
        complain("%s", lesson->message);
    else if (options->at && !options_at(options->at, lesson->history, lesson->beats, &at))
        status = CLI_USAGE;
    if (status == 0) {
        State state = {0};
        view_do(view, lesson->history, lesson->beats, 0, DO_GO, at);
        view->mishap = lesson->mishap != NULL;
        press(options, lesson->history, lesson->beats, 0);
        lesson = document_lesson(document, view->language);
        scene_lesson(list, lesson, view, &state);
        status = save(options, list, fonts);
        state_clear(&state);
        if (status == 0)
            complain_of_lines(options->opening.source, lesson->history);
    }
    document_free(document);
    return status;
}

int cli_shot(int argc, char **argv)
{
    Options options;
    if (!options_read(&options, argc, argv, OPTS_LOOK | OPTS_AT | OPTS_OUTPUT | OPTS_LIST | OPTS_RUN))
        return CLI_USAGE;
    if (!options.output || options.list == (options.opening.source != NULL) || (options.list && options.at)) {
        complain("usage: loopglass %s LESSON|PROGRAM.py|TRACE|--list -o FILE.png; --at N not with --list",
                 argv[0]);
        return CLI_USAGE;
    }
    if (!are_keys(&options))
        return CLI_USAGE;
    const char *problem;
    Fonts *fonts = fonts_open(&problem);
    if (problem)
        complain("%s", problem);
    if (!fonts)
        return CLI_UNREADABLE;
    DrawList list = {.measure = fonts_measure(fonts)};
    int status = options.list ? shoot_list(&options, &list, fonts) : shoot_lesson(&options, &list, fonts);
    draw_free(&list);
    fonts_close(fonts);
    return status;
}

int cli_export(int argc, char **argv)
{
    for (char **at = argv + 1; *at; at++) {
        const char *format = strncmp(*at, "--to=", 5) == 0 ? *at + 5 : NULL;
        if (strcmp(*at, "--to") == 0 && at[1])
            format = at[1];
        if (format && strcmp(format, "png") == 0)
            return cli_shot(argc, argv);
        if (format) {
            complain("cannot export to '%s'; --to takes png", format);
            return CLI_USAGE;
        }
    }
    complain("export needs a format: loopglass export LESSON --to png -o FILE.png");
    return CLI_USAGE;
}
