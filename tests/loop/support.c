/*
 * support.c — what the scheduler's tests share.
 */
#include "support.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char words[16 * 1024];
static char *trace_copy;

int fresh(void **state)
{
    (void)state;
    words[0] = '\0';
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    return 0;
}

void say(const char *format, ...)
{
    va_list arguments;
    size_t length = strlen(words);
    if (length)
        words[length++] = ' ';
    va_start(arguments, format);
    vsnprintf(words + length, sizeof words - length, format, arguments);
    va_end(arguments);
}

const char *said(void)
{
    return words;
}

Value run_traced(CoroutineFunction function, Value argument)
{
    Trace *trace = trace_open_memory(&(TraceOptions){.clock = CLOCK_VIRTUAL});
    assert_non_null(trace);
    Value result = loop_run(coroutine_new("main_", function, argument));
    free(trace_copy);
    trace_copy = strdup(trace_text(trace, NULL));
    assert_int_equal(trace_close(trace, "exit", 0), 0);
    return result;
}

const char *traced(void)
{
    return trace_copy;
}

size_t traced_times(const char *text)
{
    size_t count = 0;
    for (const char *at = traced(); (at = strstr(at, text)); at += strlen(text))
        count++;
    return count;
}

size_t iterations(void)
{
    return traced_times("\"ev\":\"iteration\"");
}

size_t handles_run(void)
{
    return traced_times("\"ev\":\"run\"");
}

static void on_report(Loop *loop, const char *message, Value exception, Future *future, void *context)
{
    (void)loop;
    (void)exception;
    (void)future;
    (void)context;
    say("report:%s", message);
}

void log_reports(Loop *loop)
{
    loop_set_exception_handler(loop, on_report, NULL);
}

long fail_each_allocation(void *(*attempt)(void *nth))
{
    bool failed = true;
    long nth;
    for (nth = 0; failed; nth++) {
        pthread_t thread;
        void *answer;
        assert_int_equal(pthread_create(&thread, NULL, attempt, &nth), 0);
        pthread_join(thread, &answer);
        failed = answer != NULL;
    }
    return nth;
}
