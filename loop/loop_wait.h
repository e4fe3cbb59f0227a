/*
 * loop_wait.h — waiting for several things, and for no longer than so long: gather, wait_for, timeout,
 * shield, as_completed, TaskGroup.
 *
 *     static Value main_(Value none)                          // async def main():
 *     {
 *         Awaitable both[] = {awaitable(coroutine(fetch, value_int(1))),
 *                             awaitable(coroutine(fetch, value_int(2)))};
 *         Value pages = await_gather(both, 2, false);         //     pages = await gather(fetch(1), fetch(2))
 *         TRY(pages);
 *         return value_item(pages, 0);                        //     return pages[0]
 *     }
 *
 * Where Python has `async with`, C has a pair: …_enter() before the block and …_exit() after it, which gets
 * what the block gave (NONE, or the exception that ended it) and answers what comes out of the whole. The
 * block is a function, or the code in between:
 *
 *     Timeout *limit = timeout_enter(loop_seconds(1));                  // async with asyncio.timeout(1):
 *     Value outcome = await_coroutine(coroutine(work, NONE));           //     await work()
 *     outcome = timeout_exit(limit, outcome, NULL);
 *
 * Leave them in the reverse order in which they were entered, in the task that entered them, and never by
 * TRY(): what was entered has to be left. What a task that ends has not left is given back then.
 *
 * Part of loop.h, which includes it. The rules at its head hold here too.
 */
#ifndef LOOP_WAIT_H
#define LOOP_WAIT_H

#include "loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -------------------------------------------------------------------------------------------- gather ---- */

/**
 * asyncio.gather(*items, return_exceptions=…): makes a task of each coroutine, in this order, and a future
 * that is done when all of them are. Its result is a list, in the order of the items, which lives as long as
 * the future. Without return_exceptions the first failure, or cancel, of one is its exception; the others go
 * on. Cancelling it cancels all that are not done; it then ends by itself, when they do.
 * @param items coroutines are taken over; a future that stands there twice counts once, and gives two results
 * @return a new reference; NULL out of memory, without a running loop, or for futures of different loops
 */
Future *gather(const Awaitable *items, size_t count, bool return_exceptions);
/**
 * await asyncio.gather(…)
 * @return the list, copied: it lives as long as text_format()'s texts. Or the first exception;
 * CancelledError; RuntimeError outside a task; ValueError for a future of another loop; MemoryError
 */
Value await_gather(const Awaitable *items, size_t count, bool return_exceptions);

/* ------------------------------------------------------------------------------------------ wait_for ---- */

/**
 * asyncio.wait_for(item, timeout), as 3.11 does it: a coroutine becomes a task. When the time is over it is
 * cancelled, and waited for until it has ended.
 * @param timeout nanoseconds; LOOP_FOREVER: None, a plain await; 0, or less: only if it is done already
 * @return its result or exception; TimeoutError; CancelledError; RuntimeError outside a task; ValueError for
 * a future of another loop; MemoryError
 */
Value await_wait_for(Awaitable item, int64_t timeout);

/* ------------------------------------------------------------------------------------------- timeout ---- */

/** asyncio.Timeout, entered. */
typedef struct Timeout Timeout;

/**
 * async with asyncio.timeout(delay): when it is over, the task that entered is cancelled, and timeout_exit()
 * makes a TimeoutError of that.
 * @param delay nanoseconds; LOOP_FOREVER: None. A delay of 0 cancels at the next iteration
 * @return give it to timeout_exit(); NULL outside a task or out of memory
 */
Timeout *timeout_enter(int64_t delay);
/** async with asyncio.timeout_at(when). @param when on the loop's clock; LOOP_FOREVER: None */
Timeout *timeout_enter_at(int64_t when);
/** Timeout.when(): on the loop's clock, or LOOP_FOREVER */
int64_t timeout_when(const Timeout *timeout);
/** Timeout.expired(): is it over, and has cancelled its task? */
bool timeout_expired(const Timeout *timeout);
/**
 * Timeout.reschedule(when)
 * @param when on the loop's clock, or LOOP_FOREVER
 * @return NONE; RuntimeError when it has expired; MemoryError: then it never expires
 */
Value timeout_reschedule(Timeout *timeout, int64_t when);
/**
 * The end of the block, and of the Timeout, which is freed.
 * @param outcome what the block gave
 * @param expired what timeout_expired() says after the block in Python; NULL: not wanted
 * @return outcome; TimeoutError in place of the CancelledError that the timeout caused
 */
Value timeout_exit(Timeout *timeout, Value outcome, bool *expired);

/* -------------------------------------------------------------------------------------------- shield ---- */

/**
 * asyncio.shield(item): a future that ends as the item does, and can be cancelled without cancelling the
 * item.
 * @return a new reference, of the item itself when that is done; NULL without a running loop or out of memory
 */
Future *shield(Awaitable item);
/** await asyncio.shield(item). @return as await_future() */
Value await_shield(Awaitable item);

/* -------------------------------------------------------------------------------------- as_completed ---- */

/** asyncio.as_completed: an iterator over what is done next. */
typedef struct AsCompleted AsCompleted;

/**
 * asyncio.as_completed(items, timeout=…). As a generator it does nothing before the first next: then the
 * coroutines become tasks, in this order, and the time begins to run.
 * @param items coroutines are taken over; a future that stands there twice counts once
 * @param timeout nanoseconds, or LOOP_FOREVER
 * @return yours, for as_completed_free(); NULL without a running loop or out of memory
 */
AsCompleted *as_completed(const Awaitable *items, size_t count, int64_t timeout);
/** How many it has still to give. */
size_t as_completed_left(const AsCompleted *iterator);
/**
 * next(iterator): a coroutine that waits for the one that is done next, and returns its result or exception;
 * TimeoutError when the time is over first. The iterator has to stay until it has run.
 * @return a new reference; NULL when all were given, or out of memory
 */
Coroutine *as_completed_next(AsCompleted *iterator);
/**
 * `await next(iterator)`
 * @return as that coroutine; StopAsyncIteration when all were given; RuntimeError outside a task; MemoryError
 */
Value await_next_completed(AsCompleted *iterator);
/** Nobody is cancelled: what is not done goes on. */
void as_completed_free(AsCompleted *iterator);

/* ----------------------------------------------------------------------------------------- TaskGroup ---- */

/** asyncio.TaskGroup, entered. */
typedef struct TaskGroup TaskGroup;

/**
 * async with asyncio.TaskGroup() as group
 * @return give it to await_task_group_exit(); NULL outside a task or out of memory
 */
TaskGroup *task_group_enter(void);
/**
 * TaskGroup.create_task(coroutine, name=…). Also its tasks may call it, until all are done.
 * @param name copied; NULL: Task-N
 * @return a new reference; NULL (and the coroutine released) when the group refuses, or out of memory
 */
Task *task_group_create_task(TaskGroup *group, Coroutine *coroutine);
Task *task_group_create_task_named(TaskGroup *group, Coroutine *coroutine, const char *name);
/**
 * Would create_task() raise now?
 * @return NONE; RuntimeError "TaskGroup … is shutting down" once a task has failed or the group was
 * cancelled, "… is finished" when it is left and its last task is done
 */
Value task_group_refuses(const TaskGroup *group);
/**
 * The end of the block: waits for all its tasks. The first that fails cancels the others, and the block.
 * The group is freed: neither its tasks nor anybody else can use it afterwards.
 * @param outcome what the block gave
 * @return NONE; an ExceptionGroup of all that failed, in the order in which they ended, the block's own
 * exception last; KeyboardInterrupt or SystemExit as it is; CancelledError; RuntimeError outside the task
 * that entered; MemoryError
 */
Value await_task_group_exit(TaskGroup *group, Value outcome);

#ifdef __cplusplus
}
#endif

#endif
