/*
 * loop_value.h — values: what a coroutine takes and gives, and what a future holds. An exception is one of
 * them.
 *
 *     static Value half(Value number)                       // async def half(number):
 *     {
 *         if (number.integer % 2)                           //     if number % 2:
 *             return value_exception(&ValueError, "odd");   //         raise ValueError("odd")
 *         return value_int(number.integer / 2);             //     return number // 2
 *     }
 *
 * Part of loop.h, which includes it. The rules at its head hold here too.
 */
#ifndef LOOP_VALUE_H
#define LOOP_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define LOOP_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define LOOP_PRINTF(text, first)
#endif

typedef struct Future Future;
typedef struct Task Task;

/**
 * A kind of exception. Compare by address; make your own as
 * `const ExceptionType MyError = {.name = "MyError"};`.
 */
typedef struct ExceptionType {
    const char *name;
    bool base; /* a BaseException that is no Exception */
} ExceptionType;

extern const ExceptionType CancelledError;
extern const ExceptionType TimeoutError;
extern const ExceptionType InvalidStateError;
extern const ExceptionType RuntimeError;
extern const ExceptionType ValueError;
extern const ExceptionType TypeError;
extern const ExceptionType MemoryError;
extern const ExceptionType OSError;
extern const ExceptionType EOFError;
extern const ExceptionType IncompleteReadError;
extern const ExceptionType LimitOverrunError;
extern const ExceptionType QueueEmpty;
extern const ExceptionType QueueFull;
extern const ExceptionType BrokenBarrierError;
extern const ExceptionType StopIteration;
extern const ExceptionType StopAsyncIteration;
/* These two end the loop's run at once: a task, or a callback, that fails with one is the last to run. */
extern const ExceptionType KeyboardInterrupt;
extern const ExceptionType SystemExit;
/* Of several exceptions at once; made by value_exception_group() only. */
extern const ExceptionType ExceptionGroup;
extern const ExceptionType BaseExceptionGroup;
extern const ExceptionType StuckError; /* no asyncio equal: nothing can ever wake the loop */

typedef enum ValueKind {
    VALUE_NONE,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_FLOAT,
    VALUE_TEXT,
    VALUE_BYTES,
    VALUE_LIST,
    VALUE_FUTURE,
    VALUE_POINTER,
    VALUE_EXCEPTION,
} ValueKind;

/**
 * What a coroutine takes and gives, what a future holds: 24 bytes, copied freely, owning nothing.
 * Text must live as long as somebody can look at it: literals do, text_format() makes longer-lived ones.
 */
typedef struct Value {
    ValueKind kind;
    union {
        bool boolean;
        int64_t integer;
        double real;
        const char *text;
        const struct ValueBytes *bytes;
        const struct ValueList *list;
        Future *future;
        void *pointer;
        const ExceptionType *exception;
    };
    const char *message; /* of an exception (NULL: none); of a pointer, its repr (NULL: "<pointer>") */
} Value;

#ifdef __cplusplus
#define NONE (Value())
#else
#define NONE ((Value){.kind = VALUE_NONE})
#endif

/** True or False. */
Value value_bool(bool boolean);
/** An int, of 64 bits. */
Value value_int(int64_t integer);
/** A float. */
Value value_float(double real);
/** A str, in UTF-8; the text is not copied. NULL: NONE */
Value value_text(const char *text);
/**
 * A bytes object: any bytes, copied, and a 0 after them; the copy lives as long as text_format()'s texts.
 * @param data may be NULL when size is 0
 * @return MemoryError when there is no memory for the copy
 */
Value value_bytes(const void *data, size_t size);
/** The bytes themselves, or a text's; a 0 stands after them. @return "" when it is neither */
const char *value_data(Value bytes);
/** len(bytes), also of a text, without the 0. @return 0 when it is neither */
size_t value_size(Value bytes);
/**
 * A list of these values. They are copied; the copy lives as long as text_format()'s texts.
 * @param items may be NULL when there are none
 * @return MemoryError when there is no memory for the copy
 */
Value value_list(const Value *items, size_t count);
/** len(list). @return 0 when it is no list */
size_t value_count(Value list);
/** list[k]. @return NONE when there is none */
Value value_item(Value list, size_t k);
/** A future or a task as a value: no reference of its own, so keep the future for as long. NULL: NONE */
Value value_future(Future *future);
Value value_task(Task *task);
/** @param repr how it reads in traces and messages; NULL: "<pointer>" */
Value value_pointer(void *pointer, const char *repr);
/**
 * An exception, to be returned where Python raises.
 * @param message not copied; NULL: none
 * @return TypeError for a NULL type, and for the two groups: value_exception_group() makes them
 */
Value value_exception(const ExceptionType *type, const char *message);
/**
 * ExceptionGroup(message, errors); a BaseExceptionGroup when one of them is no Exception. Message and values
 * are copied; the copy lives as long as text_format()'s texts.
 * @return ValueError without errors; TypeError when one is no exception; MemoryError
 */
Value value_exception_group(const char *message, const Value *errors, size_t count);
/** len(group.exceptions). @return 0 when it is no group */
size_t value_group_count(Value group);
/** group.exceptions[k]. @return NONE when there is none */
Value value_group_error(Value group, size_t k);

/** Is it an exception? */
static inline bool value_failed(Value value)
{
    return value.kind == VALUE_EXCEPTION;
}
/** Is it an exception of this type? */
static inline bool value_is(Value value, const ExceptionType *type)
{
    return value.kind == VALUE_EXCEPTION && value.exception == type;
}
/** Is it one of those that end the loop's run: KeyboardInterrupt, SystemExit? */
static inline bool value_interrupts(Value value)
{
    return value_is(value, &KeyboardInterrupt) || value_is(value, &SystemExit);
}
/** Is it a group of exceptions? */
static inline bool value_is_group(Value value)
{
    return value_is(value, &ExceptionGroup) || value_is(value, &BaseExceptionGroup);
}

/**
 * Writes what Python's repr() would print, cut between two characters at size bytes, always terminated.
 * @param buffer may be NULL when size is 0
 * @return the full length, without the end
 */
size_t value_repr(Value value, char *buffer, size_t size);

/** Returns early from a coroutine (or any function that returns Value) when the expression failed. */
#define TRY(expression)                  \
    do {                                 \
        Value try_value_ = (expression); \
        if (value_failed(try_value_))    \
            return try_value_;           \
    } while (0)

/**
 * A formatted text that lives until the running loop is freed (for loop_run(): until this thread's next
 * loop_run()). Outside any loop: until the thread ends. For messages and results, not for a hot path.
 * @return borrowed; "(out of memory)" when there is none
 */
const char *text_format(const char *format, ...) LOOP_PRINTF(1, 2);

#ifdef __cplusplus
}
#endif

#endif
