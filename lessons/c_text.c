/*
 * Backslashes join lines, and take its meaning from a quote.
 */
#include "c_text.h"

#include <ctype.h>
#include <string.h>

/* The end of a line, with those that a backslash joins to it. */
static const char *line_end(const char *at)
{
    while (*at && *at != '\n') {
        if (at[0] == '\\' && at[1])
            at++;
        at++;
    }
    return at;
}

const char *c_text_literal_end(const char *at)
{
    char quote = *at++;
    while (*at && *at != quote && *at != '\n') {
        if (at[0] == '\\' && at[1])
            at++;
        at++;
    }
    return *at == quote ? at + 1 : at;
}

static const char *comment_end(const char *at)
{
    if (at[1] == '/')
        return line_end(at);
    const char *end = strstr(at + 2, "*/");
    return end ? end + 2 : at + strlen(at);
}

const char *c_text_skipped(const char *at, bool at_line_start)
{
    if (*at == '#' && at_line_start)
        return line_end(at);
    if (at[0] == '/' && (at[1] == '/' || at[1] == '*'))
        return comment_end(at);
    return at;
}

bool c_text_in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || ((unsigned char)c & 0x80);
}
