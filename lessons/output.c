/*
 * print(): one call is one write and one `output` event, so that the console that a reader sees beside the
 * tasks is the program's, line by line, and a crash loses nothing.
 */
#include "output.h"

#include "complain.h"
#include "lesson.h"
#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool to_stdout = true;
static int write_error;
static void (*told)(const char *text, size_t length);
static FILE *own_stdout, *own_stderr; /* while those of the process are caught */

/* Into the trace, and to whoever else wants to know. */
static void tell(int fd, const char *text, size_t length)
{
    trace_output(fd, text, length);
    if (told)
        told(text, length);
}

static void write_out(const char *text, size_t length)
{
    FILE *out = own_stdout ? own_stdout : stdout;
    if (to_stdout && !write_error && (fwrite(text, 1, length, out) < length || fflush(out) != 0))
        write_error = errno;
    tell(1, text, length);
}

/* What stdio writes for a program that is caught; the cookie is the descriptor. */
static ssize_t write_caught(void *cookie, const char *text, size_t length)
{
    if (cookie == &own_stdout) {
        write_out(text, length);
    } else {
        fwrite(text, 1, length, own_stderr);
        tell(2, text, length);
    }
    return (ssize_t)length;
}

static FILE *catch (FILE **own, FILE *stream)
{
    FILE *caught = fopencookie(own, "w", (cookie_io_functions_t){.write = write_caught});
    if (!caught)
        return stream;
    setvbuf(caught, NULL, _IOLBF, 0);
    *own = stream;
    return caught;
}

void output_catch(void)
{
    stdout = catch (&own_stdout, stdout);
    stderr = catch (&own_stderr, stderr);
    int nowhere = to_stdout ? -1 : open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) { /* what goes past stdio shall not go into the trace */
        dup2(nowhere, STDOUT_FILENO);
        close(nowhere);
    }
}

static FILE *let_go(FILE **own, FILE *caught)
{
    if (!*own)
        return caught;
    fclose(caught);
    FILE *stream = *own;
    *own = NULL;
    return stream;
}

void output_let_go(void)
{
    stdout = let_go(&own_stdout, stdout);
    stderr = let_go(&own_stderr, stderr);
}

void output_tell(void (*listener)(const char *text, size_t length))
{
    told = listener;
}

void output_to_stdout(bool on)
{
    to_stdout = on;
}

void output_error(const char *line)
{
    char *text = NULL;
    int length = asprintf(&text, "%s\n", line);
    if (length < 0)
        return;
    fputs(text, stderr);
    tell(2, text, (size_t)length);
    free(text);
}

bool output_finish(void)
{
    if (write_error && write_error != EPIPE)
        complain("cannot write the program's output: %s", words_error(write_error));
    return !write_error || write_error == EPIPE;
}

void print(const char *format, ...)
{
    char small[512], *large = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    if ((size_t)length + 1 >= sizeof small) {
        large = malloc((size_t)length + 2);
        if (!large) {
            complain("out of memory");
            exit(STATUS_EXCEPTION);
        }
        va_start(arguments, format);
        vsnprintf(large, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    char *text = large ? large : small;
    text[length] = '\n';
    write_out(text, (size_t)length + 1);
    free(large);
    // cppcheck-suppress memleak; it does not see that text may be it
}
