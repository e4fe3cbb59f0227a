/*
 * Iterations in which asyncio only sets connections up: its own callbacks and tasks, before the program hears
 * of a connection. There are three of them for each, and not a line of the program runs, so a class sees what
 * they come to in one picture.
 */
#include "beat_parts.h"

#include "vocabulary.h"

#include <string.h>

/** Is this asyncio's own work to set a connection up? So is the step of a task whose socket has just been
 * connected: it only makes the other end of it. */
static bool is_of_connecting(const History *history, const Event *ready)
{
    if (ready->task == ID_NONE)
        return ready->by != WORD_TIMER && is_callback_of_connecting(words_of_callback(ready->text2));
    const Lane *lane = history_lane_of(history, ready->task);
    if (ready->word != WORD_WAKEUP)
        return lane && lane->internal;
    const State now = {.i = ready->i, .ts = ready->ts};
    return strcmp(state_future(&now, history, ready->future).of, "BaseSelectorEventLoop.sock_connect") == 0;
}

void beat_queue_connecting(Beats *beats, const History *history, const Event *ready)
{
    if (beats->others)
        return;
    if (is_of_connecting(history, ready))
        beats->connects = true;
    else
        beats->others = true;
}

void beat_begin_connecting(Beats *beats)
{
    beats->connecting = beats->connects && !beats->others && !beats->helper;
    beats->connects = beats->others = false;
}

void beat_end_connecting(Beats *beats, uint32_t i)
{
    if (beats->connecting)
        beat_stop(beats, i - 1);
    beats->connecting = false;
}

void beat_leave_connecting(Beats *beats)
{
    beat_end_connecting(beats, beats->run);
    if (beats->scope == SCOPE_QUIET)
        beats->scope = beats->task ? SCOPE_TASK : SCOPE_CALLBACK;
}
