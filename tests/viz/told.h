/*
 * told.h — a trace for tests of beats and words: from a recording, or written out in the test.
 */
#ifndef TESTS_TOLD_H
#define TESTS_TOLD_H

#include "beat.h"
#include "history.h"
#include "why.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TOLD_HEADER \
    "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"unit\":\"ns\",\"program\":{}}\n"

typedef struct Told {
    History *history;
    Beats *beats;
    State state;
    char text[2048];
} Told;

static inline Told told_new(void)
{
    Told told = {.history = history_new(), .beats = beats_new()};
    assert_non_null(told.history);
    assert_non_null(told.beats);
    return told;
}

static inline void told_free(Told *told)
{
    state_clear(&told->state);
    beats_free(told->beats);
    history_free(told->history);
}

/** A recording of tests/data/traces. */
static inline Told told_of(const char *name)
{
    char path[1024], bytes[4096];
    snprintf(path, sizeof path, "%s/data/traces/%s.jsonl", TESTS_DIR, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    Told told = told_new();
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, file)) > 0;)
        assert_true(history_feed(told.history, bytes, count));
    fclose(file);
    assert_true(history_finish(told.history));
    assert_true(beats_update(told.beats, told.history));
    return told;
}

/** Takes in a whole trace: its header, and its events, one a line, written without their "i" and "ts". Both
 * are put in, the time is always 0. */
static inline void told_feed(Told *told, const char *header, const char *events)
{
    char line[1024];
    assert_true(history_feed(told->history, header, strlen(header)));
    for (uint32_t i = 1; *events; i++) {
        int length = (int)strcspn(events, "\n");
        int size = snprintf(line, sizeof line, "{\"i\":%u,\"ts\":0,%.*s}\n", i, length, events);
        assert_in_range(size, 1, sizeof line - 1);
        assert_true(history_feed(told->history, line, (size_t)size));
        events += length + (events[length] == '\n');
    }
    assert_true(history_finish(told->history));
    if (history_problem(told->history))
        fail_msg("%s", history_problem(told->history));
}

/** The events of no lesson. */
static inline Told told_from(const char *events)
{
    Told told = told_new();
    told_feed(&told, TOLD_HEADER, events);
    assert_true(beats_update(told.beats, told.history));
    return told;
}

/** The sentence for the events after `from` up to `until`. */
static inline const char *told_range(Told *told, uint32_t from, uint32_t until, Language language)
{
    assert_true(state_at(&told->state, told->history, until));
    size_t length =
        why_tell(told->text, sizeof told->text, told->history, &told->state, from, until, language);
    assert_int_equal(length, strlen(told->text));
    return told->text;
}

/** The sentence of the beat that stops at this event. */
static inline const char *told_stop(Told *told, uint32_t stop, Language language)
{
    return told_range(told, beats_before(told->beats, stop), stop, language);
}

#endif
