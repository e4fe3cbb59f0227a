/*
 * own.h — anyone's own C program, from a file: compiled, loaded and run as a lesson is.
 *
 * It is written like a lesson (#include "lesson.h", LESSON { … }), or it is a program of libloop's with a
 * main
 * (#include "loop.h"). Either way it runs inside looprun, on looprun's libloop: what it does is traced.
 */
#ifndef OWN_H
#define OWN_H

#include "loop.h"

/** Is the word a C program, and not a lesson? NAME.c */
bool own_names(const char *word);

/**
 * Reads, compiles and loads a program. What the compiler says goes to stderr as it is.
 * @return STATUS_DONE; STATUS_EXCEPTION when it does not compile; STATUS_UNREADABLE after complaining
 */
int own_load(const char *path);
/** Writes the program, and what the compiler said of it, into the trace; NULL: there is none. */
void own_tell(Trace *trace);
/**
 * Runs what was loaded: main gets the words, the first of which is its name.
 * @param code main's exit status; left alone when it is a lesson
 * @return how a lesson ended; NONE of a main
 */
Value own_run(int argc, char **argv, int *code);
/** Was it read, but does not compile? */
bool own_is_broken(void);
void own_free(void);

#endif
