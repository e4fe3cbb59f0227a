/*
 * mishap.c — of a program in C its header says that it does not compile; of one in Python, that nothing but
 * output has happened when it ends with an exception: not even its first line has run.
 */
#include "mishap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS_MOST = 4096 }; /* more of them nobody looks through */

/* Inside a text of the header the quotes would stand behind backslashes. */
static bool does_not_compile(const History *history)
{
    const char *header = history_header(history);
    return header && strstr(header, "\"compiles\":false");
}

static bool is_in_python(const History *history)
{
    size_t sources = history_sources(history);
    for (size_t k = 0; k < sources; k++)
        if (!history_source(history, k).language ||
            strcmp(history_source(history, k).language, "python") != 0)
            return false;
    return sources > 0;
}

bool mishap_may_come(const History *history)
{
    uint32_t count = history_count(history);
    if (does_not_compile(history))
        return true;
    for (uint32_t i = 1; i <= count && i <= EVENTS_MOST; i++) {
        EventKind kind = history_kind(history, i);
        if (kind != EV_SOURCE && kind != EV_OUTPUT && kind != EV_END)
            return false;
    }
    return count <= EVENTS_MOST && is_in_python(history);
}

/* The last line that Python names of the file: `File "/home/me/my.py", line 3`. */
static uint32_t line_in(const char *said, const char *name)
{
    static const char behind[] = "\", line ";
    unsigned long line = 0;
    size_t length = strlen(name);
    for (const char *at = strstr(said, name); at && length > 0; at = strstr(at + length, name))
        if (strncmp(at + length, behind, strlen(behind)) == 0)
            line = strtoul(at + length + strlen(behind), NULL, 10);
    return line <= UINT32_MAX ? (uint32_t)line : 0;
}

bool mishap_names_error(const char *line, size_t length)
{
    static const char *const words[] = {"error:", "Error:", "错误："};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (memmem(line, length, words[k], strlen(words[k])))
            return true;
    return false;
}

/* The line of a compiler's first error: "lessons/mine/lesson.c:12:19: error: …". */
static uint32_t error_line(const char *said, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = said; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        size_t end = strcspn(line, "\n");
        const char *at = mishap_names_error(line, end) ? memmem(line, end, name, length) : NULL;
        unsigned long number = at && at[length] == ':' ? strtoul(at + length + 1, NULL, 10) : 0;
        if (number > 0 && number <= UINT32_MAX)
            return (uint32_t)number;
    }
    return 0;
}

static bool collect(Mishap *mishap, const History *history)
{
    size_t length = 0;
    FILE *said = open_memstream(&mishap->said, &length);
    for (uint32_t i = 1; said && i <= history_count(history); i++) {
        Event event = history_event(history, i);
        if (event.kind == EV_OUTPUT && event.text)
            fputs(event.text, said);
        else if (event.kind == EV_LINE)
            mishap->line = event.line;
    }
    return said && fclose(said) == 0 && mishap->said;
}

Mishap *mishap_of(const History *history)
{
    uint32_t count = history_count(history);
    if (count == 0 || history_kind(history, count) != EV_END ||
        history_event(history, count).word != WORD_EXCEPTION || !mishap_may_come(history))
        return NULL;
    Mishap *mishap = calloc(1, sizeof *mishap);
    if (!mishap || !collect(mishap, history)) {
        mishap_free(mishap);
        return NULL;
    }
    for (size_t k = 0; k < history_sources(history); k++) { /* the C program stands behind its listing */
        Source source = history_source(history, k);
        mishap->name = source.name;
        mishap->language = source.language;
        mishap->text = source.text;
    }
    if (!mishap->line && mishap->name)
        mishap->line = line_in(mishap->said, mishap->name);
    if (!mishap->line && mishap->name && *mishap->name)
        mishap->line = error_line(mishap->said, mishap->name);
    return mishap;
}

void mishap_free(Mishap *mishap)
{
    if (mishap)
        free(mishap->said);
    free(mishap);
}
