/*
 * why.h — the sentence under the picture: what just happened, and why.
 *
 * From the trace alone, by templates in both languages (assets/lang.json, "why.…"). Light markup: **bold**
 * for tasks, `code` for what stands in the program. The lesson's own note, where there is one, is about.h's.
 */
#ifndef VIZ_WHY_H
#define VIZ_WHY_H

#include "history.h"
#include "lang.h"

/** Tells the events after `from` up to and with `until`, of which the state is the one after `until`.
 *  Written into buffer, cut at a character, always terminated. @return the length */
size_t why_tell(char *buffer, size_t size, const History *history, const State *state, uint32_t from,
                uint32_t until, Language language);

/** How a lane is called: its given name, its coroutine when no other lane has it, else "Task-2". */
const char *lane_label(const History *history, Id id, char *buffer, size_t size);
/** One or two characters for its badge. */
const char *lane_badge(const History *history, Id id, char *buffer, size_t size);
/** "wait(func1, func2)", where a number would read like seconds; NULL when it is no wait. */
const char *wait_names(const History *history, Id on, char *buffer, size_t size);
/** What a waiting task waits on: "sleep(1)", "wait", "task func1", "Task-2", "future"; else what made it,
 * "Lock.acquire". */
const char *wait_label(const History *history, const State *state, Id on, char *buffer, size_t size);
/** The same by what the program called: `ran` is the event by which the task suspended. An event that a
 * queue's join() waits for is told as "Queue.join". */
const char *awaited_label(const History *history, const State *state, Id on, uint32_t ran, char *buffer,
                          size_t size);
/** The words for what is waited for, by what the program called; NULL where there are none, or where what was
 * called is not in the tables and only a part of it is. `ran` as for awaited_label, 0: not known. */
const struct FutureWords *awaited_words(const History *history, const State *state, Id on, uint32_t ran);
/** What somebody who waits for several is still waiting for: "2 to go", "one is enough". "" where the trace
 * has a word for it that this version does not know. */
const char *rest_label(const History *history, const State *state, const FutureState *wait, Language language,
                       char *buffer, size_t size);
/** How long a timer still takes, or for how long it has been due: "1.000 s left", "due now", "0.500 s
 * overdue". */
const char *left_label(int64_t when, int64_t now, Language language, char *buffer, size_t size);
/** What a timer that is alone is for: "limit of main", or the function that it calls. */
const char *timer_label(const History *history, const TimerState *timer, Language language, char *buffer,
                        size_t size);
/** Why a handle is in the ready queue and what it will do, in a few words: "new task → first run"; or that
 * the task is to be cancelled: "new task · cancel requested". */
const char *ready_label(const History *history, const State *state, const ReadyState *ready,
                        Language language, char *buffer, size_t size);
/** What a callback is called, without its module: "_on_completion". "" for NULL */
const char *callback_label(const char *callback, char *buffer, size_t size);
/** "1.000 s" */
const char *time_label(int64_t ns, char *buffer, size_t size);
/** A delay as a program writes it: "1", "0.5". On the real clock a timer is set a little later than its delay
 * was asked for, so it is rounded: to 1 ms, a short one to 0.1 ms. */
const char *seconds_label(const History *history, int64_t ns, char *buffer, size_t size);

#endif
