/*
 * schedule_file.h — a schedule as a small text, to be read and to be replayed.
 *
 *     loopglass schedule 1
 *     lesson 47-deadlock
 *     set start=2
 *     1 of 2  甲
 *     2 of 2  乙, before 甲
 *
 * The first line says what it is. Then comes the program, its *subject*: a lesson, its variant and the knobs
 * that were turned, or the program's file. Then a line for each choice, counted from 1: which of how many;
 * what stands behind it is for readers. Empty lines and lines that begin with # say nothing.
 */
#ifndef SCHEDULE_FILE_H
#define SCHEDULE_FILE_H

#include "schedule.h"

typedef struct ScheduleFile {
    Turn *turns;
    size_t count;
} ScheduleFile;

/**
 * Reads one of this subject. Complains: of the file, in which line; or of which program it is.
 * @param subject the lines between the first and the choices, each with its end
 * @return false after complaining
 */
bool schedule_read(const char *path, const char *subject, ScheduleFile *file);
/** @param names behind each choice, one text after the other. @return false with errno */
bool schedule_write(const char *path, const char *subject, const Turn *turns, size_t count,
                    const char *names);
void schedule_free(ScheduleFile *file);
/** The command that runs a subject: "47-deadlock --set start=2". @return buffer */
const char *subject_command(const char *subject, char *buffer, size_t size);

#endif
