/*
 * fuzz_reader.c — any bytes as a trace: read, checked, stepped through backwards, cut in two, drawn and told.
 *
 * With -fsanitize=fuzzer and -DLOOPGLASS_FUZZ this is a libFuzzer target. Without, a program that takes files
 * (a corpus, a crash to look at again) and runs each of them, and a few thousand mutations with a fixed seed.
 */
#include "about.h"
#include "history.h"
#include "read.h"
#include "scene.h"
#include "why.h"

#include "viz/fake_measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "fuzz_reader: broken: %s\n", what);
    abort();
}

/* What the picture relies on, in every state of every trace, good or bad. */
static void look_at_state(const History *history, const State *state)
{
    for (size_t k = 0; k < state->task_count; k++) {
        size_t running = 0; /* of the same loop */
        for (size_t j = 0; j <= k; j++)
            running +=
                state->tasks[j].status == STATUS_RUNNING && state->tasks[j].loop == state->tasks[k].loop;
        must(running <= 1, "at most one runs");
        must(history_lane_of(history, state->tasks[k].id) != NULL, "a task in the state is a lane");
        state_future(state, history, state->tasks[k].on);
    }
    for (size_t k = 1; k < state->timer_count; k++)
        must(state->timers[k - 1].when <= state->timers[k].when, "timers are in order");
}

static void look_at(const History *history)
{
    State state = {0};
    uint32_t count = history_count(history), step = count / 200 + 1;
    for (uint32_t i = count; i > 0; i -= step < i ? step : i) {
        must(state_at(&state, history, i), "every state can be reached");
        look_at_state(history, &state);
        must(history_cause(history, i) < i, "a cause lies before its effect");
    }
    state_clear(&state);
    for (size_t k = 0; k < history_lanes(history); k++) {
        const Span *spans;
        size_t spans_of = history_spans(history, k, &spans);
        must(spans_of > 0, "a lane has spans");
        for (size_t j = 1; j < spans_of; j++)
            must(spans[j - 1].until == spans[j].from && spans[j - 1].from < spans[j].from,
                 "spans have no gaps");
    }
    const Edge *edges;
    size_t edge_count = history_edges(history, &edges);
    for (size_t k = 0; k < edge_count; k++)
        must(edges[k].from <= edges[k].to && edges[k].to <= count &&
                 (k == 0 || edges[k - 1].to <= edges[k].to),
             "edges are in order");
    About *about = about_new(history);
    if (about != NULL)
        about_note(about, history, 0, count, LANG_EN);
    about_free(about);
}

/* Whatever a trace says, it can be drawn, at every depth, and told. */
static void draw(const History *history)
{
    Beats *beats = beats_new();
    About *about = about_new(history);
    must(beats != NULL && about != NULL && beats_update(beats, history), "there is memory");
    Lesson lesson = {.history = history, .beats = beats, .about = about};
    DrawList list = {.measure = fake_measure()};
    State state = {0};
    View view;
    view_init(&view);
    view.width = 1280;
    view.height = 720;
    uint32_t count = history_count(history), step = count / 12 + 1;
    for (uint32_t i = 0; i <= count; i += step) {
        char told[512];
        view.from = beats_before(beats, i);
        view.i = i;
        view.level = (Level)(i % 3);
        view.axis = (Axis)(i % 2);
        view.tab = (Tab)(i % TABS);
        scene_lesson(&list, &lesson, &view, &state);
        must(!list.failed, "the picture is whole");
        why_tell(told, sizeof told, history, &state, view.from, i, (Language)(i % LANGUAGES));
    }
    state_clear(&state);
    draw_free(&list);
    about_free(about);
    beats_free(beats);
}

/* The scanner takes a line only as cJSON would. Numbers past 2^53 are not cJSON's. */
static void compare_readers(const char *line, size_t length)
{
    Texts *texts = texts_new();
    Chains *chains = chains_new();
    Reader *reader = texts != NULL && chains != NULL ? reader_new(texts, chains) : NULL;
    Event a, b;
    bool exact = true;
    for (size_t k = 0, digits = 0; k < length; k++) {
        digits = line[k] >= '0' && line[k] <= '9' ? digits + 1 : 0;
        exact = exact && digits < 16;
    }
    if (reader != NULL && exact && reader_scans(reader, line, length)) {
        ReadResult scanned = reader_line(reader, line, length, &a);
        Id ids[8] = {0};
        memcpy(ids, a.ids != NULL ? a.ids : ids, (a.id_count < 8 ? a.id_count : 8) * sizeof *ids);
        must(reader_line_by_cjson(reader, line, length, &b) == scanned,
             "scanner and cJSON agree on what an event is");
        must(scanned != READ_EVENT ||
                 (a.kind == b.kind && a.i == b.i && a.ts == b.ts && a.n == b.n && a.text == b.text &&
                  a.text2 == b.text2 && a.chain == b.chain && a.line == b.line && a.task == b.task &&
                  a.handle == b.handle && a.word == b.word && a.id_count == b.id_count),
             "scanner and cJSON agree");
        must(scanned != READ_EVENT || a.id_count > 8 ||
                 memcmp(ids, b.ids != NULL ? b.ids : ids, b.id_count * sizeof *ids) == 0,
             "scanner and cJSON agree on ids");
    }
    reader_free(reader);
    chains_free(chains);
    texts_free(texts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char header[] = "{\"trace\":\"loopglass\",\"version\":1}\n";
    const char *text = (const char *)data;
    /* Most inputs are lines without a header: give them one, so that something is read. */
    bool headed = size > 20 && memcmp(text, "{\"trace\":", 9) == 0;
    History *whole = history_new(), *halves = history_new();
    must(whole != NULL && halves != NULL, "there is memory");
    if (!headed) {
        history_feed(whole, header, sizeof header - 1);
        history_feed(halves, header, sizeof header - 1);
    }
    history_feed(whole, text, size);
    history_finish(whole);
    history_feed(halves, text, size / 2);
    look_at(halves);
    history_feed(halves, text + size / 2, size - size / 2);
    history_finish(halves);
    must(history_count(whole) == history_count(halves) &&
             history_bad_lines(whole) == history_bad_lines(halves) &&
             history_lanes(whole) == history_lanes(halves),
         "two halves are the whole");
    look_at(whole);
    draw(whole);
    history_free(whole);
    history_free(halves);
    history_check(text, size, NULL, NULL);
    const char *newline = size > 0 ? memchr(text, '\n', size) : NULL;
    compare_readers(text, newline != NULL ? (size_t)(newline - text) : size);
    return 0;
}

#ifndef LOOPGLASS_FUZZ

static void run_mutations(const char *text, size_t size, unsigned rounds)
{
    static const char spice[] = "\"\\{}[],:0123456789-.tfhk\n";
    unsigned seed = 1;
    char *copy = malloc(size + 1);
    must(copy != NULL, "there is memory");
    for (unsigned round = 0; round < rounds && size > 0; round++) {
        memcpy(copy, text, size);
        for (unsigned changes = 0; changes < 1 + round % 8; changes++) {
            seed = seed * 1103515245u + 12345u;
            size_t at = (seed >> 4) % size, from = (seed >> 9) % size;
            size_t length = 1 + (seed >> 20) % 64;
            length = length < size - at ? length : size - at;
            length = length < size - from ? length : size - from;
            if (seed & 0x10000)
                copy[at] = spice[(seed >> 17) % (sizeof spice - 1)];
            else
                memmove(copy + at, copy + from, length);
        }
        LLVMFuzzerTestOneInput((const uint8_t *)copy, size);
    }
    free(copy);
}

int main(int argc, char **argv)
{
    for (int k = 1; k < argc; k++) {
        FILE *file = fopen(argv[k], "rb");
        if (file == NULL) {
            perror(argv[k]);
            return 2;
        }
        char *text = malloc(1 << 20);
        must(text != NULL, "there is memory");
        size_t size = fread(text, 1, 1 << 20, file);
        fclose(file);
        LLVMFuzzerTestOneInput((const uint8_t *)text, size);
        run_mutations(text, size, 200);
        free(text);
        printf("%s: %zu bytes and 200 mutations\n", argv[k], size);
    }
    return 0;
}

#endif
