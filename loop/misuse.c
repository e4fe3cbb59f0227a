/*
 * misuse.c — the last words of a program that uses what is gone, or another thread's.
 */
#include "misuse.h"

#include <stdio.h>
#include <stdlib.h>

void misuse_gone(const char *function, const char *object)
{
    fprintf(stderr,
            "loop: %s(): the %s is gone: it was released, or was only borrowed; keep it for as long as it is "
            "used\n",
            function, object);
    abort();
}

void misuse_thread(const char *function)
{
    fprintf(stderr,
            "loop: %s(): the loop belongs to another thread; loop_call_soon_threadsafe() reaches it\n",
            function);
    abort();
}

void misuse_tell(const char *function, const char *error)
{
    fprintf(stderr, "RuntimeError: %s: %s()\n", error, function);
}
