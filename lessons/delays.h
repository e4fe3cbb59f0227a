/*
 * delays.h — finds a delay that was meant in seconds: await_sleep(1) sleeps for a nanosecond, and no compiler
 * says a word.
 */
#ifndef DELAYS_H
#define DELAYS_H

/**
 * Warns, as a compiler does, of every small whole number that stands where nanoseconds are taken.
 * @param path as the messages shall name it @param text what stands in it
 * @return "" when there is none; yours to free; NULL when out of memory
 */
char *delays_warn(const char *path, const char *text);

#endif
