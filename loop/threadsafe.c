/*
 * threadsafe.c — call_soon_threadsafe, and the gate that it goes through.
 *
 * Nothing that rings may be lost. Who rings first leaves the call (or the mark), then writes the byte, then
 * sets the flag. The loop takes in when it sees the flag, and always when the byte has woken it; and when it
 * has read the byte it looks once more, for a call whose byte it may just have read.
 */
#include "threadsafe.h"

#include "interrupt.h"
#include "scheduler.h"
#include "signals.h"
#include "thread.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* --------------------------------------------------------------------------------------------------- gate */

Gate *gate_new(void)
{
    Gate *gate = memory_allocate(sizeof *gate);
    if (!gate)
        return NULL;
    *gate = (Gate){.references = 1, .wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    if (gate->wake < 0)
        goto no_descriptor;
    if (pthread_mutex_init(&gate->lock, NULL) != 0)
        goto no_lock;
    if (naps_open(&gate->naps))
        return gate;
    pthread_mutex_destroy(&gate->lock);
no_lock:
    close(gate->wake);
no_descriptor:
    memory_free(gate);
    return NULL;
}

Gate *gate_keep(Gate *gate)
{
    atomic_fetch_add(&gate->references, 1);
    return gate;
}

void gate_release(Gate *gate)
{
    if (atomic_fetch_sub(&gate->references, 1) > 1)
        return;
    naps_destroy(&gate->naps);
    pthread_mutex_destroy(&gate->lock);
    memory_free(gate);
}

/* A full counter (EAGAIN) has woken the loop already. */
void gate_ring(Gate *gate)
{
    int before = errno;
    uint64_t one = 1;
    ssize_t written = write(gate->wake, &one, sizeof one);
    (void)written;
    atomic_store_explicit(&gate->rung, true, memory_order_release);
    errno = before;
}

bool gate_post(Gate *gate, Call *call)
{
    call->next = NULL;
    pthread_mutex_lock(&gate->lock);
    bool open = !gate->closed;
    if (open) {
        if (gate->last)
            gate->last->next = call;
        else
            gate->first = call;
        gate->last = call;
        gate_ring(gate);
    }
    pthread_mutex_unlock(&gate->lock);
    return open;
}

bool gate_withdraw(Gate *gate, const Call *call)
{
    Call *before = NULL;
    pthread_mutex_lock(&gate->lock);
    Call **link = &gate->first;
    for (; *link && *link != call; link = &before->next)
        before = *link;
    bool found = *link != NULL;
    if (found)
        *link = call->next;
    if (gate->last == call)
        gate->last = before;
    pthread_mutex_unlock(&gate->lock);
    return found;
}

static Call *take_all(Gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    Call *first = gate->first;
    gate->first = gate->last = NULL;
    pthread_mutex_unlock(&gate->lock);
    return first;
}

/* Puts back, in front, what could not be taken in. */
static void put_back(Gate *gate, Call *first)
{
    Call *last = first;
    while (last->next)
        last = last->next;
    pthread_mutex_lock(&gate->lock);
    last->next = gate->first;
    gate->first = first;
    if (!gate->last)
        gate->last = last;
    pthread_mutex_unlock(&gate->lock);
}

static bool is_empty(Gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    bool empty = !gate->first;
    pthread_mutex_unlock(&gate->lock);
    return empty && !atomic_load(&gate->interrupts);
}

/* ---------------------------------------------------------------------------------------- the loop's side */

static Handle *handle_of(Loop *loop, const Call *call)
{
    if (call->handle)
        return call->handle;
    Handle *handle = handle_new(loop, HANDLE_CALL, call->name);
    if (handle) {
        handle->call = call->function;
        handle->context = call->context;
    }
    return handle;
}

bool loop_take_in(Loop *loop)
{
    Gate *gate = loop->gate;
    loop->ringing = true;
    atomic_store(&gate->rung, false);
    Call *call = take_all(gate);
    while (call) {
        Call *next = call->next;
        Handle *handle = handle_of(loop, call);
        if (!handle) { /* no memory now: at the next iteration, perhaps */
            put_back(gate, call);
            atomic_store(&gate->rung, true);
            break;
        }
        handle->in_order = true;
        loop_enqueue(loop, handle, BY_THREAD);
        call->give_back(call);
        call = next;
    }
    return !atomic_load(&gate->interrupts) || interrupt_take(loop);
}

/* CPython's _read_from_self: the reader of the gate's descriptor. */
static void read_from_self(void *context)
{
    Loop *loop = context;
    Gate *gate = loop->gate;
    uint64_t count;
    ssize_t length = read(gate->wake, &count, sizeof count);
    (void)length; /* what it counts is nothing to anybody */
    loop->ringing = false;
    signals_process(loop, atomic_exchange(&gate->marks, 0));
    if (!is_empty(gate))
        atomic_store(&gate->rung, true);
}

bool loop_open_gate(Loop *loop)
{
    loop->gate = gate_new();
    if (!loop->gate)
        return false;
    Value outcome = watch_add(loop, loop->gate->wake, POLLER_READ, "BaseSelectorEventLoop._read_from_self",
                              read_from_self, loop, NULL);
    loop->sources = 0; /* it wakes the loop for others only */
    return !value_failed(outcome);
}

void loop_close_gate(Loop *loop)
{
    Gate *gate = loop->gate;
    if (!gate)
        return;
    watch_remove(loop, gate->wake, POLLER_READ);
    naps_close(&gate->naps);
    pthread_mutex_lock(&gate->lock);
    gate->closed = true;
    close(gate->wake);
    Call *call = gate->first;
    gate->first = gate->last = NULL;
    pthread_mutex_unlock(&gate->lock);
    while (call) {
        Call *next = call->next;
        call->give_back(call);
        call = next;
    }
}

void loop_ring(Loop *loop)
{
    loop->ringing = true;
    gate_ring(loop->gate);
}

/* ------------------------------------------------------------------------------------------------- public */

static void free_call(Call *call)
{
    memory_free(call);
}

bool loop_call_soon_threadsafe_named(Loop *loop, const char *name, HandleFunction function, void *context)
{
    if (!loop || !function)
        return false;
    if (pthread_equal(loop->thread, pthread_self())) {
        if (!loop_call_soon_named(loop, name, function, context))
            return false;
        loop_ring(loop);
        return true;
    }
    Call *call = memory_allocate(sizeof *call);
    if (!call)
        return false;
    *call = (Call){.name = name, .function = function, .context = context, .give_back = free_call};
    if (gate_post(loop->gate, call))
        return true;
    memory_free(call);
    return false;
}

void loop_hold(Loop *loop)
{
    if (loop)
        atomic_fetch_add(&loop->gate->held, 1);
}

void loop_let_go(Loop *loop)
{
    if (!loop)
        return;
    Gate *gate = gate_keep(loop->gate); /* as soon as it is let go the loop may end */
    atomic_fetch_sub(&gate->held, 1);
    pthread_mutex_lock(&gate->lock);
    if (!gate->closed)
        gate_ring(gate); /* it waits, and may be stuck now */
    pthread_mutex_unlock(&gate->lock);
    gate_release(gate);
}
