/*
 * Reading from a connection.
 *
 * asyncio's callback looks no further for a connection that has come to its end: it cancels its own handle.
 * It does so too when a reader has been given more than it takes for now, but then the task comes back for
 * more, while nobody waits again for what has ended.
 */
#include "reading.h"

#include "why_parts.h"

#include <string.h>

static const char waits_for_data[] = "StreamReader._wait_for_data";

bool reading_is_for_end(const History *history, uint32_t ran)
{
    if (ran == 0 || ran > history_count(history) || history_kind(history, ran) != EV_RAN)
        return false;
    Event event = history_event(history, ran);
    Text buffer;
    size_t own = event.chain_count;
    while (own > 0 && event.chain[own - 1].source == ID_NONE)
        own--;
    if (own == 0 || own == event.chain_count || strcmp(event.chain[own].function, "StreamReader.read") != 0)
        return false;
    const char *code = code_of(history, event.chain[own - 1].source, event.chain[own - 1].line, &buffer);
    return code && strstr(code, ".read()") != NULL;
}

/** Does the callback that begins with event `run` cancel its own handle? @param woken the task that it wakes
 * @return the event, 0 when it does not, or has not returned yet */
static uint32_t stops_itself(const History *history, uint32_t run, Id *woken)
{
    Id handle = history_event(history, run).handle;
    uint32_t stopped = 0;
    for (uint32_t i = run + 1; i <= history_count(history); i++) {
        EventKind kind = history_kind(history, i);
        if (kind == EV_RAN || kind == EV_RUN)
            return stopped;
        if (kind != EV_READY && kind != EV_HANDLE_CANCEL)
            continue;
        Event event = history_event(history, i);
        if (kind == EV_HANDLE_CANCEL && event.handle == handle)
            stopped = i;
        if (kind == EV_READY && event.word == WORD_WAKEUP)
            *woken = event.task;
    }
    return 0;
}

/** Does the task, from event i on, ever wait for data again? */
static bool waits_again(const History *history, Id task, uint32_t i)
{
    const State end = {.i = history_count(history)};
    for (size_t k = 0; k < history_lanes(history); k++) {
        const Span *spans;
        size_t count = history_lane(history, k)->id == task ? history_spans(history, k, &spans) : 0;
        for (size_t n = count; n-- > 0 && spans[n].from > i;)
            if (spans[n].status == STATUS_WAITING && id_kind(spans[n].on) == 'f' &&
                strcmp(state_future(&end, history, spans[n].on).of, waits_for_data) == 0)
                return true;
    }
    return false;
}

bool reading_met_end(const History *history, uint32_t done)
{
    uint32_t run = done;
    while (run > 0 && history_kind(history, run) != EV_RUN && history_kind(history, run) != EV_RAN)
        run--;
    Id woken = ID_NONE;
    return run > 0 && history_kind(history, run) == EV_RUN && stops_itself(history, run, &woken) &&
           woken != ID_NONE && !waits_again(history, woken, done);
}

bool reading_met_data(const History *history, uint32_t run, uint32_t ran)
{
    Id woken = ID_NONE;
    return history_kind(history, ran) == EV_RAN && !stops_itself(history, run, &woken);
}
