/*
 * interrupt.c — Ctrl-C: the first cancels main, so that the program can tidy up; the second ends the run.
 *
 * Python's signal handler runs between two instructions of the program; here it is the loop that acts, before
 * it takes the next handle or while it waits. A program that never comes back to its loop gets away with two;
 * the third is the system's, and ends it.
 */
#include "interrupt.h"

#include "scheduler.h"
#include "signals.h"
#include "task.h"

#include <unistd.h>

static Listener listener;
static atomic_uint told;        /* since loop_run() began */
static struct sigaction before; /* what loop_run() found, if it is ours that is there now */
static bool installed;          /* of the main thread */

enum { AS_MANY_AS_HELP = 2 };

bool loop_keyboard_interrupt(void)
{
    Gate *gate = listener_enter(&listener);
    bool taken = gate && atomic_fetch_add(&told, 1) < AS_MANY_AS_HELP;
    if (taken) {
        atomic_fetch_add(&gate->interrupts, 1);
        gate_ring(gate);
    }
    listener_leave();
    return taken;
}

static void on_sigint(int number)
{
    if (loop_keyboard_interrupt())
        return;
    signal(number, SIG_DFL);
    raise(number);
}

void interrupt_begin(Loop *loop, Task *main)
{
    if (gettid() != getpid())
        return;
    loop->main = main;
    atomic_store(&told, 0);
    atomic_store(&listener, loop->gate);
    if (sigaction(SIGINT, NULL, &before) < 0 || before.sa_handler != SIG_DFL)
        return; /* ignored, or the program's own */
    struct sigaction action = {.sa_handler = on_sigint, .sa_flags = SA_RESTART | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    installed = sigaction(SIGINT, &action, NULL) == 0;
}

Value interrupt_main_over(Loop *loop, Task *main, Value result)
{
    if (!loop->main)
        return result;
    loop->main = NULL;
    atomic_store(&told, 1);
    if (loop->interrupted && value_is(result, &CancelledError) && task_uncancel(main) == 0)
        return value_exception(&KeyboardInterrupt, NULL);
    return result;
}

void interrupt_end(Loop *loop)
{
    if (atomic_load(&listener) != loop->gate)
        return;
    signals_close(loop); /* first, if SIGINT is one of them: it goes back to what stands below */
    if (installed)
        sigaction(SIGINT, &before, NULL);
    installed = false;
    listener_end(&listener);
}

static void nothing(void *unused)
{
    (void)unused;
}

bool interrupt_take(Loop *loop)
{
    unsigned news = atomic_exchange(&loop->gate->interrupts, 0);
    for (; news; news--) {
        if (loop->interrupted || !loop->main || future_done(&loop->main->future)) {
            loop_interrupt(loop, value_exception(&KeyboardInterrupt, NULL));
            return false;
        }
        loop->interrupted = true;
        task_cancel(loop->main, NULL);
        loop_call_soon_named(loop, "Runner._on_sigint.<lambda>", nothing, NULL);
    }
    return true;
}
