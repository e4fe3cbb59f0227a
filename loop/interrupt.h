/*
 * interrupt.h — SIGINT while loop_run() runs, as asyncio's Runner handles it.
 */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include "loop.h"

/** loop_run() begins, with this main task. In any thread but the main one this and the rest do nothing. */
void interrupt_begin(Loop *loop, Task *main);
/** Main has run: from now on each SIGINT ends what runs at once. @return what becomes of its result */
Value interrupt_main_over(Loop *loop, Task *main, Value result);
/** loop_run() ends: SIGINT is the program's again. Before the loop is closed. */
void interrupt_end(Loop *loop);
/** Acts on the SIGINTs that came. @return false when the loop's run ends here */
bool interrupt_take(Loop *loop);

#endif
