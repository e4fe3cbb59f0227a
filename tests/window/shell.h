/*
 * shell.h — command lines, run in a folder of their own with the built programs first on PATH, and what they
 * wrote.
 */
#ifndef TESTS_WINDOW_SHELL_H
#define TESTS_WINDOW_SHELL_H

#include "window/driver.h"

static char out[1 << 16], err[1 << 14];
static char folder[64]; /* for the files of this run */

static inline void slurp(const char *path, char *to, size_t size)
{
    FILE *file = fopen(path, "r");
    size_t n = file ? fread(to, 1, size - 1, file) : 0;
    to[n] = '\0';
    if (file)
        fclose(file);
}

/** Runs the command line in a shell, in English; what it wrote is in out and err. @return exit status */
static inline int sh(const char *format, ...)
{
    char command[2048], line[2600], path[128];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    snprintf(line, sizeof line, "cd %s && export PATH=%s:$PATH LC_ALL=C.UTF-8 && { %s; } >out 2>err", folder,
             BUILD_DIR, command);
    int status = system(line);
    snprintf(path, sizeof path, "%s/out", folder);
    slurp(path, out, sizeof out);
    snprintf(path, sizeof path, "%s/err", folder);
    slurp(path, err, sizeof err);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static inline void write_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static inline void assert_one_line(const char *part)
{
    if (!strstr(err, part) || strchr(err, '\n') != err + strlen(err) - 1)
        fail_msg("stderr is not one line with '%s': %s", part, err);
}

static inline int shell_make_folder(void **state)
{
    strcpy(folder, "/tmp/loopglass-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static inline int shell_remove_folder(void **state)
{
    char command[128];
    driver_close();
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

#endif
