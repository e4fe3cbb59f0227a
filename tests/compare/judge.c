/*
 * judge PROGRAM RECORDINGS — runs each pair of a program (pairs.c) and compares its trace with CPython's,
 * RECORDINGS/NAME.jsonl, up to the first that differs. One that is not recorded is left out. A pair that does
 * not end in time has not done what CPython did.
 */
#include "projection.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE = 4 /* seconds */, STATUS_DIFFERS = 1, STATUS_USAGE = 2 };

static char *read_stream(FILE *stream, size_t *length)
{
    char *text = NULL;
    size_t size = 0;
    ssize_t got = getdelim(&text, &size, '\0', stream);
    *length = got < 0 ? 0 : (size_t)got;
    return text;
}

/* What a program writes on stdout. */
static char *output_of(const char *program, const char *word, size_t *length)
{
    FILE *output = tmpfile();
    *length = 0;
    if (!output)
        return NULL;
    pid_t child = fork();
    if (child == 0) {
        dup2(fileno(output), STDOUT_FILENO);
        if (!freopen("/dev/null", "w", stderr))
            _exit(STATUS_USAGE);
        alarm(PATIENCE);
        execl(program, program, word, (char *)NULL);
        _exit(STATUS_USAGE);
    }
    if (child > 0)
        waitpid(child, NULL, 0);
    rewind(output);
    char *text = read_stream(output, length);
    fclose(output);
    return text;
}

static Projection project(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] != '\n')
        length--;
    return projection_read_bare(text ? text : "", length);
}

/* @return whether they are equal, or there is nothing to compare with; else tells where they begin to differ
 */
static bool judge(const char *program, const char *name, const char *recordings)
{
    char path[512];
    size_t length;
    snprintf(path, sizeof path, "%s/%s.jsonl", recordings, name);
    FILE *recording = fopen(path, "rb");
    if (!recording)
        return true;
    char *text = read_stream(recording, &length);
    fclose(recording);
    Projection cpythons = project(text, length);
    free(text);
    text = output_of(program, name, &length);
    Projection ours = project(text, length);
    free(text);
    size_t line = projection_differs(&ours, &cpythons);
    bool same = line == SIZE_MAX && cpythons.count > 0;
    if (!same)
        printf("%s: %s\n", name, line < ours.count ? ours.lines[line] : "(nothing more)");
    projection_free(&ours);
    projection_free(&cpythons);
    return same;
}

int main(int argc, char **argv)
{
    size_t length;
    if (argc != 3) {
        fputs("usage: judge PROGRAM RECORDINGS\n", stderr);
        return STATUS_USAGE;
    }
    char *names = output_of(argv[1], "--list", &length);
    bool good = length > 0;
    for (char *name = strtok(names, "\n"); name && good; name = strtok(NULL, "\n"))
        good = judge(argv[1], name, argv[2]);
    free(names);
    return good ? 0 : STATUS_DIFFERS;
}
