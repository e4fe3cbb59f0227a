/*
 * The program is looked through for calls of what takes nanoseconds. Of their arguments only the one that is
 * nothing but a number is judged: what a name or a sum is worth is the compiler's to know.
 */
#include "delays.h"

#include "c_text.h"
#include "words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_MEANT = 1000 /* nanoseconds that somebody may well mean */ };

/* Who takes nanoseconds, and as which argument. */
typedef struct Taker {
    const char *name;
    int argument;
} Taker;

// clang-format off
static const Taker takers[] = {
    {"await_sleep",     0}, {"await_sleep_result", 0}, {"blocking_sleep", 0}, {"timeout_enter",           0},
    {"loop_call_later", 1}, {"await_wait_for",     1}, {"await_wait",     2}, {"future_set_result_later", 1},
    {"as_completed",    2},
};
// clang-format on

static const Taker *taker_named(const char *word, size_t length)
{
    for (size_t k = 0; k < sizeof takers / sizeof *takers; k++)
        if (strlen(takers[k].name) == length && memcmp(takers[k].name, word, length) == 0)
            return &takers[k];
    return NULL;
}

static const char *blanks_end(const char *at)
{
    for (const char *end; (end = c_text_skipped(at + strspn(at, " \t\r\n"), false)) != at;)
        at = end;
    return at;
}

/* The argument of a call that begins behind its parenthesis. @return NULL when it has not so many */
static const char *find_argument(const char *at, int argument)
{
    int depth = 0;
    while (argument > 0) {
        at = blanks_end(at);
        if (*at == '\0' || (depth == 0 && *at == ')'))
            return NULL;
        if (*at == '"' || *at == '\'') {
            at = c_text_literal_end(at);
            continue;
        }
        depth += (*at == '(' || *at == '{') - (*at == ')' || *at == '}');
        argument -= depth == 0 && *at == ',';
        at++;
    }
    return blanks_end(at);
}

/* The whole number that the argument at `at` is, 1 to 999; 0 when it is anything else. */
static int small_number(const char *at)
{
    char *rest;
    if (!isdigit((unsigned char)*at))
        return 0;
    double number = strtod(at, &rest);
    if (number < 1 || number >= LEAST_MEANT || number != (int)number)
        return 0;
    const char *end = blanks_end(rest + strspn(rest, "uUlLfF"));
    return *end == ',' || *end == ')' ? (int)number : 0;
}

/* "my.c:4:24: warning: …" and the line, with a mark below the place. */
static void warn(FILE *out, const char *path, const char *text, const char *at, const Taker *taker)
{
    int line = 1, number = small_number(at);
    const char *start = text;
    for (const char *c = text; c < at; c++)
        if (*c == '\n') {
            line++;
            start = c + 1;
        }
    fprintf(out, words("%s:%d:%d: warning: %s takes nanoseconds: for %d s write loop_seconds(%d)\n"), path,
            line, (int)(at - start) + 1, taker->name, number, number);
    fprintf(out, "%5d | %.*s\n      | ", line, (int)strcspn(start, "\n"), start);
    for (const char *c = start; c < at; c++)
        fputc(*c == '\t' ? '\t' : ' ', out);
    fputs("^\n", out);
}

static void look_through(FILE *out, const char *path, const char *text)
{
    bool at_line_start = true;
    for (const char *at = text, *end; *at; at = end) {
        end = c_text_skipped(at, at_line_start);
        if (end != at)
            continue;
        at_line_start = *at == '\n' || (at_line_start && isspace((unsigned char)*at));
        end = *at == '"' || *at == '\'' ? c_text_literal_end(at) : at + 1;
        if (!c_text_in_word(*at))
            continue;
        for (end = at; c_text_in_word(*end);)
            end++;
        const Taker *taker = taker_named(at, (size_t)(end - at));
        const char *paren = taker ? blanks_end(end) : "";
        const char *argument = *paren == '(' ? find_argument(paren + 1, taker->argument) : NULL;
        if (argument && small_number(argument))
            warn(out, path, text, argument, taker);
    }
}

char *delays_warn(const char *path, const char *text)
{
    char *warnings = NULL;
    size_t size;
    FILE *out = open_memstream(&warnings, &size);
    if (!out)
        return NULL;
    look_through(out, path, text);
    if (fclose(out) == 0)
        return warnings;
    free(warnings);
    return NULL;
}
