/*
 * scene_check.h — a trace of tests/data/traces as a lesson, for the tests of the scene.
 */
#ifndef TESTS_SCENE_CHECK_H
#define TESTS_SCENE_CHECK_H

#include "viz/fake_measure.h"

#include "scene_parts.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Opened {
    Lesson lesson;
    History *history;
    Beats *beats;
    About *about;
} Opened;

static inline char *read_all(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    if (bytes && fread(bytes, 1, *size, file) != *size)
        *size = 0;
    if (bytes)
        bytes[*size] = 0;
    fclose(file);
    return bytes;
}

/* From bytes; the tests make up traces of their own, too. */
static inline Opened open_bytes(const char *bytes, size_t size)
{
    Opened opened = {.history = history_new(), .beats = beats_new()};
    history_feed(opened.history, bytes, size);
    history_finish(opened.history);
    beats_update(opened.beats, opened.history);
    opened.about = about_new(opened.history);
    opened.lesson = (Lesson){.history = opened.history, .beats = opened.beats, .about = opened.about};
    return opened;
}

/* By the trace's name without ".jsonl". */
static inline Opened open_trace(const char *name)
{
    char path[512];
    size_t size = 0;
    snprintf(path, sizeof path, "%s/data/traces/%s.jsonl", TESTS_DIR, name);
    char *bytes = read_all(path, &size);
    Opened opened = open_bytes(bytes ? bytes : "", size);
    free(bytes);
    return opened;
}

static inline void close_trace(Opened *opened)
{
    about_free(opened->about);
    beats_free(opened->beats);
    history_free(opened->history);
}

/* The parts that are neither timeline nor transport, at the state after view->i. */
static inline Scene draw_parts(DrawList *list, const Opened *opened, const View *view, State *state)
{
    draw_clear(list);
    state_at(state, opened->history, view->i);
    Scene scene = scene_of(&opened->lesson, view, state);
    const Layout *layout = &scene.layout;
    scene_source(list, &scene, layout->source);
    scene_knobs(list, &scene, layout->knobs);
    scene_pictures(list, &scene, layout->pictures);
    scene_console(list, &scene, layout->console);
    scene_phases(list, &scene, layout->phases);
    scene_ready(list, &scene, layout->ready);
    scene_running(list, &scene, layout->running);
    scene_waiting(list, &scene, layout->waiting);
    scene_finished(list, &scene, layout->finished);
    scene_narration(list, &scene, layout->narration);
    scene_header(list, &scene, layout->header);
    return scene;
}

static inline View view_of(int width, int height, Language language)
{
    View view;
    view_init(&view);
    view.width = width;
    view.height = height;
    view.language = language;
    return view;
}

#endif
