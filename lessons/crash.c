/*
 * The trace is safe when a signal comes: every line of it was written when it happened. What is left to do is
 * to say what happened and where the trace is, with nothing but what is allowed inside a signal handler.
 */
#include "crash.h"

#include "loop.h"
#include "tracefile.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static const char *watched;

typedef struct Fatal {
    int signal;
    const char *what;
} Fatal;

// clang-format off
static const Fatal fatal[] = {
    {SIGSEGV, "crashed (SIGSEGV: it used memory that is not its own)"},
    {SIGBUS,  "crashed (SIGBUS: it used memory that is not there)"},
    {SIGFPE,  "crashed (SIGFPE: it divided by zero)"},
    {SIGILL,  "crashed (SIGILL: it ran an instruction that does not exist)"},
    {SIGABRT, "crashed (SIGABRT: it gave up)"},
    {SIGINT,  "was interrupted"},
    {SIGTERM, "was ended (SIGTERM)"},
    {SIGHUP,  "was ended (SIGHUP)"},
};
// clang-format on

enum { FATAL_COUNT = sizeof fatal / sizeof *fatal };

static struct sigaction before[FATAL_COUNT];

/* Copies what has room. @return how much of the line is used now */
static size_t add(char *line, size_t used, size_t size, const char *text)
{
    while (*text && used < size)
        line[used++] = *text++;
    return used;
}

static void tell(const char *what)
{
    char line[1024];
    size_t used = 0;
    const char *const parts[] = {"looprun: ", watched, " ", what};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        used = add(line, used, sizeof line - 1, parts[k]);
    if (tracefile_unfinished()) {
        used = add(line, used, sizeof line - 1, "; the trace so far is in ");
        used = add(line, used, sizeof line - 1, tracefile_unfinished());
    }
    line[used++] = '\n';
    (void)!write(STDERR_FILENO, line, used);
}

/* Tells, puts back what was there before (libloop's own handler names an overflown stack), and lets it come
 * again. */
static void handle(int signal)
{
    static volatile sig_atomic_t killed; /* the trace may be damaged as well, and fault when it is ended */
    if (signal == SIGINT && loop_keyboard_interrupt())
        return; /* the lesson's loop ends by it, in order */
    if (!killed) {
        killed = 1;
        trace_killed(128 + signal);
    }
    for (size_t k = 0; k < FATAL_COUNT; k++)
        if (fatal[k].signal == signal) {
            tell(fatal[k].what);
            sigaction(signal, &before[k], NULL);
        }
    raise(signal);
}

void crash_watch(const char *program)
{
    watched = program;
    /* On the alternative stack, if there is one: the lesson's own may be the one that is full. */
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (size_t k = 0; k < FATAL_COUNT; k++) {
        sigaction(fatal[k].signal, &action, &before[k]);
        if (before[k].sa_handler == SIG_IGN) /* as nohup wants it */
            sigaction(fatal[k].signal, &before[k], NULL);
    }
}
