/*
 * os_error.h — OSError and its family, from the inside.
 */
#ifndef OS_ERROR_H
#define OS_ERROR_H

#include "loop.h"

/** value_os_error() with a formatted message */
Value os_error(int number, const char *format, ...) LOOP_PRINTF(2, 3);
/** gaierror of what getaddrinfo() gave. @param number errno after it */
Value os_error_of_lookup(int code, int number);

#endif
