/*
 * compile.h — a C file becomes a shared object that looprun can load: by the system's C compiler, once for
 * each state of the file.
 */
#ifndef COMPILE_H
#define COMPILE_H

#include <stdbool.h>

typedef struct Compiled {
    char *object;   /* the shared object's path; NULL: the file does not compile */
    char *messages; /* what there is to say of it, by the compiler and by us, "" when nothing */
    int error_line; /* the first line of the file that an error is about; 0: none */
} Compiled;

/**
 * Compiles, or finds what was compiled before.
 * @param path as messages shall name it @param text what stands in it
 * @param tells_lines with the calls of lines.h
 * @return false after complaining: there is no compiler, or no place for what it makes
 */
bool compile(const char *path, const char *text, bool tells_lines, Compiled *compiled);
void compiled_free(Compiled *compiled);

#endif
