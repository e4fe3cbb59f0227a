/*
 * beat.h — where a reader stops: the trace cut into beats.
 *
 * A beat is one thing that a class can follow: the loop starts an iteration and waits, a timer's callback
 * completes a future, a task begins to run, a task suspends or ends, the program prints, … Its stop is the
 * event after which the picture is worth looking at. Derived from events alone; a lesson's `mark`s stop too,
 * a beat with two notes is parted between them, and a note at a line is read before another line is lit.
 */
#ifndef VIZ_BEAT_H
#define VIZ_BEAT_H

#include "about.h"
#include "history.h"

typedef struct Beats Beats;

Beats *beats_new(void);
void beats_free(Beats *beats);
/** From now on every note of the lesson gets a stop to be read at. Before the first update; borrowed until
 * another is given, NULL for none. */
void beats_heed(Beats *beats, const About *about);
/** Takes in what the history has grown by. Earlier stops never move. @return false when out of memory */
bool beats_update(Beats *beats, const History *history);
size_t beats_count(const Beats *beats);
/** The event at which beat number k (from 0) stops. */
uint32_t beats_stop(const Beats *beats, size_t k);
/** First stop after event i; the last event when there is none. */
uint32_t beats_after(const Beats *beats, const History *history, uint32_t i);
/** Last stop before event i; 0 when there is none. */
uint32_t beats_before(const Beats *beats, uint32_t i);
/** The number of the beat that event i lies in: of the first stop at i or behind it; the count when there is
 * none yet. */
size_t beats_at(const Beats *beats, uint32_t i);
/** The first stop after event i that a note of the lesson, or a mark of the program, is read at; 0: none. */
uint32_t beats_note_after(const Beats *beats, uint32_t i);
/** The last one before event i; 0: none. */
uint32_t beats_note_before(const Beats *beats, uint32_t i);

#endif
