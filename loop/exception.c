/*
 * exception.c — kinds of exceptions, and groups of them.
 *
 * An exception is a type and a message; it owns nothing. A group's message lies in a record, and behind the
 * message's address is what the group contains: so a group is a Value like any other exception, and whoever
 * only prints or compares exceptions needs to know nothing of groups.
 */
#include "memory.h"
#include "text.h"
#include "value.h"

#include <string.h>

const ExceptionType CancelledError = {"CancelledError", .base = true};
const ExceptionType TimeoutError = {.name = "TimeoutError"};
const ExceptionType InvalidStateError = {.name = "InvalidStateError"};
const ExceptionType RuntimeError = {.name = "RuntimeError"};
const ExceptionType ValueError = {.name = "ValueError"};
const ExceptionType TypeError = {.name = "TypeError"};
const ExceptionType MemoryError = {.name = "MemoryError"};
const ExceptionType OSError = {.name = "OSError"};
const ExceptionType EOFError = {.name = "EOFError"};
const ExceptionType IncompleteReadError = {.name = "IncompleteReadError"};
const ExceptionType LimitOverrunError = {.name = "LimitOverrunError"};
const ExceptionType QueueEmpty = {.name = "QueueEmpty"};
const ExceptionType QueueFull = {.name = "QueueFull"};
const ExceptionType BrokenBarrierError = {.name = "BrokenBarrierError"};
const ExceptionType StopIteration = {.name = "StopIteration"};
const ExceptionType StopAsyncIteration = {.name = "StopAsyncIteration"};
const ExceptionType KeyboardInterrupt = {"KeyboardInterrupt", .base = true};
const ExceptionType SystemExit = {"SystemExit", .base = true};
const ExceptionType ExceptionGroup = {.name = "ExceptionGroup"};
const ExceptionType BaseExceptionGroup = {"BaseExceptionGroup", .base = true};
const ExceptionType StuckError = {.name = "StuckError"};

typedef struct Group {
    size_t count;
    const Value *errors;
    char message[];
} Group;

Value value_exception(const ExceptionType *type, const char *message)
{
    if (!type)
        return value_exception(&TypeError, "exceptions must derive from BaseException");
    if (type == &ExceptionGroup || type == &BaseExceptionGroup)
        return value_exception(&TypeError, "a group needs its exceptions: use value_exception_group()");
    return (Value){.kind = VALUE_EXCEPTION, .exception = type, .message = message};
}

/* ------------------------------------------------------------------------------------------------- groups */

static const Group *group_of(Value value)
{
    return value_is_group(value) ? (const Group *)(const void *)(value.message - offsetof(Group, message))
                                 : NULL;
}

Value value_exception_group(const char *message, const Value *errors, size_t count)
{
    const ExceptionType *type = &ExceptionGroup;
    if (!errors || !count)
        return value_exception(&ValueError, "second argument (exceptions) must be a non-empty sequence");
    for (size_t k = 0; k < count; k++) {
        if (!value_failed(errors[k]))
            return value_exception(&TypeError, "a group can contain nothing but exceptions");
        if (errors[k].exception->base)
            type = &BaseExceptionGroup;
    }
    size_t length = message ? strlen(message) : 0;
    Value *copies = texts_take(texts_here(), count * sizeof(Value) + sizeof(Group) + length + 1);
    if (!copies)
        return value_exception(&MemoryError, "no memory for a group of exceptions");
    memcpy(copies, errors, count * sizeof(Value));
    Group *group = (Group *)(void *)(copies + count);
    *group = (Group){count, copies};
    memcpy(group->message, message ? message : "", length + 1);
    return (Value){.kind = VALUE_EXCEPTION, .exception = type, .message = group->message};
}

size_t value_group_count(Value group)
{
    const Group *record = group_of(group);
    return record ? record->count : 0;
}

Value value_group_error(Value group, size_t k)
{
    const Group *record = group_of(group);
    return record && k < record->count ? record->errors[k] : NONE;
}
