/*
 * frame.h — the shadow stack: which function a coroutine is in, and at which line.
 *
 * C keeps no line numbers at run time, so LINE() notes them here. Every coroutine has a chain of frames, and
 * so has the code outside all coroutines ("<module>"); awaiting a coroutine and CALL() push a frame. Read
 * from the outermost inwards it is the await chain that the trace shows. Frames lie on the C stacks that they
 * describe.
 */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>

/** The name of a function whose caller knew none. */
#define UNNAMED "<unnamed>"

typedef struct Frame {
    struct Frame *outer;
    const char *function;
    const char *file; /* of the library's own frames, "loop/sleep.c"; NULL: the listing */
    int line;         /* in the listing (or in file); 0: not known */
    bool called;      /* by CALL(): made by trace_enter() */
} Frame;

/**
 * What a library function that waits has to give back if its coroutine is dropped while it waits: then
 * nothing after the wait ever runs. Lies on the C stack of that function.
 */
typedef struct Guard {
    struct Guard *outer;
    void (*give_back)(void *context);
    void *context;
} Guard;

#endif
