/*
 * What a module's variables hold until the program ends. Python drops it last of all, behind the traceback
 * of an exception that ended the program: only then does it warn of coroutines that were never awaited.
 */
#include "module.h"

#include "lesson.h"

enum { MOST = 16 };
static Coroutine *held[MOST];
static unsigned count;

void module_holds(Coroutine *object)
{
    if (count < MOST)
        held[count++] = object;
    else
        coroutine_release(object);
}

void module_end(void)
{
    for (unsigned k = 0; k < count; k++)
        coroutine_release(held[k]);
    count = 0;
}
