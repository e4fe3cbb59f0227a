/*
 * crash.h — a lesson that crashes or is killed says so in one line and dies by the signal.
 */
#ifndef CRASH_H
#define CRASH_H

/**
 * To be called before libloop is used: its own handler, which knows an overflown stack, then comes first.
 * @param program how to call it in the line; must stay valid
 */
void crash_watch(const char *program);

#endif
