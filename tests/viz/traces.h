/*
 * traces.h — the recorded traces, one after the other, and a whole history as text.
 */
#ifndef TRACES_H
#define TRACES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "history.h"

#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Bytes {
    char *text;
    size_t length;
} Bytes;

static inline Bytes read_bytes(const char *path)
{
    Bytes bytes = {0};
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    bytes.length = (size_t)ftell(file);
    rewind(file);
    bytes.text = malloc(bytes.length + 1);
    assert_non_null(bytes.text);
    assert_int_equal(fread(bytes.text, 1, bytes.length, file), bytes.length);
    bytes.text[bytes.length] = '\0';
    fclose(file);
    return bytes;
}

static inline Bytes read_trace(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/data/traces/%s.jsonl", TESTS_DIR, name);
    return read_bytes(path);
}

/** Calls `look` with each recorded trace. */
static inline void for_each_trace(void (*look)(const char *name, Bytes trace))
{
    glob_t found;
    assert_int_equal(glob(TESTS_DIR "/data/traces/*.jsonl", 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= 23);
    for (size_t k = 0; k < found.gl_pathc; k++) {
        Bytes trace = read_bytes(found.gl_pathv[k]);
        look(found.gl_pathv[k], trace);
        free(trace.text);
    }
    globfree(&found);
}

static inline History *history_of(const char *text, size_t length)
{
    History *history = history_new();
    assert_non_null(history);
    history_feed(history, text, length);
    history_finish(history);
    return history;
}

/** A trace from lines after the header; "%" in front of a line stands for `{"i":…,"ts":0,"ev":`. */
static inline Bytes make_trace(const char *lines)
{
    static const char header[] = "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\"}\n";
    Bytes made = {malloc(strlen(lines) * 4 + sizeof header + 64), 0};
    assert_non_null(made.text);
    made.length = (size_t)sprintf(made.text, "%s", header);
    unsigned i = 0;
    for (const char *s = lines; *s; s++) {
        if (*s == '%')
            made.length += (size_t)sprintf(made.text + made.length, "{\"i\":%u,\"ts\":0,\"ev\":", ++i);
        else
            made.text[made.length++] = *s;
    }
    made.text[made.length] = '\0';
    return made;
}

/* ------------------------------------------------------------------------------------ as text ---- */

typedef struct Text {
    char *text;
    size_t length, room;
} Text;

__attribute__((format(printf, 2, 3))) static inline void put(Text *to, const char *format, ...)
{
    va_list arguments;
    if (to->length + 2048 > to->room) {
        to->room = to->room * 2 + 4096;
        to->text = realloc(to->text, to->room);
        assert_non_null(to->text);
    }
    va_start(arguments, format);
    int length = vsnprintf(to->text + to->length, 2048, format, arguments);
    va_end(arguments);
    to->length += length < 2048 ? (size_t)length : 2047;
}

static inline void put_id(Text *to, Id id)
{
    if (id == ID_NONE)
        put(to, " -");
    else
        put(to, " %c%u", id_kind(id), id_number(id));
}

static inline void put_future(Text *to, const History *history, const State *state, Id id)
{
    FutureState future = state_future(state, history, id);
    if (future.status == STATUS_NONE)
        return;
    put_id(to, id);
    put(to, ":%s %d %s %u-%u timer %d %" PRId64 " %" PRId64 " kids %zu/%zu\n", future.of ? future.of : "-",
        future.status, future.value ? future.value : "-", future.created, future.done, future.has_timer,
        future.when, future.timer_from, future.kids_done, future.kid_count);
}

/** The whole state, tasks, queue, timers and futures. The caller frees it. */
static inline char *state_text(const History *history, const State *state)
{
    Text to = {0};
    put(&to, "%u ts %" PRId64 " iteration %u phase %d select %d %" PRId64 " batch %u/%u", state->i, state->ts,
        state->iteration, state->phase, state->selecting, state->select_timeout, state->batch_run,
        state->batch);
    put_id(&to, state->handle);
    put_id(&to, state->running);
    put(&to, " %s at", state->call ? state->call : "-");
    put_id(&to, state->source);
    put(&to, ":%u outputs %u ends %u flags %d%d%d run %u %u %u alone %zu\n", state->line, state->outputs,
        state->ends, state->stuck, state->ended, state->closed, state->run, state->queued, state->hand,
        state->timers_alone);
    for (size_t k = 0; k < state->ready_count; k++) {
        const ReadyState *ready = &state->ready[k];
        put(&to, "ready");
        put_id(&to, ready->handle);
        put_id(&to, ready->task);
        put_id(&to, ready->future);
        put(&to, " %d %d %d %s %u\n", ready->what, ready->why, ready->by,
            ready->callback ? ready->callback : "-", ready->since);
    }
    for (size_t k = 0; k < state->timer_count; k++) {
        const TimerState *timer = &state->timers[k];
        put(&to, "timer");
        put_id(&to, timer->handle);
        put_id(&to, timer->future);
        put(&to, " %" PRId64 " %u %s\n", timer->when, timer->since, timer->callback ? timer->callback : "-");
    }
    for (size_t k = 0; k < state->task_count; k++) {
        const TaskState *task = &state->tasks[k];
        put(&to, "task");
        put_id(&to, task->id);
        put(&to, " %s %s %d", task->name ? task->name : "-", task->coroutine ? task->coroutine : "-",
            task->status);
        put_id(&to, task->on);
        put(&to, " since %u steps %u", task->since, task->steps);
        put_id(&to, task->source);
        put(&to, ":%u %s ran %u created %u\n", task->line, task->function ? task->function : "-", task->ran,
            task->created);
    }
    for (uint32_t number = 1; number < 32; number++) {
        put_future(&to, history, state, ID('t', number));
        put_future(&to, history, state, ID('f', number));
    }
    return to.text;
}

/** All that is derived: lanes, spans, iterations, edges, outputs, ends. The caller frees it. */
static inline char *history_text(const History *history)
{
    Text to = {0};
    for (size_t k = 0; k < history_lanes(history); k++) {
        const Lane *lane = history_lane(history, k);
        const Span *spans;
        size_t count = history_spans(history, k, &spans);
        put(&to, "lane");
        put_id(&to, lane->id);
        put(&to, " %s %s %u-%u %u %d:", lane->name ? lane->name : "-",
            lane->coroutine ? lane->coroutine : "-", lane->created, lane->ended, lane->defined, lane->helper);
        for (size_t j = 0; j < count; j++) {
            put(&to, " %u-%u %d", spans[j].from, spans[j].until, spans[j].status);
            put_id(&to, spans[j].on);
        }
        put(&to, "\n");
    }
    for (size_t k = 0; k < history_iterations(history); k++) {
        const Iteration *iteration = history_iteration(history, k);
        put(&to, "iteration %u %u %u %u %" PRId64 "\n", iteration->from, iteration->n, iteration->select,
            iteration->selected, iteration->idle);
    }
    const Edge *edges;
    size_t count = history_edges(history, &edges);
    for (size_t k = 0; k < count; k++) {
        put(&to, "edge %d %u", edges[k].kind, edges[k].from);
        put_id(&to, edges[k].source);
        put(&to, " %u", edges[k].to);
        put_id(&to, edges[k].target);
        put(&to, "\n");
    }
    const uint32_t *events;
    const Id *ended;
    count = history_outputs(history, &events);
    for (size_t k = 0; k < count; k++)
        put(&to, "output %u\n", events[k]);
    count = history_ended(history, &ended);
    for (size_t k = 0; k < count; k++) {
        put(&to, "end %u", history_lane_of(history, ended[k])->ended);
        put_id(&to, ended[k]);
        put(&to, "\n");
    }
    put(&to, "events %u bad %u cut %d problem %s\n", history_count(history), history_bad_lines(history),
        history_is_cut(history), history_problem(history) ? history_problem(history) : "-");
    return to.text;
}

static inline int same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/** Every field of two events, wherever their texts are kept. */
static inline int same_event(const Event *a, const Event *b)
{
    if (a->i != b->i || a->kind != b->kind || a->ts != b->ts || a->handle != b->handle ||
        a->task != b->task || a->future != b->future || a->callback != b->callback ||
        a->source != b->source || a->coroutine != b->coroutine || a->on != b->on || a->word != b->word ||
        a->by != b->by || a->why != b->why || a->n != b->n || a->line != b->line ||
        a->defined != b->defined || a->c_line != b->c_line || !same_text(a->text, b->text) ||
        !same_text(a->text2, b->text2) || !same_text(a->text3, b->text3) ||
        a->chain_count != b->chain_count || a->id_count != b->id_count)
        return 0;
    for (size_t k = 0; k < a->chain_count; k++)
        if (!same_text(a->chain[k].function, b->chain[k].function) ||
            !same_text(a->chain[k].file, b->chain[k].file) || a->chain[k].source != b->chain[k].source ||
            a->chain[k].line != b->chain[k].line)
            return 0;
    return a->id_count == 0 || memcmp(a->ids, b->ids, a->id_count * sizeof *a->ids) == 0;
}

/* A small generator of its own, so that a failure comes back. */
static inline uint32_t random_next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

#endif
