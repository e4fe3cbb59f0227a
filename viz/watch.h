/*
 * watch.h — wakes the window when a descriptor has something to read.
 *
 * SDL waits for the window system only; a small thread waits for the pipe and sends an SDL event. It reads
 * nothing itself, and after each event it waits to be armed again, so a program that floods cannot flood the
 * queue.
 */
#ifndef VIZ_WATCH_H
#define VIZ_WATCH_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Watch Watch;

/** @param event the SDL event type to send @return NULL when out of means */
Watch *watch_new(uint32_t event);
void watch_free(Watch *watch);
/** Sends one event as soon as the descriptor can be read, and when SDL takes none now, as soon as it does;
 * -1: watches nothing. */
void watch_arm(Watch *watch, int descriptor);

#endif
