/*
 * The program is a shared object, loaded into this process, and takes libloop's and lesson.h's functions from
 * looprun (it is linked with -Bsymbolic: its own functions are its own, whatever looprun calls one of its).
 *
 * A program that says its lines itself, for a Python listing of its name beside it, is shown with both, as a
 * lesson is. Any other is shown alone, and its lines are told by calls of own_line() that lines.c has put in.
 */
#include "own.h"

#include "cache.h"
#include "compile.h"
#include "complain.h"
#include "lines.h"
#include "output.h"
#include "script.h"
#include "words.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINES_MOST = 1 << 16, TOLD_MOST = 8 };

static struct {
    char name[NAME_MAX + 1]; /* without its folder */
    char *text;
    bool has_listing;
    Compiled compiled;
    void *object;
    Value (*lesson)(void);
    int (*main)(int argc, char **argv, char **environment);
} own;

/* --------------------------------------------------------------------------------------------- lines ---- */

/* Called by the program before each of its statements.
 *
 * A loop that only computes would fill the trace: where nothing else happens, a line is told a few times and
 * then no more, until something does; and not twice in a row. */
void own_line(int line);
void own_line(int line)
{
    static struct {
        uint64_t since;
        unsigned count;
    } told[LINES_MOST];
    static uint64_t last, quiet_since;
    static int last_line;
    Trace *trace = trace_current();
    if (!trace || line < 0 || line >= LINES_MOST)
        return;
    if (trace_events(trace) != last)
        quiet_since = trace_events(trace);
    else if (line == last_line)
        return;
    last_line = line;
    if (told[line].since != quiet_since) {
        told[line].since = quiet_since;
        told[line].count = 0;
    }
    if (told[line].count++ < TOLD_MOST)
        trace_line(line, line);
    last = trace_events(trace);
}

/* ------------------------------------------------------------------------------------------- reading ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);
    return length > wanted && strcmp(text + length - wanted, end) == 0;
}

bool own_names(const char *word)
{
    return ends_with(word, ".c");
}

/* @return yours to free; NULL with errno */
static char *read_file(const char *path)
{
    FILE *file = fopen(path, "re");
    struct stat status;
    char *text = NULL;
    size_t length = 0;
    if (!file)
        return NULL;
    if (fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode))
        errno = EISDIR;
    else if (getdelim(&text, &length, '\0', file) < 0 && !ferror(file))
        text = text ? text : strdup("");
    if (ferror(file)) {
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}

/* The Python program of the same name beside it. @return yours to free; NULL: there is none */
static char *read_listing(const char *path, char *name, size_t size)
{
    char beside[PATH_MAX];
    int stem = (int)strlen(path) - 2;
    if (snprintf(beside, sizeof beside, "%.*s.py", stem, path) >= (int)sizeof beside)
        return NULL;
    snprintf(name, size, "%.*s.py", (int)strlen(own.name) - 2, own.name);
    return read_file(beside);
}

/* @return false after complaining */
static bool load_listing(const char *path)
{
    char name[NAME_MAX + 2];
    char *listing = lines_are_told(own.text) ? read_listing(path, name, sizeof name) : NULL;
    own.has_listing = listing != NULL;
    bool loaded = !listing || script_load(name, listing);
    free(listing);
    return loaded;
}

/* One more line below what the compiler said. @return STATUS_EXCEPTION */
static int refuse(const char *path, const char *what)
{
    char *message = NULL;
    if (asprintf(&message, "%s%s: %s\n", own.compiled.messages, path, words(what)) >= 0) {
        fputs(message + strlen(own.compiled.messages), stderr);
        free(own.compiled.messages);
        own.compiled.messages = message;
    }
    return STATUS_EXCEPTION;
}

static int load(const char *path)
{
    own.object = dlopen(own.compiled.object, RTLD_NOW | RTLD_LOCAL);
    if (cache_is_temporary())
        cache_close(); /* it is loaded, and a crash would leave it there */
    if (!own.object) {
        char what[256];
        const char *problem = dlerror(), *symbol = strstr(problem, "undefined symbol: ");
        snprintf(what, sizeof what, "error: %s", symbol ? symbol : problem);
        return refuse(path, what);
    }
    own.lesson = (Value(*)(void))(uintptr_t)dlsym(own.object, "lesson");
    own.main = (int (*)(int, char **, char **))(uintptr_t)dlsym(own.object, "main");
    if (own.lesson || own.main)
        return STATUS_DONE;
    return refuse(path, "error: nothing to run: it has neither a LESSON { … } nor an int main(void)");
}

int own_load(const char *path)
{
    const char *slash = strrchr(path, '/');
    snprintf(own.name, sizeof own.name, "%s", slash ? slash + 1 : path);
    own.text = read_file(path);
    if (!own.text) {
        complain("cannot open %s: %s", path, words_error(errno));
        return STATUS_UNREADABLE;
    }
    if (!load_listing(path) || !compile(path, own.text, !own.has_listing, &own.compiled))
        return STATUS_UNREADABLE;
    fputs(own.compiled.messages, stderr);
    return own.compiled.object ? load(path) : refuse(path, "it does not compile");
}

bool own_is_broken(void)
{
    return own.text && !own.object;
}

/* The object stays loaded: libloop knows its functions by name until the process ends. */
void own_free(void)
{
    compiled_free(&own.compiled);
    free(own.text);
    own.text = NULL;
    own.object = NULL;
}

/* ------------------------------------------------------------------------------------------- running ---- */

void own_tell(Trace *trace)
{
    if (own.has_listing)
        trace_source(trace, script_name(), "python", script_text());
    trace_source(trace, own.name, "c", own.text);
    if (own.has_listing)
        script_define(trace);
    else
        lines_define(trace, own.text);
    for (const char *line = own.compiled.messages; line && *line;) {
        size_t length = strcspn(line, "\n");
        length += line[length] == '\n';
        trace_output(2, line, length);
        line += length;
    }
    if (trace && !own.object && own.compiled.error_line && !own.has_listing)
        trace_line(own.compiled.error_line, own.compiled.error_line);
}

Value own_run(int argc, char **argv, int *code)
{
    if (own.lesson)
        return own.lesson();
    *code = own.main(argc, argv, environ);
    return NONE;
}
