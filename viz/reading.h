/*
 * reading.h — what a task that reads from a connection waits for, and what it was woken by: data, or the end.
 */
#ifndef VIZ_READING_H
#define VIZ_READING_H

#include "history.h"

/** Does the task that suspended with the event `ran` read all there is: `reader.read()`? More data does not
 * help it, only the end does. */
bool reading_is_for_end(const History *history, uint32_t ran);

/** Did the read that completed its future with the event `done` come to the end: has the other side closed,
 * and said nothing more? false: data came, or the trace does not tell. */
bool reading_met_end(const History *history, uint32_t done);

/** The callback that begins with event `run` and has the event `ran` reads from a connection: is it sure to
 * have read data? */
bool reading_met_data(const History *history, uint32_t run, uint32_t ran);

#endif
