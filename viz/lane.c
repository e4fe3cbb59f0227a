/*
 * lane.c — who is to be seen: tasks, coroutines driven by hand, the main program.
 *
 * A lane is a row of spans, each a status from one event to the next. Tasks are lanes from their creation. A
 * coroutine object becomes one when it is first switched to, and is then one since it was made. The main
 * program is one as long as no loop has shown up.
 */
#include "arena.h"
#include "inside.h"

#include <string.h>

enum { NUMBERS = 1 << 24 }; /* of texts that a table takes */

static bool is_helper(const char *coroutine)
{
    static const char *const helpers[] = {"shutdown_asyncgens", "shutdown_default_executor"};
    for (size_t k = 0; coroutine != NULL && k < sizeof helpers / sizeof helpers[0]; k++) {
        size_t length = strlen(coroutine), tail = strlen(helpers[k]);
        if (length >= tail && strcmp(coroutine + length - tail, helpers[k]) == 0)
            return true;
    }
    return false;
}

/* "BaseSelectorEventLoop._accept_connection2": a private method of a loop. */
static bool is_internal(const char *coroutine)
{
    return coroutine != NULL && strstr(coroutine, "EventLoop._") != NULL;
}

static bool is_before(const History *history, uint32_t a, uint32_t b)
{
    uint32_t created = history->lanes[a].lane.created, other = history->lanes[b].lane.created;
    return created != other ? created < other : a < b;
}

/* The order to be seen in is that of creation; only a coroutine that is driven late is not at the end. */
static bool put_in_order(History *history, uint32_t index)
{
    const List *order = &history->order;
    if (order->count > 0 && is_before(history, index, order->items[order->count - 1]))
        history->disordered = true;
    return list_add(&history->order, index);
}

LaneRecord *lane_record(const History *history, Id id)
{
    uint32_t index = 0;
    if (id_kind(id) == 't') {
        const FutureRecord *task = future_record(history, id);
        index = task != NULL ? task->lane : 0;
    } else if (id == ID_MAIN) {
        index = !history->has_loop && history->lane_count > 0; /* always the first */
    } else if (id_kind(id) == 'k') {
        const CoroutineRecord *coroutine = coroutine_record(history, id);
        index = coroutine != NULL ? coroutine->lane : 0;
    }
    return index != 0 ? &history->lanes[index - 1] : NULL;
}

Id lane_of_coroutine(const History *history, Id coroutine)
{
    const CoroutineRecord *record = coroutine == ID_MAIN ? NULL : coroutine_record(history, coroutine);
    Id id = record != NULL && record->task != ID_NONE ? record->task : coroutine;
    return lane_record(history, id) != NULL ? id : ID_NONE;
}

/** Counts it among those that run the same function. */
static bool count_namesake(History *history, Lane *lane)
{
    const char *name = lane->coroutine != NULL ? lane->coroutine : lane->name;
    if (name == NULL)
        return true;
    name = last_part(name);
    lane->function = texts_add(history->texts, name, strlen(name));
    uint32_t number = text_number(lane->function);
    uint32_t *count = number < NUMBERS ? table_make(&history->namesakes, number) : NULL;
    if (count != NULL)
        ++*count;
    return lane->function != NULL && (count != NULL || number >= NUMBERS);
}

LaneRecord *lane_add(History *history, Id id, uint32_t created)
{
    LaneRecord *lanes =
        array_grow(history->lanes, &history->lane_capacity, history->lane_count + 1, sizeof *lanes);
    if (lanes == NULL)
        return NULL;
    history->lanes = lanes;
    uint32_t index = (uint32_t)history->lane_count;
    LaneRecord *record = &lanes[index];
    *record = (LaneRecord){.lane = {.id = id, .created = created}};
    if (created != 0) {
        Event event = pack_event(&history->pack, created);
        record->lane.name = event.text;
        record->lane.coroutine = event.kind == EV_TASK ? event.text2 : event.text;
        record->lane.defined = event.defined;
        record->lane.helper = is_helper(event.kind == EV_TASK ? event.text2 : NULL);
        record->lane.internal = is_internal(event.kind == EV_TASK ? event.text2 : NULL);
    }
    if (!count_namesake(history, &record->lane) || !put_in_order(history, index))
        return NULL;
    history->lane_count++;
    if (id_kind(id) == 't')
        future_record(history, id)->lane = index + 1;
    else if (id != ID_MAIN)
        coroutine_record(history, id)->lane = index + 1;
    return record;
}

bool lane_span(History *history, Id id, uint32_t i, Status status, Id on)
{
    LaneRecord *record = lane_record(history, id);
    if (record == NULL)
        return true;
    Span *last = record->span_count > 0 ? &record->spans[record->span_count - 1] : NULL;
    if (last != NULL && last->from == i) {
        last->status = status;
        last->on = on;
        return true;
    }
    Span *spans = array_grow(record->spans, &record->span_capacity, record->span_count + 1, sizeof *spans);
    if (spans == NULL)
        return false;
    record->spans = spans;
    if (record->span_count > 0)
        spans[record->span_count - 1].until = i;
    spans[record->span_count++] = (Span){.from = i, .until = UINT32_MAX, .status = status, .on = on};
    return true;
}

bool lane_end(History *history, Id id, uint32_t i, Status status)
{
    LaneRecord *record = lane_record(history, id);
    if (record == NULL || record->lane.ended != 0)
        return true;
    record->lane.ended = i;
    return lane_span(history, id, i, status, ID_NONE) && list_add(&history->ends, i) &&
           list_add(&history->ended, id);
}

void lane_hide_main(History *history)
{
    history->has_loop = true;
    history->generation++;
    state_forget_main(&history->live);
    if (history->order.count > 0 && history->lanes[history->order.items[0]].lane.id == ID_MAIN)
        memmove(history->order.items, history->order.items + 1, --history->order.count * sizeof(uint32_t));
}

/* Shell's sort: it needs no memory, and what is nearly in order costs it little. */
void lane_settle(History *history)
{
    uint32_t *items = history->order.items;
    size_t count = history->order.count, gap = 1;
    if (!history->disordered)
        return;
    while (gap < count / 3)
        gap = gap * 3 + 1;
    for (; gap > 0; gap /= 3) {
        for (size_t k = gap; k < count; k++) {
            uint32_t item = items[k];
            size_t j = k;
            for (; j >= gap && is_before(history, item, items[j - gap]); j -= gap)
                items[j] = items[j - gap];
            items[j] = item;
        }
    }
    history->disordered = false;
}

size_t history_lanes(const History *history)
{
    return history->order.count;
}

const Lane *history_lane(const History *history, size_t index)
{
    return &history->lanes[history->order.items[index]].lane;
}

const Lane *history_lane_of(const History *history, Id id)
{
    const LaneRecord *record = lane_record(history, id);
    return record != NULL ? &record->lane : NULL;
}

size_t history_namesakes(const History *history, const Lane *lane)
{
    uint32_t number = text_number(lane->function);
    if (number == 0)
        return 0;
    const uint32_t *count = number < NUMBERS ? table_find(&history->namesakes, number) : NULL;
    return count != NULL ? *count : history_lanes(history); /* with so many texts it is not looked up */
}

const char *last_part(const char *qualified)
{
    const char *dot = strrchr(qualified, '.');
    return dot != NULL && dot[1] != '\0' ? dot + 1 : qualified;
}

size_t history_spans(const History *history, size_t lane, const Span **spans)
{
    const LaneRecord *record = &history->lanes[history->order.items[lane]];
    *spans = record->spans;
    return record->span_count;
}
