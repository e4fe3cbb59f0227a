/*
 * recording.h — a lesson that is no C program but a recording of a Python one, shipped with it.
 *
 * Frameworks cannot be rewritten in C, and a class may have no Python: STEM.jsonl beside STEM.py is what the
 * recorder once saw. Playing it gives what running it gave: the output, the trace, the exit status.
 */
#ifndef RECORDING_H
#define RECORDING_H

#include <cjson/cJSON.h>
#include <stdbool.h>

/**
 * Plays a recording. What the program printed goes to stdout if it is to be shown, and its errors to stderr;
 * every event goes to the descriptor (-1: to none), below a header with this "program".
 * @return the program's exit status, or -1 with errno: the trace could not be written
 */
int recording_play(const char *text, const cJSON *program, int fd, bool shown);

#endif
