/*
 * sink.c — where a trace's lines go, and what can go wrong there.
 *
 * A stream: the reader shall see each line as it happens, so each is a write of its own. A reader that is
 * gone, or takes nothing for ten seconds, ends the trace and never the program: no SIGPIPE, no waiting for
 * ever.
 *
 * A file: lines are copied into a window of the file mapped into memory, so that a program that is killed
 * leaves every line behind. The disk space under a window is reserved before it is written to: a full disk is
 * an error with a text then, and not a SIGBUS later. At the end the file is cut to its true length; when the
 * program is killed, NUL bytes may follow the last line.
 */
#include "sink.h"

#include "memory.h"
#include "stack.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const size_t LARGE_TEXT = (size_t)4 << 20, LARGEST_TEXT = (size_t)1 << 36;

enum { WINDOW = 1024 * 1024, SMALLEST_WINDOW = 64 * 1024, PATIENCE = 10 * 1000, FIRST_TEXT = 64 * 1024 };

static bool fail(Sink *sink, int number, const char *text)
{
    if (!sink->error) {
        sink->error = text;
        sink->error_number = number;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------------ signals */

/* Holds a signal back while a system call could raise it; if it came meanwhile, it is forgotten. */
static void hold_back(int number, sigset_t *before)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    pthread_sigmask(SIG_BLOCK, &set, before);
}

static void let_go(int number, const sigset_t *before, bool raised)
{
    int error = errno;
    if (raised && !sigismember(before, number)) {
        sigset_t set;
        struct timespec now = {0};
        sigemptyset(&set);
        sigaddset(&set, number);
        sigtimedwait(&set, NULL, &now);
    }
    pthread_sigmask(SIG_SETMASK, before, NULL);
    errno = error;
}

/* ------------------------------------------------------------------------------------------------- stream */

static ssize_t write_some(const Sink *sink, const char *bytes, size_t length)
{
    if (sink->socket)
        return send(sink->fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
    sigset_t before;
    hold_back(SIGPIPE, &before);
    ssize_t written = write(sink->fd, bytes, length);
    let_go(SIGPIPE, &before, written < 0 && errno == EPIPE);
    return written;
}

static bool wait_for_reader(Sink *sink)
{
    struct pollfd reader = {.fd = sink->fd, .events = POLLOUT};
    int ready;
    do
        ready = poll(&reader, 1, sink->patience);
    while (ready < 0 && errno == EINTR);
    return ready > 0 || fail(sink, ETIMEDOUT, "the reader of the trace has taken nothing for 10 seconds");
}

static bool stream_write(Sink *sink, const char *line, size_t length)
{
    while (length) {
        ssize_t written = write_some(sink, line, length);
        if (written >= 0) {
            line += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait_for_reader(sink))
                return false;
        } else if (errno == EPIPE || errno == ECONNRESET) {
            return fail(sink, errno, "the reader of the trace is gone");
        } else if (errno != EINTR) {
            return fail(sink, errno,
                        errno == ENOSPC ? "no space is left for the trace" : "the trace cannot be written");
        }
    }
    return true;
}

/* --------------------------------------------------------------------------------------------------- file */

static int reserve(const Sink *sink, int64_t offset, size_t size)
{
    sigset_t before;
    int error;
    hold_back(SIGXFSZ, &before);
    do
        error = posix_fallocate(sink->fd, offset, (off_t)size);
    while (error == EINTR);
    let_go(SIGXFSZ, &before, error == EFBIG);
    return error;
}

/* Maps the file from this (page-aligned) offset on; a smaller piece when the disk is nearly full. */
static bool window_open(Sink *sink, int64_t offset)
{
    if (sink->window)
        munmap(sink->window, sink->size);
    sink->window = NULL;
    int error = ENOSPC;
    for (size_t size = WINDOW; size >= SMALLEST_WINDOW && error; size /= 4) {
        error = reserve(sink, offset, size);
        sink->size = size;
    }
    void *window = MAP_FAILED;
    if (!error) {
        window = mmap(NULL, sink->size, PROT_READ | PROT_WRITE, MAP_SHARED, sink->fd, offset);
        error = window == MAP_FAILED ? errno : 0;
    }
    if (error)
        return fail(sink, error,
                    error == ENOSPC  ? "no space is left for the trace"
                    : error == EFBIG ? "the trace has reached the largest size a file may have"
                                     : "the trace cannot be written");
    sink->window = window;
    sink->offset = offset;
    return true;
}

static void cut(const Sink *sink, int64_t length)
{
    int ignored = ftruncate(sink->fd, length);
    (void)ignored; /* NUL bytes after the last line do not hurt a reader */
}

static void window_close(Sink *sink)
{
    munmap(sink->window, sink->size);
    sink->window = NULL;
    cut(sink, sink->offset + (int64_t)sink->used);
}

static bool file_write(Sink *sink, const char *line, size_t length)
{
    int64_t start = sink->offset + (int64_t)sink->used;
    while (length) {
        size_t room = sink->size - sink->used;
        size_t part = length < room ? length : room;
        memcpy(sink->window + sink->used, line, part);
        sink->used += part;
        line += part;
        length -= part;
        if (length) {
            if (!window_open(sink, sink->offset + (int64_t)sink->size)) {
                cut(sink, start); /* a line is there as a whole or not at all */
                return false;
            }
            sink->used = 0;
        }
    }
    return true;
}

/* A description of our own of the same file: with other flags, and with its own position. */
static int reopen(int fd, int flags)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return open(path, flags | O_CLOEXEC | O_NOCTTY);
}

static bool file_open(Sink *sink, int fd)
{
    int64_t end = lseek(fd, 0, SEEK_CUR);
    if (fcntl(fd, F_GETFL) & O_APPEND)
        end = lseek(fd, 0, SEEK_END);
    sink->fd = end < 0 ? -1 : reopen(fd, O_RDWR);
    if (sink->fd < 0)
        return false;
    int64_t offset = end - end % (int64_t)stack_page_size();
    if (window_open(sink, offset)) {
        sink->kind = SINK_FILE;
        sink->used = (size_t)(end - offset);
        return true;
    }
    cut(sink, end);
    close(sink->fd);
    return false;
}

/* ------------------------------------------------------------------------------------------------- memory */

/* A text that has become large moves, once, to addresses with room for all that may come, in huge pages where
   there are some: the kernel's work for each page, of 40 lines, costs as much as writing them, and so does
   growing by copying. @return false when the system does not like it */
static bool memory_map(Sink *sink)
{
    char *window = memory_must_fail() ? MAP_FAILED
                                      : mmap(NULL, LARGEST_TEXT, PROT_READ | PROT_WRITE,
                                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (window == MAP_FAILED)
        return false;
    madvise(window, LARGEST_TEXT, MADV_HUGEPAGE);
    memcpy(window, sink->window, sink->used);
    memory_free(sink->window);
    sink->window = window;
    sink->size = LARGEST_TEXT;
    sink->mapped = true;
    return true;
}

static bool memory_grow(Sink *sink, size_t length)
{
    if (sink->size >= LARGE_TEXT && !sink->mapped && memory_map(sink))
        return true;
    if (sink->mapped)
        return fail(sink, ENOMEM, "no memory is left for the trace");
    size_t size = sink->size ? sink->size : FIRST_TEXT;
    while (size - sink->used <= length)
        size *= 2;
    char *text = memory_resize(sink->window, size);
    if (!text)
        return fail(sink, ENOMEM, "no memory is left for the trace");
    sink->window = text;
    sink->size = size;
    return true;
}

static bool memory_write(Sink *sink, const char *line, size_t length)
{
    if (UNLIKELY(sink->size - sink->used <= length) && !memory_grow(sink, length))
        return false;
    memcpy(sink->window + sink->used, line, length);
    sink->used += length;
    sink->window[sink->used] = '\0';
    return true;
}

/* ------------------------------------------------------------------------------------------------- public */

int sink_open(Sink *sink, int fd)
{
    struct stat status;
    *sink = (Sink){.fd = -1};
    if (fstat(fd, &status) < 0)
        return errno;
    if (S_ISREG(status.st_mode) && file_open(sink, fd))
        return 0;
    if (sink->error_number == ENOSPC || sink->error_number == EFBIG)
        return sink->error_number;
    *sink = (Sink){.kind = SINK_STREAM, .fd = -1, .socket = S_ISSOCK(status.st_mode), .patience = PATIENCE};
    if (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode))
        sink->fd = reopen(fd, O_WRONLY | O_NONBLOCK);
    if (sink->fd < 0)
        sink->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    return sink->fd < 0 ? errno : 0;
}

void sink_open_memory(Sink *sink)
{
    *sink = (Sink){.kind = SINK_MEMORY, .fd = -1};
}

bool sink_write(Sink *sink, const char *line, size_t length)
{
    if (sink->error)
        return false;
    switch (sink->kind) {
    case SINK_FILE:
        return file_write(sink, line, length);
    case SINK_STREAM:
        return stream_write(sink, line, length);
    case SINK_MEMORY:
        break;
    }
    return memory_write(sink, line, length);
}

void sink_write_last(Sink *sink, const char *line, size_t length)
{
    if (sink->error || sink->kind == SINK_MEMORY)
        return;
    if (sink->kind == SINK_STREAM) {
        sink->patience = 0;
        stream_write(sink, line, length);
    } else if (sink->window && sink->size - sink->used >= length) {
        file_write(sink, line, length);
        window_close(sink);
    }
    fail(sink, EINTR, "the program was killed"); /* what comes now is written nowhere */
}

/* The window of a file and the descriptor. */
static void let_file_go(Sink *sink)
{
    if (sink->kind == SINK_FILE && sink->window)
        window_close(sink);
    if (sink->fd >= 0)
        close(sink->fd);
    sink->fd = -1;
}

void sink_stop(Sink *sink, const char *why)
{
    fail(sink, 0, why);
    let_file_go(sink);
}

int sink_close(Sink *sink)
{
    let_file_go(sink);
    if (sink->mapped)
        munmap(sink->window, LARGEST_TEXT);
    else if (sink->kind == SINK_MEMORY)
        memory_free(sink->window);
    sink->window = NULL;
    return sink->error_number;
}
