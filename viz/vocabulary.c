/*
 * The tables. Names are CPython's (3.9 to 3.13); the C loop writes the same.
 */
#include "vocabulary.h"

#include "ends.h"

#include <string.h>

// clang-format off
static const FutureWords futures[] = {
    {"Lock.acquire", NULL,      "why.ran.lock",      "why.wake.lock",      "why.run.lock",      "ready.lock",      "waiting.lock"},
    {"Event.wait", NULL,        "why.ran.event",     "why.wake.event",     "why.run.event",     "ready.event",     "waiting.event"},
    {"Condition.wait", NULL,    "why.ran.condition", "why.wake.condition", "why.run.condition", "ready.condition", "waiting.condition"},
    {"Semaphore.acquire", NULL, "why.ran.semaphore", "why.wake.semaphore", "why.run.semaphore", "ready.semaphore", "waiting.semaphore"},
    {"Queue.get", NULL,         "why.ran.get",       "why.wake.get",       "why.run.get",       "ready.get",       "waiting.get"},
    {"Queue.put", NULL,         "why.ran.put",       "why.wake.put",       "why.run.put",       "ready.put",       "waiting.put"},
    {"gather", NULL,            "why.ran.gather",    NULL,                 "why.run.gather",    "ready.gather",    "waiting.gather"},
    {"wait_for", NULL,          "why.ran.wait_for",  NULL,                 "why.run.wait_for",  "ready.wait_for",  "waiting.wait_for"},
    {"_cancel_and_wait", "wait_for",  "why.ran.cancelling", NULL,                "why.run.cancelling", "ready.cancelling", "waiting.cancelling"},
    {"shield", NULL,            "why.ran.shield",    NULL,                 "why.run.shield",    "ready.shield",    "waiting.shield"},
    {"TaskGroup", NULL,         "why.ran.group",     NULL,                 "why.run.group",     "ready.group",     "waiting.group"},
    {"TaskGroup.__aexit__", "TaskGroup", "why.ran.group",   NULL,                 "why.run.group",     "ready.group",     "waiting.group"},
    {"wrap_future", "executor",       "why.ran.thread",    NULL,                 "why.run.thread",    "ready.thread_done", "waiting.thread"},
    {"run_in_executor", "executor",   "why.ran.thread",    NULL,                 "why.run.thread",    "ready.thread_done", "waiting.thread"},
    {"StreamReader._wait_for_data", "StreamReader", "why.ran.data", "why.wake.data", "why.run.data",      "ready.data",      "waiting.data"},
    {"BaseSelectorEventLoop.sock_connect", "connect", "why.ran.connect", NULL,  "why.run.connect",   "ready.connect",   "waiting.connect"},
    {"BaseEventLoop._create_connection_transport", "connect", "why.ran.connected", NULL, "why.run.connect", "ready.connect", "waiting.accept"},
    {"Server.serve_forever", NULL, "why.ran.serve",   NULL,                 "why.run.serve",     "ready.serve",     "waiting.serve"},
    {"StreamReaderProtocol.__init__", "wait_closed", "why.ran.closed", "why.wake.closed", "why.run.closed", "ready.closed", "waiting.closed"},
    {"FlowControlMixin._drain_helper", "drain", "why.ran.drain", "why.wake.drain", "why.run.drain",      "ready.drain",     "waiting.drain"},
    {"BaseSelectorEventLoop._accept_connection2", "accept", "why.ran.accept", NULL, "why.run.accept",    "ready.accept",    "waiting.accept"},
};

/* What the program called, where that is more than the future: Queue.join waits by an Event.wait. */
static const FutureWords calls[] = {
    {"Condition.wait_for", NULL, "why.ran.condition", "why.wake.condition", "why.run.condition", "ready.condition", "waiting.condition"},
    {"Queue.join", NULL,        "why.ran.join",      "why.wake.join",      "why.run.join",      "ready.join",      "waiting.join"},
    {"Barrier.wait", NULL,      "why.ran.barrier",   "why.wake.barrier",   "why.run.barrier",   "ready.barrier",   "waiting.barrier"},
    {"as_completed", NULL,      "why.ran.completed", "why.wake.completed", "why.run.completed", "ready.completed", "waiting.completed"},
};

/* By what it waits for, and what it has met. */
static const FutureWords reads[2][2] = {
    {{"", "StreamReader", "why.ran.data", "why.wake.data", "why.run.data", "ready.data", "waiting.data"},
     {"", "StreamReader", "why.ran.data", "why.wake.end_of_data", "why.run.end_of_data", "ready.end_of_data", "waiting.data"}},
    {{"", "StreamReader", "why.ran.for_end", "why.wake.data", "why.run.data", "ready.data", "waiting.for_end"},
     {"", "StreamReader", "why.ran.for_end", "why.wake.end_of_data", "why.run.end_of_data", "ready.end_of_data", "waiting.for_end"}},
};

static const CallbackWords callbacks[] = {
    {"gather._done_callback",       "why.handle.gather", "ready.gather_callback", "why.wake.end_gather", "why.call.gather", "why.call.gather_over", CALLBACK_GATHER},
    {"Timeout._on_timeout",         "why.handle.timeout", "ready.timeout",        NULL,                  "why.call.timeout", "why.call.timeout", CALLBACK_TIMEOUT},
    {"as_completed._on_timeout",    "why.handle.timeout", "ready.timeout",        NULL,                  "why.call.timeout", "why.call.timeout", CALLBACK_TIMEOUT},
    {"as_completed._on_completion", "why.handle.completed", "ready.completed_callback", "why.wake.end_completed", "why.call.completed", "why.call.completed_over", CALLBACK_OTHER},
    {"_AsCompletedIterator._handle_completion", "why.handle.completed", "ready.completed_callback", "why.wake.end_completed", "why.call.completed", "why.call.completed_over", CALLBACK_OTHER},
    {"TaskGroup._on_task_done",     "why.handle.group",  "ready.group_callback",  "why.wake.end_group",  "why.call.group",  "why.call.group_over", CALLBACK_GROUP},
    {"shield._inner_done_callback", "why.handle.shield", "ready.shield_callback", "why.wake.end_shield", "why.call.shield", "why.call.shield_over", CALLBACK_OTHER},
    {"shield._outer_done_callback", "why.handle.shield_outer", "ready.shield_outer", NULL,                 "why.call.shield_outer", "why.call.shield_outer", CALLBACK_OTHER},
    {"_release_waiter",             "why.handle.release", "ready.release",        "why.wake.end_release", "why.call.release", "why.call.release_over", CALLBACK_OTHER},
    {"_chain_future._call_check_cancel", "why.handle.thread_check", "ready.thread_check", NULL,       "why.call.thread_check", "why.call.thread_check", CALLBACK_OTHER},
    {"BaseSelectorEventLoop._read_from_self", "why.handle.knock", "ready.knock",  NULL,                  "why.call.io_self", "why.call.io_self", CALLBACK_OTHER},
    {"BaseSelectorEventLoop._sock_connect_cb", "why.handle.connect", "ready.connect_io", NULL,        "why.call.connect", "why.call.connect", CALLBACK_CONNECT},
    {"BaseSelectorEventLoop._sock_write_done", "why.handle.connect_done", "ready.connect_done", NULL, "why.call.connect_done", "why.call.connect_done", CALLBACK_CONNECT},
    {"BaseSelectorEventLoop._accept_connection", "why.handle.accept", "ready.accept_io", NULL,        "why.call.accept", "why.call.accept", CALLBACK_ACCEPT},
    {"_SelectorTransport._add_reader", "why.handle.reader", "ready.reader",       NULL,                  "why.call.reader", "why.call.reader", CALLBACK_CONNECT},
    {"_SelectorSocketTransport._add_reader", "why.handle.reader", "ready.reader", NULL,                  "why.call.reader", "why.call.reader", CALLBACK_CONNECT},
    {"_SelectorSocketTransport._read_ready", "why.handle.read", "ready.read",     NULL,                  "why.call.read", "why.call.read", CALLBACK_READ},
    {"_SelectorSocketTransport._write_ready", "why.handle.write", "ready.write",  NULL,                  "why.call.write", "why.call.write", CALLBACK_OTHER},
    {"_SelectorSocketTransport._call_connection_lost", "why.handle.lost", "ready.lost", NULL,         "why.call.lost", "why.call.lost", CALLBACK_OTHER},
    {"_SelectorTransport._call_connection_lost", "why.handle.lost", "ready.lost", NULL,                  "why.call.lost", "why.call.lost", CALLBACK_OTHER},
    {"StreamReaderProtocol.connection_made", "why.handle.made", "ready.made",     NULL,                  "why.call.made", "why.call.made", CALLBACK_MADE},
    {"StreamReaderProtocol.connection_made.callback", "why.handle.served", "ready.served", "why.wake.served", "why.call.served", "why.call.served", CALLBACK_OTHER},
    {"_set_result_unless_cancelled", "why.handle.result", "ready.result",         NULL,                  "why.call.result", "why.call.result", CALLBACK_RESULT},
    {"_chain_future._set_state",    "why.handle.thread", "ready.thread_callback", NULL,                  "why.call.thread_over", "why.call.thread_over", CALLBACK_OTHER},
};
// clang-format on

const FutureWords *words_of_future(const char *of)
{
    for (size_t k = 0; of && k < sizeof futures / sizeof *futures; k++)
        if (strcmp(futures[k].of, of) == 0)
            return &futures[k];
    return NULL;
}

const FutureWords *words_of_call(const char *name)
{
    for (size_t k = 0; name && k < sizeof calls / sizeof *calls; k++)
        if (strcmp(calls[k].of, name) == 0)
            return &calls[k];
    return NULL;
}

/* The name stands alone, or behind a module's: "asyncio.tasks:gather.<locals>._done_callback". */
static int is_called(const char *name, const char *callback)
{
    char plain[128];
    size_t used = 0;
    const char *colon = strrchr(callback, ':');
    for (const char *at = colon ? colon + 1 : callback; *at && used + 1 < sizeof plain;) {
        static const char locals[] = "<locals>.";
        if (strncmp(at, locals, sizeof locals - 1) == 0)
            at += sizeof locals - 1;
        else
            plain[used++] = *at++;
    }
    plain[used] = '\0';
    return strcmp(name, plain) == 0;
}

const FutureWords *words_of_read(bool for_end, bool met_end)
{
    return &reads[for_end][met_end];
}

bool is_callback_of_connecting(const CallbackWords *words)
{
    return words && (words->kind == CALLBACK_CONNECT || words->kind == CALLBACK_MADE ||
                     words->kind == CALLBACK_RESULT);
}

const CallbackWords *words_of_callback(const char *name)
{
    for (size_t k = 0; name && k < sizeof callbacks / sizeof *callbacks; k++)
        if (is_called(callbacks[k].name, name))
            return &callbacks[k];
    return NULL;
}
