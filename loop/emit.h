/*
 * emit.h — the trace's events: one function for each kind, called where the thing happens.
 *
 * Callers ask first whether there is a trace (`if (loop->trace)`, `if (thread.trace)`): that branch is all
 * that tracing costs when it is off.
 */
#ifndef EMIT_H
#define EMIT_H

#include "scheduler.h"

/** What has to be remembered while a handle runs: its task's own handle can get a new number meanwhile. */
typedef struct Running {
    uint32_t number;
    Task *task;
} Running;

void emit_loop(Loop *loop, const char *op);
void emit_iteration(const Loop *loop);
void emit_select(const Loop *loop, int64_t timeout);
void emit_selected(const Loop *loop, size_t count);
void emit_batch(const Loop *loop, size_t count);

void emit_ready(Loop *loop, QueueEntry *entry, ReadyBy by);
Running emit_run(const Loop *loop, QueueEntry *entry);
void emit_ran(const Loop *loop, Running running);
void emit_skipped(const Loop *loop, const QueueEntry *entry);
void emit_timer(Handle *handle, int64_t when);
void emit_handle_cancel(const Handle *handle);

void emit_task(Task *task);
void emit_task_name(const Task *task);
void emit_coroutine(Coroutine *coroutine);
void emit_never_awaited(Coroutine *coroutine);
/** @param story NULL: there is no more to tell */
void emit_future(Future *future, const char *of, Future *const *kids, size_t kid_count,
                 const FutureStory *story);
void emit_callback_add(const Future *future, QueueEntry *entry);
void emit_callback_remove(const Future *future, const QueueEntry *entry);
void emit_done(const Future *future);
void emit_cancel(const Future *future, const char *how, int count, const char *message);
void emit_uncancel(const Task *task);

void emit_enter(const char *function);
void emit_leave(const char *function);
/** @param value NULL: none was passed */
void emit_switch(Coroutine *from, Coroutine *to, const Value *value);
void emit_blocked(int64_t duration);
void emit_exception(const Loop *loop, const char *message, Value exception, const Future *future);
void emit_stuck(const Loop *loop);
void emit_end(Trace *trace, const char *why, int code);

#endif
