/*
 * loop_sync.h — tasks that take turns and hand things over: Lock, Event, Condition, Semaphore, Barrier, the
 * queues; and what C writes for `async with` and `async for`.
 *
 *     static Value worker(Value queue)                                  // async def worker(queue):
 *     {
 *         for (;;) {                                                    //     while True:
 *             Value job = await_queue_get(queue.pointer);               //         job = await queue.get()
 *             TRY(job);
 *             TRY(await_sleep(job.integer));                            //         await asyncio.sleep(job)
 *             TRY(queue_task_done(queue.pointer));                      //         queue.task_done()
 *         }
 *     }
 *
 * Rules that hold for all of them, besides those at the head of loop.h
 *   Waiters    stand in a queue, first come, first served. To be woken is to become ready: nobody runs from
 *              inside a release, a set, a put or a notify.
 *   Loops      an object belongs to the loop in which a task first waits for it: in another one a wait is a
 *              RuntimeError "… is bound to a different event loop". Before that it may be made anywhere.
 *   Freeing    gives the program's reference back. Who waits for the object keeps it, as in Python: nobody is
 *              woken or disturbed, and it goes when the last one has left. Nobody else may use it.
 *   Errors     an await_… function returns RuntimeError outside a task, CancelledError when the task is
 *              cancelled meanwhile, MemoryError when there is no memory for a future, or the object is NULL.
 *   Ownership  nothing here keeps a task or what a Value points to alive.
 *
 * Part of loop.h, which includes it.
 */
#ifndef LOOP_SYNC_H
#define LOOP_SYNC_H

#include "loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -------------------------------------------------------------------------------------------- blocks ---- */

/*
 * `async with` is a pair: what enters, and what leaves with the block's outcome (NONE or any value, or the
 * exception that ended it) and answers what comes out of the whole.
 *
 *     TRY(await_lock_acquire(lock));                                    // async with lock:
 *     Value outcome = await_sleep(loop_seconds(1));                     //     await asyncio.sleep(1)
 *     return lock_exit(lock, outcome);
 *
 * Between the two no TRY(): what was entered has to be left. Where the block is long it is a function, which
 * may return early as it likes, and the pair is an AsyncContext:
 *
 *     return await_with(lock_context(lock), block, argument);
 */
typedef struct AsyncContext {
    Value (*enter)(void *self); /* async def __aenter__: what `as` names; if it fails, there is no block */
    Value (*leave)(void *self, Value outcome); /* async def __aexit__ */
    void *self;
} AsyncContext;

/** The block of an `async with`. @param entered what `as` names */
typedef Value (*AsyncBlock)(Value entered, void *argument);

/**
 * async with context as entered: block(entered, argument)
 * @return what leaving answers; or what entering gave, when that failed
 */
Value await_with(AsyncContext context, AsyncBlock block, void *argument);

/**
 * `async for`: an object with a function that gives the next item, each time it is called, and at the end the
 * exception StopAsyncIteration.
 *
 *     AsyncIterator jobs = {next_job, queue};
 *     ASYNC_FOR (job, jobs) {                                           // async for job in jobs:
 *         printf("%s\n", job.text);                                     //     print(job)
 *     }
 */
typedef struct AsyncIterator {
    Value (*next)(void *self); /* async def __anext__ */
    void *self;
} AsyncIterator;

/** await anext(iterator). @return the next item; StopAsyncIteration after the last; any other failure */
Value await_anext(AsyncIterator iterator);

/**
 * Runs the statement that follows once for each item, which stands in a Value of this name. The iterator is
 * asked for once, as by __aiter__(). Returns early from the function around it, as TRY() does, when the next
 * item is a failure. `break` leaves it.
 */
#define ASYNC_FOR(item, iterator)                                                                    \
    for (AsyncIterator item##_iterator = (iterator), *item##_items = &item##_iterator; item##_items; \
         item##_items = 0)                                                                           \
        for (Value item = await_anext(*item##_items); !value_is(item, &StopAsyncIteration);          \
             (item) = await_anext(*item##_items))                                                    \
            if (value_failed(item))                                                                  \
                return item;                                                                         \
            else

/* ---------------------------------------------------------------------------------------------- Lock ---- */

/** asyncio.Lock: one task at a time. It does not know whose it is: anybody may release it. */
typedef struct Lock Lock;

/** asyncio.Lock(). @return yours, for lock_free(); NULL when out of memory */
Lock *lock_new(void);
void lock_free(Lock *lock);
/** Lock.locked() */
bool lock_locked(const Lock *lock);
/**
 * await Lock.acquire(). Free, and nobody stands before: no turn is given to others.
 * @return True; or an error as said above: then it is not acquired
 */
Value await_lock_acquire(Lock *lock);
/**
 * Lock.release(): free at once; the first waiter is woken, and takes it when it runs. Who comes meanwhile
 * stands behind.
 * @return NONE; RuntimeError "Lock is not acquired."
 */
Value lock_release(Lock *lock);
/** Lock.__aexit__: releases. @return outcome, or what lock_release() returns when it fails */
Value lock_exit(Lock *lock, Value outcome);
/** async with lock: for await_with(); `as` names None */
AsyncContext lock_context(Lock *lock);

/* --------------------------------------------------------------------------------------------- Event ---- */

/** asyncio.Event: a flag that tasks wait for. */
typedef struct Event Event;

/** asyncio.Event(), not set. @return yours, for event_free(); NULL when out of memory */
Event *event_new(void);
void event_free(Event *event);
/** Event.is_set() */
bool event_is_set(const Event *event);
/** Event.set(): all who wait are woken, in the order in which they came, whatever happens to the flag then.
 */
void event_set(Event *event);
/** Event.clear() */
void event_clear(Event *event);
/**
 * await Event.wait(). Set: no turn is given to others. Who was woken does not look at the flag again.
 * @return True; or an error as said above
 */
Value await_event_wait(Event *event);

/* ----------------------------------------------------------------------------------------- Condition ---- */

/** asyncio.Condition: tasks that hold a lock wait for news, and tell each other. */
typedef struct Condition Condition;

/**
 * asyncio.Condition(lock)
 * @param lock kept for as long as the condition is; NULL: one of its own
 * @return yours, for condition_free(); NULL when out of memory
 */
Condition *condition_new(Lock *lock);
void condition_free(Condition *condition);
/** Condition.locked(), acquire(), release(): those of its lock */
bool condition_locked(const Condition *condition);
Value await_condition_acquire(Condition *condition);
Value condition_release(Condition *condition);
/** Condition.__aexit__: releases. @return outcome, or what condition_release() returns when it fails */
Value condition_exit(Condition *condition, Value outcome);
/** async with condition: for await_with(); `as` names None */
AsyncContext condition_context(Condition *condition);
/**
 * await Condition.wait(): gives the lock back, waits for a notify, and takes the lock again, cancelled or
 * not: a cancel that comes while it stands for the lock is told when it has it.
 * @return True; RuntimeError "cannot wait on un-acquired lock"; or an error as said above
 */
Value await_condition_wait(Condition *condition);
/**
 * await Condition.wait_for(predicate): waits again and again until predicate(context) is true.
 * @return True; or what await_condition_wait() returns when it fails
 */
Value await_condition_wait_for(Condition *condition, bool (*predicate)(void *context), void *context);
/**
 * Condition.notify(n): wakes the first n that wait and were not woken yet. They go on when they get the lock.
 * @return NONE; RuntimeError "cannot notify on un-acquired lock"
 */
Value condition_notify(Condition *condition, size_t n);
/** Condition.notify_all() */
Value condition_notify_all(Condition *condition);

/* ----------------------------------------------------------------------------------------- Semaphore ---- */

/** asyncio.Semaphore and asyncio.BoundedSemaphore: so many tasks at a time. */
typedef struct Semaphore Semaphore;

/**
 * asyncio.Semaphore(value)
 * @param value how many may acquire it before one has to release
 * @return yours, for semaphore_free(); NULL when out of memory, or for a value < 0 (Python: ValueError)
 */
Semaphore *semaphore_new(int64_t value);
/** asyncio.BoundedSemaphore(value): never more than this value can be released. */
Semaphore *bounded_semaphore_new(int64_t value);
void semaphore_free(Semaphore *semaphore);
/** Semaphore.locked(): would await_semaphore_acquire() wait? Also when somebody stands before. */
bool semaphore_locked(const Semaphore *semaphore);
/**
 * await Semaphore.acquire(). Not locked: no turn is given to others.
 * @return True; or an error as said above: then it is not acquired
 */
Value await_semaphore_acquire(Semaphore *semaphore);
/**
 * Semaphore.release(): handed over to the first who waits and was not woken yet, or one more to acquire. Who
 * is cancelled after that hands it on.
 * @return NONE; ValueError "BoundedSemaphore released too many times"
 */
Value semaphore_release(Semaphore *semaphore);
/** Semaphore.__aexit__: releases. @return outcome, or what semaphore_release() returns when it fails */
Value semaphore_exit(Semaphore *semaphore, Value outcome);
/** async with semaphore: for await_with(); `as` names None */
AsyncContext semaphore_context(Semaphore *semaphore);

/* ------------------------------------------------------------------------------------------- Barrier ---- */

/** asyncio.Barrier: tasks wait for each other until there are so many. Then it can be used again. */
typedef struct Barrier Barrier;

/**
 * asyncio.Barrier(parties)
 * @return yours, for barrier_free(); NULL when out of memory, or for parties < 1 (Python: ValueError)
 */
Barrier *barrier_new(int64_t parties);
void barrier_free(Barrier *barrier);
/** Barrier.parties */
int64_t barrier_parties(const Barrier *barrier);
/** Barrier.n_waiting: how many wait for it to fill; 0 while it drains */
int64_t barrier_n_waiting(const Barrier *barrier);
/** Barrier.broken: by await_barrier_abort() */
bool barrier_broken(const Barrier *barrier);
/**
 * await Barrier.wait(). While those of the last time leave, newcomers wait before it.
 * @return int: the how manieth to arrive, from 0; BrokenBarrierError when it is broken, or reset or aborted
 * meanwhile; or an error as said above
 */
Value await_barrier_wait(Barrier *barrier);
/**
 * await Barrier.reset(): who waits gets BrokenBarrierError; then it is as new.
 * @return NONE; or an error as said above
 */
Value await_barrier_reset(Barrier *barrier);
/**
 * await Barrier.abort(): who waits gets BrokenBarrierError, and so does everybody else until it is reset.
 * @return NONE; or an error as said above
 */
Value await_barrier_abort(Barrier *barrier);
/** async with barrier: for await_with(); `as` names the index */
AsyncContext barrier_context(Barrier *barrier);

/* -------------------------------------------------------------------------------------------- queues ---- */

/** asyncio.Queue, PriorityQueue and LifoQueue: tasks hand values to tasks. */
typedef struct Queue Queue;

/**
 * asyncio.Queue(maxsize): first in, first out
 * @param maxsize it is full with so many items; <= 0: never
 * @return yours, for queue_free(); NULL when out of memory
 */
Queue *queue_new(int64_t maxsize);
/**
 * asyncio.PriorityQueue(maxsize): the least first, by Python's `<` on numbers, texts and lists (which is what
 * tuples are here); equal ones as heapq has them. What cannot be compared is a TypeError for whoever puts or
 * gets.
 */
Queue *priority_queue_new(int64_t maxsize);
/** asyncio.LifoQueue(maxsize): last in, first out */
Queue *lifo_queue_new(int64_t maxsize);
void queue_free(Queue *queue);
/** Queue.qsize(), empty(), full(), maxsize */
size_t queue_size(const Queue *queue);
bool queue_empty(const Queue *queue);
bool queue_full(const Queue *queue);
int64_t queue_maxsize(const Queue *queue);
/**
 * await Queue.put(item). Not full: no turn is given to others. To be woken is a hint: when another has taken
 * the place first it waits again, behind all others.
 * @param item no exception
 * @return NONE; TypeError for an exception; or an error as said above: then it is not in the queue
 */
Value await_queue_put(Queue *queue, Value item);
/**
 * await Queue.get(): as await_queue_put().
 * @return the item; or an error as said above
 */
Value await_queue_get(Queue *queue);
/** Queue.put_nowait(item). @return NONE; QueueFull; TypeError; MemoryError */
Value queue_put_nowait(Queue *queue, Value item);
/** Queue.get_nowait(). @return the item; QueueEmpty; TypeError */
Value queue_get_nowait(Queue *queue);
/**
 * Queue.task_done(): one item that was got is dealt with.
 * @return NONE; ValueError "task_done() called too many times"
 */
Value queue_task_done(Queue *queue);
/**
 * await Queue.join(): until as many items are dealt with as were put. If they are: no turn is given to
 * others.
 * @return NONE; or an error as said above
 */
Value await_queue_join(Queue *queue);

#ifdef __cplusplus
}
#endif

#endif
