/*
 * vocabulary.h — asyncio's own words: what a future is for, by who made it, and what a callback is for, by
 * its name.
 *
 * A trace says `"of":"Lock.acquire"`; the window says "the lock". What is not in the tables is told by its
 * name.
 */
#ifndef VIZ_VOCABULARY_H
#define VIZ_VOCABULARY_H

#include <stdbool.h>

/** How a future's life is told: keys of lang.json. */
typedef struct FutureWords {
    const char *of;
    const char *shown;    /* how it is called; NULL: as it is */
    const char *suspends; /* a task begins to wait for it */
    const char *wakes;    /* somebody completes it, and that wakes its waiters */
    const char *resumes;  /* a waiter goes on */
    const char *queued;   /* … and why it stands in the queue, in a few words */
    const char *waits;    /* what it is that is waited for, in a few words */
} FutureWords;

/** NULL: it is not in the table. */
const FutureWords *words_of_future(const char *of);

/** The words for what the program called, when that waits by a future of another's: "Queue.join". NULL: it is
 * not in the table. */
const FutureWords *words_of_call(const char *name);

/** The words for reading from a connection: to its end, or what there is; and when it has come to its end. */
const FutureWords *words_of_read(bool for_end, bool met_end);

/** Those of which more can be told. */
typedef enum CallbackKind {
    CALLBACK_OTHER,
    CALLBACK_GATHER,
    CALLBACK_TIMEOUT,
    CALLBACK_GROUP,
    CALLBACK_CONNECT, /* a step on the way to a connection, before the program hears of it */
    CALLBACK_READ,
    CALLBACK_ACCEPT,
    CALLBACK_MADE,   /* … and then it hears of it: a server makes its task */
    CALLBACK_RESULT, /* a sleep's timer, or a future that is given its result one iteration later */
} CallbackKind;

/** What a callback does that asyncio adds by itself. */
typedef struct CallbackWords {
    const char *name;
    const char *handle; /* what it is, as part of a sentence */
    const char *queued; /* why it stands in the queue */
    const char *joins;  /* what it is called for has ended: it joins the queue. NULL: told by its name */
    const char *called; /* what it has done, when it has woken nobody */
    const char *woke;   /* … when it has */
    CallbackKind kind;
} CallbackWords;

/** Is this asyncio's own work to set a connection up, which no line of a program is run by? Not that which
 * accepts it. */
bool is_callback_of_connecting(const CallbackWords *words);

/** NULL: it is not in the table. */
const CallbackWords *words_of_callback(const char *name);

#endif
