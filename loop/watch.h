/*
 * watch.h — what is called when a descriptor can be read or written.
 *
 * A handle for each, made once: the same one goes to the ready queue every time.
 */
#ifndef WATCH_H
#define WATCH_H

#include "handle.h"
#include "poller.h"

typedef struct Watch {
    Handle *reader, *writer; /* references */
    bool of_stream;          /* a transport's: not the program's to watch */
} Watch;

typedef struct Watches {
    Watch *table; /* by descriptor */
    size_t size;
    PollerEvent *events; /* of one select: room for all that are watched */
    size_t room;
} Watches;

/**
 * CPython's _add_reader and _add_writer.
 * @param event POLLER_READ or POLLER_WRITE
 * @param share NULL, or the context, counted: the handle takes a reference of its own
 * @return NONE; what the system says; MemoryError
 */
Value watch_add(Loop *loop, int fd, int event, const char *name, HandleFunction function, void *context,
                Shared *share);
/** CPython's _remove_reader and _remove_writer. @return was there one? */
bool watch_remove(Loop *loop, int fd, int event);
/** Says whether a descriptor is a stream's from now on. */
void watch_claim(Loop *loop, int fd, bool of_stream);
/** Puts the handles of what happened, that many events, at the end of the ready queue. */
void watch_enqueue(Loop *loop, size_t count);
/** The loop closes: nothing is watched any more. */
void watch_close(Loop *loop);

#endif
