/*
 * support.h — what the scheduler's tests share: a log of what happened in which order, and programs run under
 * the virtual clock with their trace in memory.
 */
#ifndef LOOP_TEST_SUPPORT_H
#define LOOP_TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "loop.h"

/** Before each test: virtual time 0, an empty log. */
int fresh(void **state);

/** Adds a word to the log. */
void say(const char *format, ...) LOOP_PRINTF(1, 2);
/** The words so far, a blank between them. */
const char *said(void);

/** loop_run() with a trace into memory. */
Value run_traced(CoroutineFunction function, Value argument);
/** The trace of the last run_traced(). */
const char *traced(void);
/** How many lines of it contain this text. */
size_t traced_times(const char *text);
/** How many iterations and handles the last run had. */
size_t iterations(void);
size_t handles_run(void);

#define assert_traced(text)     assert_non_null(strstr(traced(), (text)))
#define assert_not_traced(text) assert_null(strstr(traced(), (text)))
#define assert_said(words)      assert_string_equal(said(), (words))
#define assert_is(value, type)  assert_true(value_is((value), &(type)))

/** A test with fresh() before it. */
#define rule(name) cmocka_unit_test_setup(name, fresh)

/**
 * Makes the attempt again and again, the n-th time with the n-th allocation failing, until none is left to
 * fail. Each is made in a thread of its own: nothing is pooled there yet, so every allocation is a real one.
 * @param attempt gets a long, for memory_fail_after(); returns NULL when nothing failed any more
 * @return how many attempts there were
 */
long fail_each_allocation(void *(*attempt)(void *nth));

/** What its exception handler was told, in the log: "report:<message>" */
void log_reports(Loop *loop);

#endif
