/*
 * watch.c — add_reader, add_writer: descriptors, and the handles that wait for them.
 */
#include "watch.h"

#include "os_error.h"
#include "scheduler.h"

#include <errno.h>

enum { TABLE_STEP = 64 };

static Handle **side(Watch *watch, int event)
{
    return event == POLLER_READ ? &watch->reader : &watch->writer;
}

static int events_of(const Watch *watch)
{
    return (watch->reader ? POLLER_READ : 0) | (watch->writer ? POLLER_WRITE : 0);
}

static Watch *find(Loop *loop, int fd)
{
    return fd >= 0 && (size_t)fd < loop->watches.size ? &loop->watches.table[fd] : NULL;
}

/* For one more descriptor: in the table, and in what one select can say. */
static Watch *make_room(Loop *loop, int fd)
{
    Watches *watches = &loop->watches;
    if ((size_t)fd >= watches->size) {
        size_t size = ((size_t)fd + TABLE_STEP) & ~(size_t)(TABLE_STEP - 1);
        Watch *table = memory_resize(watches->table, size * sizeof *table);
        if (!table)
            return NULL;
        for (size_t k = watches->size; k < size; k++)
            table[k] = (Watch){0};
        watches->table = table;
        watches->size = size;
    }
    if (loop->poller.watched >= watches->room) {
        size_t room = watches->room + TABLE_STEP;
        PollerEvent *events = memory_resize(watches->events, room * sizeof *events);
        if (!events)
            return NULL;
        watches->events = events;
        watches->room = room;
    }
    return &watches->table[fd];
}

static void drop(Handle **slot)
{
    Handle *handle = *slot;
    *slot = NULL;
    handle_cancel(handle);
    handle_release(handle);
}

Value watch_add(Loop *loop, int fd, int event, const char *name, HandleFunction function, void *context,
                Shared *share)
{
    if (fd < 0)
        return value_os_error(EBADF, NULL);
    Watch *watch = make_room(loop, fd);
    Handle *handle = watch ? handle_new(loop, HANDLE_CALL, name) : NULL;
    if (!handle)
        return value_exception(&MemoryError, "no memory to watch a descriptor");
    int before = events_of(watch);
    int error = poller_watch(&loop->poller, fd, before | event);
    if (error) {
        handle_release(handle);
        return error == ENOMEM ? value_exception(&MemoryError, "no memory to watch a descriptor")
                               : value_os_error(error, NULL);
    }
    handle->call = function;
    handle->context = context;
    handle->shares = share != NULL;
    if (share)
        share->references++;
    loop->sources += !before;
    Handle *old = *side(watch, event);
    *side(watch, event) = handle;
    drop(&old);
    return NONE;
}

bool watch_remove(Loop *loop, int fd, int event)
{
    Watch *watch = find(loop, fd);
    Handle **slot = watch ? side(watch, event) : NULL;
    if (!slot || !*slot)
        return false;
    Handle *handle = *slot;
    *slot = NULL;
    poller_watch(&loop->poller, fd, events_of(watch));
    loop->sources -= !events_of(watch);
    drop(&handle);
    return true;
}

void watch_claim(Loop *loop, int fd, bool of_stream)
{
    Watch *watch = find(loop, fd);
    if (watch)
        watch->of_stream = of_stream;
}

void watch_enqueue(Loop *loop, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        PollerEvent event = loop->watches.events[k];
        const Watch *watch = find(loop, event.fd);
        if (event.ready & POLLER_READ && watch->reader)
            loop_enqueue_again(loop, watch->reader, BY_IO);
        if (event.ready & POLLER_WRITE && watch->writer)
            loop_enqueue_again(loop, watch->writer, BY_IO);
    }
}

void watch_close(Loop *loop)
{
    for (size_t fd = 0; fd < loop->watches.size; fd++) {
        watch_remove(loop, (int)fd, POLLER_READ);
        watch_remove(loop, (int)fd, POLLER_WRITE);
    }
    memory_free(loop->watches.table);
    memory_free(loop->watches.events);
    loop->watches = (Watches){0};
}

/* ------------------------------------------------------------------------------------------------- public */

static Value add(Loop *loop, int fd, int event, const char *name, HandleFunction function, void *context)
{
    if (!loop || loop->closed)
        return value_exception(&RuntimeError, "Event loop is closed");
    if (!function)
        return value_exception(&TypeError, "a callable object was expected");
    const Watch *watch = find(loop, fd);
    if (watch && watch->of_stream)
        return value_exception(&RuntimeError, text_format("File descriptor %d is used by transport", fd));
    return watch_add(loop, fd, event, name, function, context, NULL);
}

static bool remove_one(Loop *loop, int fd, int event)
{
    const Watch *watch = loop ? find(loop, fd) : NULL;
    return watch && !watch->of_stream && watch_remove(loop, fd, event);
}

Value loop_add_reader_named(Loop *loop, int fd, const char *name, HandleFunction function, void *context)
{
    return add(loop, fd, POLLER_READ, name, function, context);
}

bool loop_remove_reader(Loop *loop, int fd)
{
    return remove_one(loop, fd, POLLER_READ);
}

Value loop_add_writer_named(Loop *loop, int fd, const char *name, HandleFunction function, void *context)
{
    return add(loop, fd, POLLER_WRITE, name, function, context);
}

bool loop_remove_writer(Loop *loop, int fd)
{
    return remove_one(loop, fd, POLLER_WRITE);
}
