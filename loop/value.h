/*
 * value.h — how the library itself writes values down.
 */
#ifndef VALUE_H
#define VALUE_H

#include "loop.h"

/** As value_repr(), but an exception as in a traceback's last line: "ValueError: message". */
size_t value_describe(Value value, char *buffer, size_t size);

#endif
