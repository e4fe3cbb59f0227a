/*
 * sink.h — where a trace's lines go: memory, a file, or a stream that somebody reads while we write.
 */
#ifndef SINK_H
#define SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum SinkKind {
    SINK_MEMORY,
    SINK_FILE,   /* through a shared mapping: what is written survives the death of the program */
    SINK_STREAM, /* a pipe, a socket, a terminal: each line at once */
} SinkKind;

typedef struct Sink {
    SinkKind kind;
    int fd; /* ours */
    bool socket;
    bool mapped;       /* memory: a text so large that it has addresses of its own */
    int patience;      /* milliseconds that a stream's reader may take nothing */
    char *window;      /* memory: the text; file: what is mapped now */
    size_t size;       /* of the window */
    size_t used;       /* of the window */
    int64_t offset;    /* of the window, in the file */
    const char *error; /* why nothing is written any more; NULL: all is well */
    int error_number;
} Sink;

/** @return 0, or errno */
int sink_open(Sink *sink, int fd);
void sink_open_memory(Sink *sink);
/** Writes a whole line. @return false when the sink has failed; then nothing of the line is there */
bool sink_write(Sink *sink, const char *line, size_t length);
/** The last line, written from inside a signal handler that ends the program: only what is allowed there, so
 * nothing when there is no room, no time, or only memory. */
void sink_write_last(Sink *sink, const char *line, size_t length);
/** Nothing more comes: a file has its true length, a stream's reader sees the end. What is in memory stays.
 * @param why for sink_write() and others who ask later */
void sink_stop(Sink *sink, const char *why);
/** @return 0, or errno of what went wrong at any time */
int sink_close(Sink *sink);

#endif
