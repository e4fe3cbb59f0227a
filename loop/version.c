/*
 * Which libloop this is.
 */
#include "loop.h"

const char *loop_version(void)
{
    return LOOP_VERSION;
}
