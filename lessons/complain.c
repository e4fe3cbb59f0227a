/*
 * One line on stderr for whatever went wrong. It is written whole, so that lines of several programs that
 * share a terminal do not mix.
 */
#include "complain.h"

#include "words.h"

#include <stdarg.h>
#include <stdio.h>

static char line[1024];

void complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, words(format), arguments);
    va_end(arguments);
    fprintf(stderr, "looprun: %s\n", line);
}

const char *complained(void)
{
    return line;
}
