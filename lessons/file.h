/*
 * file.h — where lesson_file() (lesson.h) finds a program's files.
 */
#ifndef FILE_H
#define FILE_H

/** Of a lesson: its folder (folder.h). NULL, as at the start: the current folder. */
void files_of(const char *folder);

#endif
