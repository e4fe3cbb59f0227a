/*
 * pair.h — what the C half of a pair shares.
 *
 * A pair is two programs, tests/fidelity/NAME.c and NAME.py, that do the same: one on libloop, one on
 * CPython's asyncio under the recorder. Their traces have to be equal (TRACE.md, "Comparing"), source lines
 * aside. CMake finds them; nothing else has to be edited.
 *
 *     PAIR                                  // what NAME.py does outside every def
 *     {
 *         return loop_run(coroutine(main_, NONE));
 *     }
 *
 * What a pair returns is how the program ends: NONE, or the exception that Python would end with. Begins
 * NAME.py with `# differs: RULE`, then it shows a rule that not every CPython has (versions.h).
 */
#ifndef TESTS_PAIR_H
#define TESTS_PAIR_H

#include "loop.h"

#ifndef PAIR_SYMBOL
#define PAIR_SYMBOL pair
#endif

#define PAIR Value PAIR_SYMBOL(void)
PAIR;

/** Python's print(): the formatted text and a newline, into the trace. */
void print(const char *format, ...) LOOP_PRINTF(1, 2);
/** repr(value) as CPython prints it; lives as text_format()'s texts. */
const char *repr(Value value);
/** "True" or "False" */
const char *truth(bool it);

#endif
