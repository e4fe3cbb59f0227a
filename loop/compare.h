/*
 * compare.h — Python's `<` between values.
 */
#ifndef COMPARE_H
#define COMPARE_H

#include "loop.h"

/**
 * one < other: numbers by size, whatever their kinds; texts by code points; lists by the first items that
 * differ.
 * @return a bool; TypeError "'<' not supported between instances of 'str' and 'int'"
 */
Value value_less(Value one, Value other);

#endif
