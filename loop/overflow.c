/*
 * overflow.c — a stack overflow ends the program with a sentence.
 *
 * A coroutine that runs off its stack hits the guard page. The handler runs on a stack of its own, says which
 * task it was and what to do, ends the trace, and lets the signal end the program as it would have. Any other
 * fault, and a signal that a process sent (kill), goes to whoever handled it before.
 *
 * Where a stack has no guard page (stack.c), the overflow is seen when the coroutine is left, and ends the
 * program in the same way.
 */
#include "overflow.h"

#include "scheduler.h"
#include "task.h"
#include "thread.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

enum { SIGNAL_STACK = 32 * 1024 };

static struct sigaction before[2]; /* of SIGSEGV, SIGBUS */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local void *signal_stack;

/* A signal handler must not allocate or format: pieces, one after the other, in one write. */
typedef struct Message {
    char text[256];
    size_t length;
} Message;

static void add(Message *message, const char *text)
{
    size_t length = strlen(text);
    size_t room = sizeof message->text - message->length;
    if (length > room)
        length = room;
    memcpy(message->text + message->length, text, length);
    message->length += length;
}

static void add_number(Message *message, size_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10));
    add(message, digits + at);
}

static void tell(const Coroutine *coroutine)
{
    Message message = {.length = 0};
    const Task *task = coroutine->task;
    add(&message, "loop: stack overflow in ");
    if (task) {
        add(&message, "task '");
        if (task->naming != NAMED_BY_NUMBER) {
            add(&message, task->naming == NAME_GIVEN ? task->given_name : task->own_name);
        } else {
            add(&message, "Task-");
            add_number(&message, task->name_number);
        }
        add(&message, "', ");
    }
    add(&message, "coroutine '");
    add(&message, coroutine_function_name(coroutine));
    add(&message, "': its stack has ");
    add_number(&message, coroutine->stack->pool->size / 1024);
    add(&message, " KiB; LoopOptions.stack_size makes it larger\n");
    ssize_t written = write(STDERR_FILENO, message.text, message.length);
    (void)written;
}

/* A frame that is larger than the guard page can begin below it. Then the stack pointer is below, too, and
   the fault between the two. */
static bool lies_below(const Stack *stack, const char *address, const void *context)
{
    enum { PUSHED = 256 }; /* what a call puts below the stack pointer, and what x86's red zone has there */
    const ucontext_t *state = context;
#if defined(__x86_64__)
    const char *pointer = (const char *)state->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
    const char *pointer = (const char *)state->uc_mcontext.sp;
#else
    const char *pointer = stack->bottom;
    (void)state;
#endif
    return pointer < stack->bottom && address < stack->bottom && address >= pointer - PUSHED;
}

/* What the signal would have met without us. */
static void pass_on(int number, siginfo_t *info, void *context)
{
    const struct sigaction *previous = &before[number == SIGBUS];
    bool sent = info->si_code <= 0; /* by a process: no instruction failed, so none fails again */
    if (previous->sa_flags & SA_SIGINFO) {
        previous->sa_sigaction(number, info, context);
    } else if (previous->sa_handler != SIG_DFL && previous->sa_handler != SIG_IGN) {
        previous->sa_handler(number);
    } else if (!sent || previous->sa_handler == SIG_DFL) {
        signal(number, SIG_DFL); /* the fault comes again when we return, and ends the program */
        if (sent)
            raise(number); /* so does this */
    }
}

/* Who has written past an array has perhaps written over what we look at, too: the stack's record, whose last
 * word tells, or more. Then looking is a fault of its own, which comes in here again (SA_NODEFER). Neither is
 * an overflow. */
static void on_fault(int number, siginfo_t *info, void *context)
{
    static _Thread_local volatile sig_atomic_t looking;
    const Coroutine *current = thread.prepared && !looking ? thread.current : NULL;
    looking = 1;
    if (info->si_code > 0 && current && current->stack && current->stack->word == STACK_WORD &&
        (stack_overflowed(current->stack, info->si_addr) || stack_is_broken(current->stack) ||
         lies_below(current->stack, info->si_addr, context))) {
        tell(current);
        trace_killed(128 + number);
        signal(number, SIG_DFL);
    } else {
        looking = 0; /* who handles it may go on */
        pass_on(number, info, context);
    }
}

void overflow_check(const Coroutine *left)
{
    if (!left->stack || !stack_is_broken(left->stack))
        return;
    tell(left);
    trace_killed(128 + SIGSEGV);
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
}

static void install(void)
{
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &before[0]);
    sigaction(SIGBUS, &action, &before[1]);
}

void overflow_watch_thread(void)
{
    pthread_once(&once, install);
    stack_t present;
    if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE))
        return;
    signal_stack = memory_allocate(SIGNAL_STACK);
    if (!signal_stack)
        return; /* then an overflow ends the program without a sentence */
    stack_t own = {.ss_sp = signal_stack, .ss_size = SIGNAL_STACK};
    sigaltstack(&own, NULL);
}

void overflow_unwatch_thread(void)
{
    if (!signal_stack)
        return;
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    memory_free(signal_stack);
    signal_stack = NULL;
}
