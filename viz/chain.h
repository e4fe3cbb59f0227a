/*
 * chain.h — await chains kept once.
 *
 * A task suspends at the same place over and over: the same chain. Equal chains are the same frames at the
 * same address, and have a number that an event can hold.
 */
#ifndef VIZ_CHAIN_H
#define VIZ_CHAIN_H

#include "event.h"

typedef struct Chains Chains;

/** @return NULL when out of memory */
Chains *chains_new(void);
void chains_free(Chains *chains);
/** The texts of the frames are interned ones. @return the kept frames; NULL when out of memory */
const Frame *chains_add(Chains *chains, const Frame *frames, size_t count);
/** The number of a chain that chains_add() gave; 0 for NULL. */
uint32_t chain_number(const Frame *frames);
/** The chain of a number; NULL for 0. */
const Frame *chains_at(const Chains *chains, uint32_t number, size_t *count);
size_t chains_bytes(const Chains *chains);

#endif
