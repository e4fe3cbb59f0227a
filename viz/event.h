/*
 * event.h — one event of a trace, decoded (TRACE.md).
 *
 * What a kind does not have is 0, ID_NONE or NULL. Texts are interned by the history: they live as long as it
 * does, and equal texts are equal pointers.
 */
#ifndef VIZ_EVENT_H
#define VIZ_EVENT_H

#include "id.h"

#include <stddef.h>
#include <stdint.h>

typedef enum EventKind {
    EV_NONE,
    EV_SOURCE,
    EV_LOOP,
    EV_ITERATION,
    EV_SELECT,
    EV_SELECTED,
    EV_BATCH,
    EV_READY,
    EV_RUN,
    EV_RAN,
    EV_TIMER,
    EV_HANDLE_CANCEL,
    EV_TASK,
    EV_TASK_NAME,
    EV_COROUTINE,
    EV_FUTURE,
    EV_CALLBACK_ADD,
    EV_CALLBACK_REMOVE,
    EV_DONE,
    EV_CANCEL,
    EV_UNCANCEL,
    EV_LINE,
    EV_ENTER,
    EV_LEAVE,
    EV_SWITCH,
    EV_OUTPUT,
    EV_BLOCKED,
    EV_EXCEPTION,
    EV_STUCK,
    EV_MARK,
    EV_NOTE,
    EV_PROGRESS, /* how far something is that the program does */
    EV_PICTURE,  /* a picture that it has */
    EV_END,
    EV_SNAPSHOT, /* what the recorder saw: only `check` looks at it */
    EV_OTHER,    /* a kind this version does not know: kept, counted, and without effect */
    EV_KINDS
} EventKind;

/** The fixed words of the format, of every field that has some. */
// clang-format off
typedef enum Word {
    WORD_NONE,
    /* op */ WORD_NEW, WORD_RUN, WORD_STOP, WORD_RETURN, WORD_CLOSE,
    /* by */ WORD_SOON, WORD_TIMER, WORD_IO, WORD_THREAD,
    /* what */ WORD_STEP, WORD_WAKEUP, WORD_CALLBACK, WORD_CALL,
    /* why */ WORD_START, WORD_YIELD,
    /* run */ WORD_SKIPPED,
    /* state */ WORD_WAITING, WORD_READY, WORD_DONE, WORD_FAILED, WORD_CANCELLED,
    /* how */ WORD_WAITER, WORD_FLAG, WORD_CHILDREN,
    /* end */ WORD_EXIT, WORD_EXCEPTION, WORD_STUCK, WORD_KILLED, WORD_LIMIT,
    /* coroutine */ WORD_NEVER_AWAITED,
    WORD_OTHER,
    WORDS
} Word;
// clang-format on

/** Which of its futures a wait needs: asyncio.wait's return_when. A gather needs all, or the first that
 * fails. */
typedef enum Until {
    UNTIL_ALL, /* also where the trace does not tell */
    UNTIL_FIRST,
    UNTIL_EXCEPTION, /* the first one that fails, or all */
    UNTIL_OTHER,     /* a word that this version does not know */
    UNTILS
} Until;

/** One frame of an await chain. `source` is ID_NONE when the file is not in the trace; then `file` names it.
 */
typedef struct Frame {
    const char *function;
    const char *file;
    Id source;
    uint32_t line;
} Frame;

// clang-format off
typedef struct Event {
    uint32_t i;
    EventKind kind;
    int64_t ts; /* ns */
    Id handle, task, future, callback, source;
    Id coroutine;      /* coroutine object (k): made, of a line run by hand, a task's own · switch: `from` */
    Id on;             /* ran: what it waits on · switch: `to` · future: the lock (l) that it is a wait for */
    Word word;         /* loop: op · ready: what · run: skipped · ran, done: state · cancel: how · end: why ·
                          coroutine: never_awaited · switch: done when `from` has ended, waiting when it says not */
    Word by;           /* ready: by · line, enter, leave: thread when it is not the one that its loop runs in */
    Word why;          /* ready: why */
    int64_t n;         /* iteration, selected, batch: n · select: timeout (-1: for ever) · timer: when · blocked:
                          duration · end: code · cancel: count · output: fd · progress: done ·
                          future: its Until */
    int64_t total;     /* progress: what `n` will be in the end */
    uint32_t line;     /* line, enter, leave, blocked: by; task, future: created */
    uint32_t defined;  /* task: line of its def */
    uint32_t c_line;   /* line: the C program's line, 0 when there is none */
    const char *text;  /* source, task, callback: name · coroutine name · output, note: text · mark, progress, picture: name ·
                          done, ran, switch: value · future: of · line, enter, leave: function · timer: callback ·
                          run: what is thrown in · exception, cancel: message · EV_OTHER: the kind's name */
    const char *text2; /* source: text · task: coroutine · ready: callback's name · leave: the function
                          that it goes back to (a History knows) ·
                          exception: its type and text · picture: the file in base64 */
    const char *text3; /* source: language */
    const Frame *chain; /* ran: the await chain, outermost first */
    size_t chain_count;
    const Id *ids; /* future: kids · stuck: task, what it waits on, task, …; behind them: wait for a lock, who has
                      it, wait, … */
    size_t id_count;
    uint32_t loop;      /* of what a loop does: its number; else 0. Only while it is read: see history_loop() */
    const char *thread; /* where that is not the first one; only while it is read */
} Event;
// clang-format on

/** "callback_add"; "" for EV_NONE and EV_OTHER */
const char *event_kind_name(EventKind kind);

#endif
