/*
 * lesson.h — what every lesson's C program shares.
 *
 * A lesson is a folder lessons/NN-name/: lesson.c (this program), lesson.py (the same in Python), lesson.json
 * (titles, notes, knobs in both languages). A file VARIANT.c beside them (as-written.c) is a variant, with
 * VARIANT.py as its listing. Nothing else has to be edited: CMake finds the folder. What cannot be written in
 * C is a recording instead (recording.h): lesson.jsonl in place of lesson.c.
 *
 *     LESSON                       // the module's own code, the lines outside every def
 *     {
 *         LINE(13);
 *         return loop_run(coroutine(main_, NONE));
 *     }
 *
 * LINE(n) says which line of the Python listing runs now. What a lesson returns is how the program ends:
 * NONE, or the exception that Python would end with a traceback for.
 */
#ifndef LESSON_H
#define LESSON_H

#include "loop.h"

#ifndef LESSON_SYMBOL
#define LESSON_SYMBOL lesson
#endif

#define LESSON Value LESSON_SYMBOL(void)
LESSON;

/** A moment to stop at, behind a line of the program's own that would pass unseen: notes speak of it by its
 * name
 * ("mark append #2"). */
#define MARK(name) trace_mark(name)

/** A variable of the module keeps the object: it is dropped when the program has ended. Takes it over. */
void module_holds(Coroutine *object);

/** Python's print(): the formatted text and a newline, to the program's output and the trace. */
void print(const char *format, ...) LOOP_PRINTF(1, 2);

/** The bytes of a file that stands in the lesson's folder; FileNotFoundError, another OSError, MemoryError. A
 * program of your own finds it in the current folder. */
Value lesson_file(const char *name);

/** The value of a knob of lesson.json: its default, or what --set gave. Asking for an unknown one ends the
 * program. */
double knob(const char *name);
/** The knob as a delay, in nanoseconds. */
int64_t knob_seconds(const char *name);
/** The knob's word (FIRST_COMPLETED), for knobs with a list of choices. */
const char *knob_text(const char *name);

/** repr() of a finished or running task as CPython prints it, with the listing's name; lives as
 * text_format()'s. */
const char *task_repr(Task *task);
/** `{repr, repr}` of a set of tasks, in canonical order; "set()" when empty. */
const char *task_set_repr(const FutureSet *set);

#endif
