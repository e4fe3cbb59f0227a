/*
 * The end is told as the recorder tells it of Python: an exception that came out of the program, sys.exit(),
 * a Ctrl-C, or that nothing could ever wake the loop.
 *
 * A loop that is not traced goes short ways (step.h). So the program runs twice, and has to print the same.
 */
#include "program.h"

#include "pair.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the program says, and how it ended. */
static FILE *printed;

enum { STATUS_EXCEPTION = 1, STATUS_STUCK = 3, PATIENCE = 10 /* seconds */ };

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
    if (printed)
        fwrite(text, 1, length, printed);
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

static int run(const Program *program, const char **why)
{
    loop_set_defaults(&(LoopOptions){.clock = CLOCK_VIRTUAL});
    int status = tell_end(program->run(), why);
    if (printed)
        fprintf(printed, "%s with %d after %lld ns\n", *why, status, (long long)program_time());
    return status;
}

/* In a process of its own: what a program leaves behind is not the next one's. @return NULL: it crashed */
static FILE *run_untraced(const Program *program)
{
    FILE *file = tmpfile();
    pid_t child = file ? fork() : -1;
    if (child == 0) {
        const char *why;
        printed = file;
        fclose(stderr);
        alarm(PATIENCE);
        run(program, &why);
        _exit(fflush(file));
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0) {
        if (file)
            fclose(file);
        return NULL;
    }
    rewind(file);
    return file;
}

static bool same(FILE *a, FILE *b)
{
    int c;
    while ((c = getc(a)) == getc(b))
        if (c == EOF)
            return true;
    return false;
}

int program_trace(const Program *program, int fd)
{
    FILE *untraced = run_untraced(program);
    TraceOptions options = {.producer = "pairs", .clock = CLOCK_VIRTUAL};
    Trace *trace = trace_open(fd, &options);
    if (!trace)
        return -1;
    printed = tmpfile();
    const char *why;
    int status = run(program, &why);
    if (printed)
        rewind(printed);
    if (!untraced || !printed || !same(untraced, printed))
        print("without a trace it is not the same");
    return trace_close(trace, why, status) == 0 ? status : -1;
}
