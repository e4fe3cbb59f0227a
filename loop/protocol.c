/*
 * protocol.c — `async with` and `async for`: what Python's syntax calls, called by hand.
 */
#include "loop.h"

Value await_with(AsyncContext context, AsyncBlock block, void *argument)
{
    if (!context.enter || !context.leave)
        return value_exception(&TypeError,
                               "object does not support the asynchronous context manager protocol");
    Value entered = context.enter(context.self);
    TRY(entered);
    return context.leave(context.self, block ? block(entered, argument) : NONE);
}

Value await_anext(AsyncIterator iterator)
{
    if (!iterator.next)
        return value_exception(&TypeError, "object is not an async iterator");
    return iterator.next(iterator.self);
}
