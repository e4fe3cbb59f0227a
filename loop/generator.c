/*
 * generator.c — coroutines driven by hand: next(), yield, yield from. No loop has a part in it.
 */
#include "coroutine.h"
#include "emit.h"
#include "misuse.h"
#include "switch.h"

static const char *why_not_next(const Coroutine *generator)
{
    if (generator->state == COROUTINE_GONE)
        return "next() of a coroutine that was awaited or released";
    return generator->state == COROUTINE_RESUMING ? "generator already executing"
                                                  : "next() of a coroutine that something else drives";
}

bool coroutine_next(Coroutine *generator, Value *value)
{
    thread_prepare();
    Value unwanted;
    if (!value)
        value = &unwanted;
    if (!generator) {
        *value = value_exception(&MemoryError, "no generator");
        return false;
    }
    coroutine_must_live(generator, "coroutine_next");
    if (generator->state == COROUTINE_FINISHED) {
        *value = NONE;
        return false;
    }
    if (generator->task ||
        (generator->state != COROUTINE_CREATED && generator->state != COROUTINE_SUSPENDED)) {
        *value = value_exception(&RuntimeError, why_not_next(generator));
        return false;
    }
    if (generator->state == COROUTINE_SUSPENDED) {
        generator->value = NONE;
    } else if (!coroutine_begin(generator)) {
        *value = value_exception(&MemoryError, "no stack for a generator");
        return false;
    }
    if (UNLIKELY(thread.trace != NULL))
        emit_switch(thread.current, generator, NULL);
    Coroutine *outer = thread.generator;
    generator->is_generator = true;
    thread.generator = generator;
    coroutine_resume(generator);
    coroutine_clear_away(generator);
    thread.generator = outer;
    *value = generator->value;
    if (UNLIKELY(thread.trace != NULL))
        emit_switch(generator, thread.current, value);
    return generator->state != COROUTINE_FINISHED;
}

Value coroutine_yield(Value value)
{
    Coroutine *self = thread.current;
    if (!self || !self->is_generator)
        return value_exception(&RuntimeError, "yield outside a generator");
    self->value = value;
    coroutine_suspend(self);
    return self->value;
}

Value coroutine_yield_from(Coroutine *generator)
{
    Value value;
    while (coroutine_next(generator, &value)) {
        Value sent = coroutine_yield(value);
        if (value_failed(sent)) {
            coroutine_give_up(generator);
            return sent;
        }
    }
    coroutine_give_up(generator);
    return value;
}
