/*
 * report.c — what asyncio logs: asked of the loop's exception handler, or printed as one line.
 */
#include "emit.h"
#include "scheduler.h"
#include "task.h"
#include "value.h"

#include <stdio.h>

void loop_set_exception_handler(Loop *loop, LoopExceptionHandler handler, void *context)
{
    if (!loop)
        return;
    loop->handler = handler;
    loop->handler_context = context;
}

void loop_call_exception_handler(Loop *loop, const char *message, Value exception, Future *future)
{
    if (loop)
        loop_report(loop, message ? message : "Unhandled exception in event loop", exception, future);
}

void loop_report(Loop *loop, const char *message, Value exception, Future *future)
{
    if (loop->trace)
        emit_exception(loop, message, exception, future);
    if (loop->handler) {
        loop->handler(loop, message, exception, future, loop->handler_context);
        return;
    }
    char described[256] = "";
    if (value_failed(exception))
        value_describe(exception, described, sizeof described);
    const Task *task = future_task(future);
    fprintf(stderr, "%s%s%s", message, *described ? ": " : "", described);
    if (task)
        fprintf(stderr, " (task '%s', coroutine '%s')", task_name(task), task_function(task));
    fputc('\n', stderr);
}
