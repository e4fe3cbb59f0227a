/*
 * seed.h — what the C half of a generated program uses, besides pair.h. Its Python half defines the same few
 * functions at its head.
 */
#ifndef TESTS_SEED_H
#define TESTS_SEED_H

#include "pair.h"

enum { MOST_BLOCKS = 8 };

/** What the blocks of a coroutine share. */
typedef struct Local {
    Timeout *limit[MOST_BLOCKS];
    TaskGroup *group[MOST_BLOCKS];
} Local;

/** print(label, repr(value)) */
void say(const char *label, Value value);
/** say(label, await …): an exception is passed on instead. */
#define SAY(label, ...)              \
    do {                             \
        Value said_ = (__VA_ARGS__); \
        TRY(said_);                  \
        say(label, said_);           \
    } while (0)

/** loop.time() */
Value now(void);
/** [one, other] */
Value value_pair(Value one, Value other);
/** How many are done, and how many are not, when asyncio.wait() is over. */
Value await_sizes(Future *const *futures, size_t count, int64_t timeout, WaitUntil until);
/** loop.call_later(delay, tell, label, future.set_result, value) */
Handle *set_result_later(Future *future, int64_t delay, const char *label, Value value);
/** loop.call_later(delay, task.cancel) */
void cancel_later(Task *task, int64_t delay);
/** *count >= 2 */
bool at_least_2(void *count);

/** Whatever is made is kept until the program ends: nothing hangs on when it is collected. */
Future *keep(Future *future);
Task *keep_task(Task *task);
Handle *keep_handle(Handle *handle);
/** Lets go of all that. @return the same result */
Value forget(Value result);

#endif
