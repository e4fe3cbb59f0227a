/*
 * misuse.h — what no program may do, and what would otherwise write where it must not: it ends with a line
 * that names the function and what is wrong (loop.h says so under "Misuse").
 *
 * A block that was given back to a pool keeps its content until it is taken again, and its count of
 * references is 0: so one comparison tells that an object is gone.
 */
#ifndef MISUSE_H
#define MISUSE_H

#include "future.h"
#include "scheduler.h"
#include "thread.h"

/** "loop: FUNCTION(): …" to stderr, and abort(). */
_Noreturn void misuse_gone(const char *function, const char *object);
_Noreturn void misuse_thread(const char *function);
/** "RuntimeError: …: FUNCTION()" to stderr, and the function does nothing. */
void misuse_tell(const char *function, const char *error);

/** The public function's caller runs on the loop's thread. */
static inline void loop_must_be_here(const Loop *loop, const char *function)
{
    if (UNLIKELY(loop->home != &thread))
        misuse_thread(function);
}

static inline void future_must_live(const Future *future, const char *function)
{
    if (UNLIKELY(!future->references))
        misuse_gone(function, future->is_task ? "task" : "future");
}

/** Lives, and on this thread. */
static inline void future_must_be_here(const Future *future, const char *function)
{
    future_must_live(future, function);
    loop_must_be_here(future->loop, function);
}

/** The main program's has no count either. */
static inline void coroutine_must_live(const Coroutine *coroutine, const char *function)
{
    if (UNLIKELY(!coroutine->references) && coroutine != &thread.root)
        misuse_gone(function, "coroutine");
}

static inline void handle_must_live(const Handle *handle, const char *function)
{
    if (UNLIKELY(!handle->references))
        misuse_gone(function, "handle");
}

#endif
