/*
 * The end is told as the recorder tells it of Python: an exception that came out of the program, sys.exit(),
 * a Ctrl-C, or that nothing could ever wake the loop.
 */
#include "program.h"

#include "pair.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATUS_EXCEPTION = 1, STATUS_STUCK = 3 };

void print(const char *format, ...)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return;
    va_list arguments;
    va_start(arguments, format);
    vfprintf(out, format, arguments);
    va_end(arguments);
    fputc('\n', out);
    fclose(out);
    trace_output(1, text, length);
    free(text);
}

const char *repr(Value value)
{
    size_t size = value_repr(value, NULL, 0) + 1;
    char *buffer = malloc(size);
    if (!buffer)
        return "(out of memory)";
    value_repr(value, buffer, size);
    const char *text = text_format("%s", buffer);
    free(buffer);
    return text;
}

const char *truth(bool it)
{
    return it ? "True" : "False";
}

static int tell_end(Value result, const char **why)
{
    *why = "exit";
    if (!value_failed(result))
        return 0;
    if (value_is(result, &SystemExit))
        return result.message ? atoi(result.message) & 0xff : 0;
    *why = value_is(result, &KeyboardInterrupt) ? "killed" : "exception";
    if (value_is(result, &StuckError)) {
        *why = "stuck";
        return STATUS_STUCK;
    }
    fprintf(stderr, "%s: %s\n", result.exception->name, result.message ? result.message : "");
    return value_is(result, &KeyboardInterrupt) ? 128 + SIGINT : STATUS_EXCEPTION;
}

int program_trace(const Program *program, int fd)
{
    TraceOptions options = {.producer = "pairs", .clock = CLOCK_VIRTUAL};
    Trace *trace = trace_open(fd, &options);
    if (!trace)
        return -1;
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    const char *why;
    int status = tell_end(program->run(), &why);
    return trace_close(trace, why, status) == 0 ? status : -1;
}
