/*
 * signals.c — add_signal_handler: the system's handler only leaves a mark and rings; all else happens in the
 * loop, in its turn.
 *
 *     signal ──► mark, ring ┄┄► select wakes ──► _read_from_self ──► ready queue ──► the program's function
 *
 * A signal can be delivered to any thread. While a handler runs in another one, the gate that it rings must
 * not go: whoever stops listening waits until all handlers have left.
 */
#include "signals.h"

#include "scheduler.h"

#include <sched.h>
#include <unistd.h>

static Listener listeners[SIGNALS_MOST + 1];
static atomic_uint inside; /* handlers that run now */

/* -------------------------------------------------------------------------------------- the system's side */

Gate *listener_enter(Listener *listener)
{
    atomic_fetch_add(&inside, 1);
    return atomic_load(listener);
}

void listener_leave(void)
{
    atomic_fetch_sub(&inside, 1);
}

void listener_end(Listener *listener)
{
    atomic_store(listener, NULL);
    while (atomic_load(&inside))
        sched_yield();
}

static void on_signal(int signal)
{
    Gate *gate = listener_enter(&listeners[signal]);
    if (gate) {
        atomic_fetch_or(&gate->marks, 1ul << (signal - 1));
        gate_ring(gate);
    }
    listener_leave();
}

/* ---------------------------------------------------------------------------------------- the loop's side */

void signals_process(Loop *loop, unsigned long marks)
{
    for (int signal = 1; marks; signal++, marks >>= 1) {
        Handle *handle = marks & 1 && loop->signals ? loop->signals->handles[signal] : NULL;
        if (!handle)
            continue;
        loop_enqueue_again(loop, handle, BY_SOON);
        loop_ring(loop); /* as CPython does */
    }
}

static void forget(Loop *loop, int signal)
{
    Signals *signals = loop->signals;
    Handle *handle = signals->handles[signal];
    sigaction(signal, &signals->before[signal], NULL);
    listener_end(&listeners[signal]);
    signals->handles[signal] = NULL;
    handle_release(handle);
    signals->count--;
    loop->sources--;
}

void signals_close(Loop *loop)
{
    for (int signal = 1; loop->signals && signal <= SIGNALS_MOST; signal++)
        if (loop->signals->handles[signal])
            forget(loop, signal);
    memory_free(loop->signals);
    loop->signals = NULL;
}

/* ------------------------------------------------------------------------------------------------- public */

static Value check(const Loop *loop, int signal)
{
    if (signal < 1 || signal > SIGNALS_MOST)
        return value_exception(&ValueError, text_format("invalid signal number %d", signal));
    if (!loop || loop->closed)
        return value_exception(&RuntimeError, "Event loop is closed");
    if (gettid() != getpid())
        return value_exception(&RuntimeError,
                               "set_wakeup_fd only works in main thread of the main interpreter");
    const Gate *owner = atomic_load(&listeners[signal]);
    if (owner && owner != loop->gate)
        return value_exception(&RuntimeError, "another loop handles this signal");
    return NONE;
}

/* The first time: from now on the signal rings. @return false when the system does not allow it */
static bool listen_to(Loop *loop, int signal)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    atomic_store(&listeners[signal], loop->gate);
    if (sigaction(signal, &action, &loop->signals->before[signal]) == 0)
        return true;
    listener_end(&listeners[signal]);
    return false;
}

Value loop_add_signal_handler_named(Loop *loop, int signal, const char *name, HandleFunction function,
                                    void *context)
{
    TRY(check(loop, signal));
    if (!function)
        return value_exception(&TypeError, "a callable object was expected");
    if (!loop->signals) {
        loop->signals = memory_allocate(sizeof *loop->signals);
        if (!loop->signals)
            return value_exception(&MemoryError, "no memory for a signal handler");
        *loop->signals = (Signals){0};
    }
    Handle *handle = handle_new(loop, HANDLE_CALL, name);
    if (!handle)
        return value_exception(&MemoryError, "no memory for a signal handler");
    handle->call = function;
    handle->context = context;
    Handle **slot = &loop->signals->handles[signal];
    if (!*slot) {
        if (!listen_to(loop, signal)) {
            handle_release(handle);
            return value_exception(&RuntimeError, text_format("sig %d cannot be caught", signal));
        }
        loop->signals->count++;
        loop->sources++;
    }
    handle_release(*slot);
    *slot = handle;
    return NONE;
}

bool loop_remove_signal_handler(Loop *loop, int signal)
{
    if (!loop || !loop->signals || signal < 1 || signal > SIGNALS_MOST || !loop->signals->handles[signal])
        return false;
    forget(loop, signal);
    return true;
}
