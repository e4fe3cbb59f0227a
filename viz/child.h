/*
 * child.h — the program that is shown, as a child process whose trace comes through a pipe.
 *
 * Reading never blocks, and nothing the child does (crash, hang, flood) reaches the reader but as a message.
 */
#ifndef VIZ_CHILD_H
#define VIZ_CHILD_H

#include "lang.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Child Child;

/** Starts argv (closed by NULL); its stdout is what child_read() gives, its stderr is kept for
 * child_message().
 *  @return NULL with *problem one line when it cannot be started */
Child *child_start(const char *const *argv, const char **problem);
/** Ends it if it still runs, with everything that it has started, and waits for it: it is asked to (SIGTERM),
 * and killed when it stays. */
void child_free(Child *child);
/** The descriptor to poll; -1 after the end of its output. */
int child_descriptor(const Child *child);
/** What is there now, 0 when nothing is or the end came (then child_ended). */
size_t child_read(Child *child, char *buffer, size_t size);
/** Its output has ended and it has exited. */
bool child_ended(const Child *child);
/** Exit status, or 128 + signal; -1 before it ended. */
int child_status(const Child *child);
/** It had closed its output and did not exit, so it was killed: its signal is no crash. */
bool child_was_stopped(const Child *child);
/** The last line that it wrote to stderr; "" when there is none. Alive as long as the child. */
const char *child_last_words(const Child *child);
/** One line for a person ("The program crashed: SIGSEGV"), NULL when it ended well. Alive until the next
 * call. */
const char *child_message(const Child *child, Language language);

/** Where looprun is: beside this program, else on PATH. The caller frees it; NULL when it is nowhere. */
char *find_looprun(void);

#endif
