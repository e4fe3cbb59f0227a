/*
 * event.c — the names of the format's kinds and words, in one place.
 */
#include "event.h"
#include "names_of_events.h"

// clang-format off
const char *const event_kind_names[EV_KINDS] = {
    [EV_SOURCE] = "source",             [EV_LOOP] = "loop",             [EV_ITERATION] = "iteration",
    [EV_SELECT] = "select",             [EV_SELECTED] = "selected",     [EV_BATCH] = "batch",
    [EV_READY] = "ready",               [EV_RUN] = "run",               [EV_RAN] = "ran",
    [EV_TIMER] = "timer",               [EV_HANDLE_CANCEL] = "handle_cancel",
    [EV_TASK] = "task",                 [EV_TASK_NAME] = "task_name",   [EV_COROUTINE] = "coroutine",
    [EV_FUTURE] = "future",             [EV_CALLBACK_ADD] = "callback_add",
    [EV_CALLBACK_REMOVE] = "callback_remove",
    [EV_DONE] = "done",                 [EV_CANCEL] = "cancel",         [EV_UNCANCEL] = "uncancel",
    [EV_LINE] = "line",                 [EV_ENTER] = "enter",           [EV_LEAVE] = "leave",
    [EV_SWITCH] = "switch",             [EV_OUTPUT] = "output",         [EV_BLOCKED] = "blocked",
    [EV_EXCEPTION] = "exception",       [EV_STUCK] = "stuck",           [EV_MARK] = "mark",
    [EV_NOTE] = "note",                 [EV_PROGRESS] = "progress",     [EV_PICTURE] = "picture",
    [EV_END] = "end",
    [EV_SNAPSHOT] = "snapshot",
};

const char *const event_word_names[WORDS] = {
    [WORD_NEW] = "new",             [WORD_RUN] = "run",             [WORD_STOP] = "stop",
    [WORD_RETURN] = "return",       [WORD_CLOSE] = "close",
    [WORD_SOON] = "soon",           [WORD_TIMER] = "timer",         [WORD_IO] = "io",
    [WORD_THREAD] = "thread",
    [WORD_STEP] = "step",           [WORD_WAKEUP] = "wakeup",       [WORD_CALLBACK] = "callback",
    [WORD_CALL] = "call",
    [WORD_START] = "start",         [WORD_YIELD] = "yield",         [WORD_SKIPPED] = "skipped",
    [WORD_WAITING] = "waiting",     [WORD_READY] = "ready",         [WORD_DONE] = "done",
    [WORD_FAILED] = "failed",       [WORD_CANCELLED] = "cancelled",
    [WORD_WAITER] = "waiter",       [WORD_FLAG] = "flag",           [WORD_CHILDREN] = "children",
    [WORD_EXIT] = "exit",           [WORD_EXCEPTION] = "exception", [WORD_STUCK] = "stuck",
    [WORD_KILLED] = "killed",       [WORD_LIMIT] = "limit",
    [WORD_NEVER_AWAITED] = "never_awaited",
};
// clang-format on

const char *const event_until_names[UNTILS] = {
    [UNTIL_ALL] = "ALL_COMPLETED",
    [UNTIL_FIRST] = "FIRST_COMPLETED",
    [UNTIL_EXCEPTION] = "FIRST_EXCEPTION",
};

const char *event_kind_name(EventKind kind)
{
    return (unsigned)kind < EV_KINDS && event_kind_names[kind] != NULL ? event_kind_names[kind] : "";
}
