/*
 * child.h — the program that is shown, as a child process whose trace comes through a pipe.
 *
 * Reading never blocks, and nothing the child does (crash, hang, flood) reaches the reader but as a message.
 */
#ifndef VIZ_CHILD_H
#define VIZ_CHILD_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Child Child;

/** Starts argv; its stdout is what child_read() gives, its stderr is kept for child_message().
 *  @return NULL with *problem one line when it cannot be started */
Child *child_start(const char *const *argv, const char **problem);
/** Ends it if it still runs, and waits for it. */
void child_free(Child *child);
/** The descriptor to poll; -1 after the end of its output. */
int child_descriptor(const Child *child);
/** What is there now, 0 when nothing is or the end came (then child_ended). */
size_t child_read(Child *child, char *buffer, size_t size);
/** Its output has ended and it has exited. */
bool child_ended(const Child *child);
/** Exit status, or 128 + signal. */
int child_status(const Child *child);
/** One line for a person: "the lesson crashed (SIGSEGV)", the last line of its stderr, …; NULL when it ended well */
const char *child_message(const Child *child);

/** Where looprun is: beside this program, else on PATH. The caller frees it. */
char *find_looprun(void);

#endif
