/*
 * history.c — bytes into lines, lines into events; and what can be asked about them.
 *
 * Nothing that comes in can do more than be counted as a bad line: bytes are cut anywhere, lines may be no
 * JSON, a killed program may leave half a line or zeros behind. Memory is bounded by what was fed, and a
 * single line by READ_LINE_LIMIT.
 */
#include "arena.h"
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first problem is the one that is told. */
static void note_problem(History *history, const char *text)
{
    if (history->problem[0] == '\0')
        snprintf(history->problem, sizeof history->problem, "line %u: %s", history->line, text);
}

static bool refuse(History *history, const char *text)
{
    history->refused = true;
    snprintf(history->problem, sizeof history->problem, "%s", text);
    return false;
}

static bool no_memory(History *history)
{
    history->out_of_memory = true;
    return refuse(history, "out of memory: the trace is shown up to here");
}

static bool is_blank(const char *line, size_t length)
{
    while (length > 0 && strchr(" \t\r", line[length - 1]) != NULL && line[length - 1] != '\0')
        length--;
    return length == 0;
}

static bool take_header(History *history, const char *line, size_t length)
{
    Header header;
    if (length >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) {
        line += 3;
        length -= 3;
    }
    const char *problem = read_header(line, length, &header);
    history->newer = header.version > READ_VERSION ? header.version : 0;
    if (problem != NULL)
        return refuse(history, problem);
    history->header = malloc(length + 1);
    if (history->header == NULL)
        return no_memory(history);
    memcpy(history->header, line, length);
    history->header[length] = '\0';
    history->is_virtual = header.is_virtual;
    memcpy(history->schedule, header.schedule, sizeof history->schedule);
    return true;
}

/* Several loops take turns in a trace. A line that runs in a thread in which none does is nobody's. */
static bool turn_to_loop(History *history, Event *event)
{
    bool is_line = event->kind == EV_LINE || event->kind == EV_ENTER || event->kind == EV_LEAVE;
    if (is_line && event->task == ID_NONE && event->thread != history->thread)
        event->by = WORD_THREAD;
    if (event->loop == 0)
        return true;
    if (event->by != WORD_THREAD)
        history->thread = event->thread;
    if (event->loop == history_loop(history, event->i))
        return true;
    return list_add(&history->loop_from, event->i) && list_add(&history->loop_of, event->loop) &&
           state_turn(&history->live, event->loop);
}

/* Events count from 1 as they come. A number that says otherwise is a problem, but the event is one. */
static bool take_event(History *history, Event *event)
{
    if (event->i != history->expected) {
        char text[80];
        snprintf(text, sizeof text, "event number %u where %u was expected", event->i, history->expected);
        note_problem(history, text);
    }
    history->expected = event->i + 1;
    if (event->kind == EV_SNAPSHOT)
        return true; /* it changes nothing, and nobody steps to it */
    event->i = history->pack.count + 1;
    if (!turn_to_loop(history, event))
        return no_memory(history);
    index_complete(history, event);
    if (!pack_add(&history->pack, event) || !index_before(history, event) ||
        !state_apply(&history->live, history, event, history) || !index_after(history, event) ||
        !keyframe_take(history))
        return no_memory(history);
    return true;
}

static void bad_line(History *history, const char *text)
{
    history->bad_lines++;
    note_problem(history, text);
}

static bool take_line(History *history, const char *line, size_t length)
{
    history->line++;
    if (history->header == NULL)
        return is_blank(line, length) || take_header(history, line, length);
    Event event;
    switch (reader_line(history->reader, line, length, &event)) {
    case READ_EVENT:
        return take_event(history, &event);
    case READ_MEMORY:
        return no_memory(history);
    case READ_BAD:
        break;
    }
    if (!is_blank(line, length))
        bad_line(history, reader_problem(history->reader));
    return true;
}

/* Keeps a line of which the end has not come. One that is too long is given up, and skipped to its end. */
static bool keep_pending(History *history, const char *bytes, size_t count)
{
    if (history->skipping)
        return true;
    if (history->pending_count + count > READ_LINE_LIMIT) {
        if (history->header == NULL)
            return refuse(history, "the first line is longer than 16 MiB");
        history->skipping = true;
        history->pending_count = 0;
        return true;
    }
    char *pending =
        array_grow(history->pending, &history->pending_capacity, history->pending_count + count, 1);
    if (pending == NULL)
        return no_memory(history);
    history->pending = pending;
    memcpy(pending + history->pending_count, bytes, count);
    history->pending_count += count;
    return true;
}

/* The pending line has come to its end. */
static bool end_pending(History *history)
{
    size_t length = history->pending_count;
    history->pending_count = 0;
    if (!history->skipping)
        return take_line(history, history->pending, length);
    history->skipping = false;
    history->line++;
    bad_line(history, "longer than 16 MiB");
    return true;
}

static void free_lanes(History *history)
{
    for (size_t k = 0; k < history->lane_count; k++)
        free(history->lanes[k].spans);
    free(history->lanes);
    keyframe_free(history->keys);
    state_clear(&history->live);
}

static void shrink(History *history)
{
    pack_shrink(&history->pack);
    for (size_t k = 0; k < history->lane_count; k++) {
        LaneRecord *lane = &history->lanes[k];
        lane->spans = array_shrink(lane->spans, &lane->span_capacity, lane->span_count, sizeof *lane->spans);
    }
    history->edges =
        array_shrink(history->edges, &history->edge_capacity, history->edge_count, sizeof *history->edges);
    history->iterations = array_shrink(history->iterations, &history->iteration_capacity,
                                       history->iteration_count, sizeof *history->iterations);
}

History *history_new(void)
{
    History *history = calloc(1, sizeof *history);
    if (history == NULL)
        return NULL;
    history->texts = texts_new();
    history->chains = chains_new();
    history->reader = reader_new(history->texts, history->chains);
    history->keys = calloc(1, sizeof *history->keys);
    history->pack.texts = history->texts;
    history->pack.chains = history->chains;
    history->futures.record = history->tasks.record = sizeof(FutureRecord);
    history->coroutines.record = sizeof(CoroutineRecord);
    history->handles.record = sizeof(HandleRecord);
    history->places.record = sizeof(PlaceRecord);
    history->namesakes.record = sizeof(uint32_t);
    history->expected = 1;
    history->is_virtual = true;
    if (history->texts == NULL || history->chains == NULL || history->reader == NULL ||
        history->keys == NULL) {
        history_free(history);
        return NULL;
    }
    return history;
}

void history_free(History *history)
{
    if (history == NULL)
        return;
    reader_free(history->reader);
    chains_free(history->chains);
    texts_free(history->texts);
    pack_free(&history->pack);
    free_lanes(history);
    Table *tables[] = {&history->futures, &history->tasks,  &history->coroutines,
                       &history->handles, &history->places, &history->namesakes};
    for (size_t k = 0; k < sizeof tables / sizeof tables[0]; k++)
        table_free(tables[k]);
    List *lists[] = {&history->sources, &history->c_lines,   &history->order,
                     &history->outputs, &history->ends,      &history->ended,
                     &history->kids,    &history->loop_from, &history->loop_of};
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++)
        free(lists[k]->items);
    exhibit_free(history);
    free(history->iterations);
    free(history->edges);
    free(history->pending);
    free(history->header);
    free(history);
}

static bool take_lines(History *history, const char *bytes, size_t count)
{
    const char *end = bytes + count;
    while (bytes < end && !history->refused) {
        const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
        if (newline == NULL)
            return keep_pending(history, bytes, (size_t)(end - bytes));
        size_t length = (size_t)(newline - bytes);
        bool pending = history->pending_count > 0 || history->skipping;
        bool taken = pending || length > READ_LINE_LIMIT
                         ? keep_pending(history, bytes, length) && end_pending(history)
                         : take_line(history, bytes, length);
        if (!taken)
            return false;
        bytes = newline + 1;
    }
    return !history->refused;
}

bool history_feed(History *history, const char *bytes, size_t count)
{
    bool taken = take_lines(history, bytes, count);
    lane_settle(history);
    return taken;
}

bool history_finish(History *history)
{
    if (history->finished || history->refused)
        return !history->refused;
    history->finished = true;
    /* A machine that goes down can leave zeros where the file was to grow. */
    while (history->pending_count > 0 && history->pending[history->pending_count - 1] == '\0')
        history->pending_count--;
    if (history->skipping || history->pending_count > 0) {
        uint32_t bad_before = history->bad_lines;
        bool had_problem = history->problem[0] != '\0';
        bool taken = end_pending(history);
        lane_settle(history);
        if (!taken)
            return false;
        /* Half a line at the end of a trace that was cut is the cut, not a mistake. */
        if (history->bad_lines > bad_before && history->end == 0) {
            history->bad_lines = bad_before;
            if (!had_problem)
                history->problem[0] = '\0';
        }
    }
    if (history->header == NULL)
        return refuse(history, "empty: there is no trace in it");
    shrink(history);
    return true;
}

const char *history_problem(const History *history)
{
    return history->problem[0] != '\0' ? history->problem : NULL;
}

double history_newer(const History *history)
{
    return history->newer;
}

uint32_t history_bad_lines(const History *history)
{
    return history->bad_lines;
}

bool history_is_cut(const History *history)
{
    return history->finished && history->end == 0;
}

size_t history_bytes(const History *history)
{
    const List *lists[] = {&history->sources, &history->c_lines,   &history->order,
                           &history->outputs, &history->ends,      &history->ended,
                           &history->kids,    &history->loop_from, &history->loop_of};
    size_t bytes = sizeof *history + texts_bytes(history->texts) + chains_bytes(history->chains) +
                   pack_bytes(&history->pack) + history->futures.bytes + history->tasks.bytes +
                   history->coroutines.bytes + history->handles.bytes + history->places.bytes +
                   history->namesakes.bytes + exhibit_bytes(history) + history->pending_capacity +
                   history->keys->bytes + history->keys->capacity * sizeof *history->keys->at +
                   history->edge_capacity * sizeof *history->edges +
                   history->iteration_capacity * sizeof *history->iterations +
                   history->lane_capacity * sizeof *history->lanes;
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++)
        bytes += lists[k]->capacity * sizeof(uint32_t);
    for (size_t k = 0; k < history->lane_count; k++)
        bytes += history->lanes[k].span_capacity * sizeof(Span);
    return bytes;
}

const char *history_header(const History *history)
{
    return history->header;
}

const char *history_schedule(const History *history)
{
    return history->schedule[0] != '\0' ? history->schedule : NULL;
}

bool history_is_virtual(const History *history)
{
    return history->is_virtual;
}

uint32_t history_count(const History *history)
{
    return history->pack.count;
}

Event history_event(const History *history, uint32_t i)
{
    Event event = pack_event(&history->pack, i);
    if (event.kind == EV_FUTURE && event.id_count == 0) {
        const FutureRecord *future = future_record(history, event.future);
        if (future->created == i && future->kids != 0)
            event.ids = pack_ids(&history->pack, future->kids, &event.id_count);
    }
    return event;
}

EventKind history_kind(const History *history, uint32_t i)
{
    return pack_kind(&history->pack, i);
}

int64_t history_ts(const History *history, uint32_t i)
{
    return pack_ts(&history->pack, i);
}

size_t history_sources(const History *history)
{
    return history->sources.count;
}

Source history_source(const History *history, size_t index)
{
    Event event = pack_event(&history->pack, history->sources.items[index]);
    return (Source){.id = event.source, .name = event.text, .language = event.text3, .text = event.text2};
}

uint32_t history_loop(const History *history, uint32_t i)
{
    size_t k = history->loop_from.count > 0 ? list_until(&history->loop_from, i) : 0;
    return k > 0 ? history->loop_of.items[k - 1] : 1;
}

bool history_has_loops(const History *history)
{
    return history->loop_from.count > 0;
}

uint32_t history_c_line(const History *history, uint32_t listing_line)
{
    return listing_line < history->c_lines.count ? history->c_lines.items[listing_line] : 0;
}

size_t history_iterations(const History *history)
{
    return history->iteration_count;
}

const Iteration *history_iteration(const History *history, size_t index)
{
    return &history->iterations[index];
}

long history_iteration_at(const History *history, uint32_t i)
{
    size_t low = 0, high = history->iteration_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (history->iterations[middle].from <= i)
            low = middle + 1;
        else
            high = middle;
    }
    return (long)low - 1;
}

size_t history_outputs(const History *history, const uint32_t **events)
{
    *events = history->outputs.items;
    return history->outputs.count;
}

size_t history_ended(const History *history, const Id **lanes)
{
    *lanes = history->ended.items;
    return history->ended.count;
}
