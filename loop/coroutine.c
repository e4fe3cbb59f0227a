/*
 * coroutine.c — coroutine objects: making, awaiting, resuming, dropping.
 *
 * A coroutine object is only a function and its argument until something runs it. Awaiting it is a plain C
 * call on the awaiting stack. Resuming it gives it a stack of its own, for as long as it is not finished:
 * that is what tasks and generators do.
 */
#include "coroutine.h"

#include "emit.h"
#include "misuse.h"
#include "scheduler.h"
#include "step.h"
#include "value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------------------------ from stack to stack */

/* The innermost driven coroutine, or the main program: it runs, or waits in a switch. */
static Coroutine *innermost(void)
{
    const Loop *loop = thread.running;
    if (loop && loop->current && thread.generator == loop->generator)
        return loop->current->coroutine;
    return thread.generator ? thread.generator : &thread.root;
}

/* Does it wait in a switch, and may it go on here? The pointer can be stale: an object's memory stays an
   object's for as long as the thread lives, and the serial tells whether it is the same one. */
static bool waits_here(const Coroutine *coroutine, uint32_t serial)
{
    return coroutine->serial == serial && coroutine->state == COROUTINE_SWITCHED &&
           (!coroutine_is_driven(coroutine) || coroutine == innermost());
}

/* A driven coroutine goes back to the one that resumed it. A greenlet to the one that made it; if that one
   does not wait in a switch, to the one that switched here last; if that one does not either, to the
   innermost driven one, which surely does. */
static Coroutine *after_the_end(const Coroutine *self)
{
    if (self->task)
        return thread.running->runner;
    if (self->is_generator)
        return self->back;
    const Stack *stack = self->stack;
    if (waits_here(stack->creator, stack->creator_serial))
        return stack->creator;
    return waits_here(self->back, stack->back_serial) ? self->back : innermost();
}

/* It stands on this stack from now on. */
static inline void take_stack(Coroutine *coroutine, Stack *stack)
{
    if (!coroutine_is_driven(coroutine)) {
        stack->creator = coroutine->before.creator;
        stack->creator_serial = coroutine->before.creator_serial;
    }
    coroutine->stack = stack;
    context_lies(&coroutine->context, stack->bottom, (size_t)((char *)stack - stack->bottom));
}

/* It has run to its end, and the loop, or whoever resumed it, is to know. @return who runs next */
static __attribute__((noinline)) Coroutine *end(Coroutine *self, const Value *result)
{
    self->value = *result;
    self->state = COROUTINE_FINISHED;
    Coroutine *next = after_the_end(self);
    if (next->state == COROUTINE_SWITCHED) {
        if (UNLIKELY(thread.trace != NULL))
            emit_switch(self, next, &self->value);
        next->value = self->value;
    }
    return next;
}

/* The bottom of every stack: its coroutine, and those that begin where one has ended. */
static void body(StackPoint *left, StackPoint *entered)
{
    Coroutine *self = coroutine_at(context_of(entered)), *next;
    context_arrived(context_of(left));
    if (UNLIKELY(thread.stacks_watched))
        overflow_check(coroutine_at(context_of(left)));
    for (;;) {
        Loop *loop = thread.running;
        Frame base = coroutine_base(self);
        // cppcheck-suppress autoVariables; it is looked at only until the function returns
        self->frame = &base;
        Value result = self->before.function(self->value);
        if (!task_ends_here(loop, self, &result)) {
            next = end(self, &result);
            break;
        }
        next = task_end(loop, self, &result);
        if (next->state != COROUTINE_CREATED)
            break;
        take_stack(next, stack_take(loop->stacks));
        next->state = COROUTINE_RUNNING;
        thread.current = self = next;
    }
    coroutine_go(self, next, true);
    abort(); /* a finished coroutine is never entered again */
}

static inline void begin_on(Coroutine *coroutine, Stack *stack)
{
    take_stack(coroutine, stack);
    context_make(&coroutine->context.point, stack->top, body);
}

/* On a stack that was never used, or needs to be watched, or outside all loops. */
static __attribute__((noinline)) bool begin_otherwise(Coroutine *coroutine)
{
    StackPool *pool =
        thread.running ? thread.running->stacks : stack_pool(&thread.stack_pools, thread.defaults.stack_size);
    Stack *stack = pool ? stack_take(pool) : NULL;
    if (!stack)
        return false;
    if (stack->watched) {
        thread.stacks_watched = true;
        if (thread.running)
            thread.running->watched = true;
    }
    begin_on(coroutine, stack);
    return true;
}

bool coroutine_begin(Coroutine *coroutine)
{
    const Loop *loop = thread.running;
    if (UNLIKELY(!loop || !loop->stacks->free || loop->stacks->free->watched))
        return begin_otherwise(coroutine);
    begin_on(coroutine, stack_take(loop->stacks));
    return true;
}

/* NULL: it can be switched to. */
static const char *why_not_switch(const Coroutine *to)
{
    switch (to->state) {
    case COROUTINE_CREATED:
        return to->task ? "cannot switch to a coroutine that something else drives" : NULL;
    case COROUTINE_SWITCHED:
        return waits_here(to, to->serial) ? NULL : "cannot switch to a coroutine that something else drives";
    case COROUTINE_FINISHED:
        return "cannot switch to a coroutine that has ended";
    case COROUTINE_GONE:
        return "cannot switch to a coroutine that was awaited or released";
    default:
        return "cannot switch to a coroutine that something else drives";
    }
}

Value coroutine_switch(Coroutine *to, Value value)
{
    thread_prepare();
    Coroutine *self = thread.current;
    if (!to)
        return value_exception(&MemoryError, "no coroutine to switch to");
    coroutine_must_live(to, "coroutine_switch");
    if (to == self)
        return value;
    const char *why_not = why_not_switch(to);
    if (why_not)
        return value_exception(&RuntimeError, why_not);
    if (to->state == COROUTINE_CREATED) {
        if (!coroutine_begin(to))
            return value_exception(&MemoryError, "no stack for a coroutine");
    } else {
        to->value = value;
    }
    if (UNLIKELY(thread.trace != NULL))
        emit_switch(self, to, value.kind == VALUE_NONE ? NULL : &value);
    if (to->stack && !coroutine_is_driven(to)) {
        to->back = self;
        to->stack->back_serial = self->serial;
    }
    self->state = COROUTINE_SWITCHED;
    coroutine_clear_away(coroutine_go(self, to, false));
    return self->value;
}

/* --------------------------------------------------------------------------------------------- the object */

static inline Coroutine *make(const char *name, CoroutineFunction function, Value argument)
{
    Coroutine *coroutine = pool_take_spare(&thread.coroutine_pool);
    /* What is not here is set before it is looked at. */
    coroutine->entry.kind = HANDLE_STEP; /* if it comes to be a task's */
    coroutine->entry.cancelled = coroutine->entry.scheduled = false;
    coroutine->entry.shares = coroutine->entry.in_order = coroutine->entry.lodged = false;
    coroutine->entry.unused_bits = coroutine->entry.number = 0;
    coroutine->before.creator = thread.current;
    coroutine->before.creator_serial = thread.current->serial;
    coroutine->before.function = function;
    CLEAR(coroutine, Coroutine, task, value); /* COROUTINE_CREATED, and nobody's */
    coroutine->value = value_copy(&argument);
    CLEAR(coroutine, Coroutine, stack, name);
    coroutine->name = name ? name : UNNAMED;
    coroutine->references = 1;
    coroutine->serial = ++thread.coroutines;
    return coroutine;
}

/* Apart: what is called in the middle of a function costs the others, who do not call it, too. */
static __attribute__((noinline)) Coroutine *make_first(const char *name, CoroutineFunction function,
                                                       Value argument)
{
    thread_prepare();
    return function && pool_fill(&thread.coroutine_pool) ? make(name, function, argument) : NULL;
}

static __attribute__((noinline)) Coroutine *make_told(const char *name, CoroutineFunction function,
                                                      Value argument)
{
    Coroutine *coroutine = make_first(name, function, argument);
    if (coroutine)
        emit_coroutine(coroutine);
    return coroutine;
}

Coroutine *coroutine_new(const char *name, CoroutineFunction function, Value argument)
{
    if (UNLIKELY(thread.trace != NULL))
        return make_told(name, function, argument);
    if (UNLIKELY(!function || !thread.coroutine_pool.spare_count)) /* none in a thread that is new here */
        return make_first(name, function, argument);
    return make(name, function, argument);
}

Coroutine *coroutine_new_own(const Frame *origin, CoroutineFunction function, Value argument)
{
    Coroutine *coroutine = make_first(origin->function, function, argument);
    if (coroutine) {
        coroutine->is_own = true;
        coroutine->origin = origin;
    }
    return coroutine;
}

Coroutine *coroutine_keep(Coroutine *coroutine)
{
    if (!coroutine || coroutine == &thread.root)
        return coroutine;
    coroutine_must_live(coroutine, "coroutine_keep");
    coroutine->references++;
    return coroutine;
}

void coroutine_drop(Coroutine *coroutine)
{
    /* The stack still stands: what library functions on it hold is known to their guards. */
    while (coroutine->guards) {
        Guard *guard = coroutine->guards;
        coroutine->guards = guard->outer;
        guard->give_back(guard->context);
    }
    if (coroutine->stack) {
        /* What its function held nobody gives back: the leak checker shall not blame it. */
        memory_is_root(coroutine->stack->bottom,
                       (size_t)((char *)coroutine->stack - coroutine->stack->bottom));
        context_ends(&coroutine->context);
        stack_give(coroutine->stack);
    }
    coroutine->stack = NULL;
    coroutine->state = COROUTINE_GONE;
    coroutine_unreference(coroutine);
}

/* As Python's warnings: once for each text at each line of the listing. Where no line is known, every time.
 */
static bool is_warned(const char *text)
{
    Warned *warned = &thread.warned;
    int line = thread.current->frame->line;
    if (line == 0)
        return false;
    for (unsigned k = 0; k < warned->count; k++)
        if (warned->lines[k] == line && strcmp(warned->texts[k], text) == 0)
            return true;
    const char *kept = warned->count < WARNED_MOST ? texts_copy(&thread.texts, text, strlen(text)) : NULL;
    if (kept) {
        warned->texts[warned->count] = kept;
        warned->lines[warned->count++] = line;
    }
    return false;
}

static void warn_never_awaited(Coroutine *coroutine)
{
    char text[256];
    int length = snprintf(text, sizeof text, "RuntimeWarning: coroutine '%.200s' was never awaited\n",
                          coroutine_name(coroutine));
    if (thread.trace)
        emit_never_awaited(coroutine);
    if (is_warned(text))
        return;
    fputs(text, stderr);
    if (thread.trace)
        trace_output(2, text, (size_t)length);
}

/* Somebody waits for it to come back. */
static bool is_needed(const Coroutine *coroutine)
{
    return coroutine->state == COROUTINE_RUNNING || coroutine->state == COROUTINE_RESUMING ||
           coroutine->task || (coroutine->is_generator && coroutine->state == COROUTINE_SWITCHED) ||
           (thread.running && thread.running->runner == coroutine);
}

void coroutine_give_up(Coroutine *coroutine)
{
    if (coroutine && (coroutine->references > 1 || !is_needed(coroutine)))
        coroutine_release(coroutine);
}

void coroutine_release(Coroutine *coroutine)
{
    if (!coroutine || !coroutine->references) /* the main program is nobody's, and neither is what is gone */
        return;
    if (coroutine->references > 1 || coroutine->state == COROUTINE_GONE) {
        coroutine_unreference(coroutine);
        return;
    }
    if (is_needed(coroutine)) {
        fprintf(stderr, "RuntimeError: coroutine '%s' was released while it runs\n",
                coroutine_name(coroutine));
        return;
    }
    if (coroutine->state == COROUTINE_CREATED)
        warn_never_awaited(coroutine);
    coroutine_drop(coroutine);
}

const char *coroutine_name(const Coroutine *coroutine)
{
    return coroutine ? listing_trim(&thread.listing, coroutine_function_name(coroutine)) : "";
}

Coroutine *coroutine_current(void)
{
    thread_prepare();
    return thread.current;
}

Value await_coroutine(Coroutine *coroutine)
{
    if (!coroutine)
        return value_exception(&MemoryError, "no coroutine to await");
    thread_prepare();
    coroutine_must_live(coroutine, "await_coroutine");
    Coroutine *self = thread.current;
    if (coroutine->state != COROUTINE_CREATED || coroutine->task) {
        coroutine_give_up(coroutine);
        return value_exception(&RuntimeError, "cannot reuse already awaited coroutine");
    }
    if (self == &thread.root) {
        coroutine_release(coroutine);
        return value_exception(&RuntimeError, "await outside a task");
    }
    CoroutineFunction function = coroutine->before.function;
    Value argument = coroutine->value;
    Frame frame = coroutine_base(coroutine);
    frame.outer = self->frame;
    coroutine_drop(coroutine);

    if (UNLIKELY(thread.trace != NULL) && !frame.file)
        emit_enter(frame.function);
    self->frame = &frame;
    Value result = function(argument);
    self->frame = frame.outer;
    if (UNLIKELY(thread.trace != NULL) && !frame.file)
        emit_leave(frame.function);
    if (UNLIKELY(value_is(result, &StopIteration)))
        return value_exception(&RuntimeError, STOP_ITERATION);
    return result;
}

void guard_push(Guard *guard, void (*give_back)(void *context), void *context)
{
    Coroutine *self = thread.current;
    *guard = (Guard){.outer = self->guards, .give_back = give_back, .context = context};
    self->guards = guard;
}

void guard_begin(Coroutine *coroutine, Guard *guard, void (*give_back)(void *context), void *context)
{
    *guard = (Guard){.give_back = give_back, .context = context};
    coroutine->guards = guard;
}

void guard_pop(Guard *guard)
{
    thread.current->guards = guard->outer;
}

void guard_remove(Coroutine *coroutine, const Guard *guard)
{
    Guard **link = &coroutine->guards;
    while (*link && *link != guard)
        link = &(*link)->outer;
    if (*link)
        *link = guard->outer;
}
