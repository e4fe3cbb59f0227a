/*
 * The list is for reading: the program's output as it is, indented, and under it how it ended.
 */
#include "explore_tell.h"

#include "complain.h"
#include "schedule_file.h"
#include "words.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LINES_SHOWN = 40, CHANGES_SHOWN = 6, OUTCOMES_SHOWN = 200 };

/* -------------------------------------------------------------------------------------------- progress ----
 */

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void tell_progress(const Found *found)
{
    static int64_t next;
    static bool told;
    if (!found) {
        if (told)
            fputs("\r\033[K", stderr);
        told = false;
        return;
    }
    int64_t time = now();
    if (!next)
        next = time + 300;
    if (time < next || !isatty(STDERR_FILENO))
        return;
    next = time + 100;
    told = true;
    size_t count = found->outcomes.count;
    fputs("\r", stderr);
    fprintf(stderr, words(count == 1 ? "%zu orders, %zu outcome so far" : "%zu orders, %zu outcomes so far"),
            found->runs, count);
    fputs("\033[K", stderr);
}

/* ---------------------------------------------------------------------------------------- one outcome ----
 */

static void print_output(const Outcome *outcome)
{
    const char *text = outcome->output;
    size_t left = outcome->length < OUTPUT_MOST ? outcome->length : OUTPUT_MOST;
    for (int line = 0; left && line < LINES_SHOWN; line++) {
        const char *end = memchr(text, '\n', left);
        size_t length = end ? (size_t)(end - text) : left;
        printf("    %.*s\n", (int)length, text);
        length += end != NULL;
        text += length;
        left -= length;
    }
    if (left || outcome->length > OUTPUT_MOST)
        printf(words("    … (%zu bytes in all)\n"), outcome->length);
}

static const char *nth_name(const Record *record, size_t n)
{
    const char *name = record->names, *end = record->names + record->names_length;
    while (n-- && name < end)
        name += strlen(name) + 1;
    return name < end ? name : "?";
}

static void print_changes(const Outcome *outcome, const Record *record)
{
    if (!outcome->change_count)
        printf("  %s\n", words("order: asyncio's own"));
    for (size_t k = 0; k < outcome->change_count && k < CHANGES_SHOWN; k++) {
        Change change = outcome->changes[k];
        fputs(words(k ? "; " : "  order: asyncio's, but "), stdout);
        printf(words("choice %u takes %u of %u: %s"), change.at + 1, change.taken + 1,
               record->counts[change.at], nth_name(record, change.at));
    }
    if (outcome->change_count > CHANGES_SHOWN)
        printf(words("; and %zu more"), outcome->change_count - CHANGES_SHOWN);
    if (outcome->change_count)
        printf("\n");
}

/* Runs it once more, for the names. @return false: it came to something else */
static bool again(const Exploration *exploration, const Outcome *outcome, Attempt *attempt)
{
    Record *record = attempt->record;
    memcpy(record->changes, outcome->changes, outcome->change_count * sizeof *outcome->changes);
    record->change_count = (uint32_t)outcome->change_count;
    record->named = true;
    if (!attempt_start(attempt, exploration->run, exploration->context))
        return false;
    attempt_wait(attempt);
    return outcome_is(outcome, record);
}

/* ---------------------------------------------------------------------------------------------- saving ----
 */

/* DIR/47-deadlock-2.schedule; of a program's file, without its folder and its end. */
static bool path_of(const Exploration *exploration, size_t number, char *path, size_t size)
{
    const char *title = exploration->title, *slash = strrchr(title, '/');
    title = slash ? slash + 1 : title;
    int length =
        (int)strlen(title) - (strlen(title) > 2 && strcmp(title + strlen(title) - 2, ".c") == 0 ? 2 : 0);
    return snprintf(path, size, "%s/%.*s-%zu.schedule", exploration->save, length, title, number) < (int)size;
}

/* Complains. */
static bool save(const Exploration *exploration, const Outcome *outcome, const Record *record, size_t number)
{
    char path[PATH_MAX], command[512];
    Turn *turns = calloc(record->choice_count + 1u, sizeof *turns);
    errno = turns ? ENAMETOOLONG : ENOMEM;
    bool good = turns && path_of(exploration, number, path, sizeof path);
    if (good) {
        for (uint32_t k = 0; k < record->choice_count; k++)
            turns[k] = (Turn){0, record->counts[k]};
        for (size_t k = 0; k < outcome->change_count; k++)
            turns[outcome->changes[k].at].taken = outcome->changes[k].taken;
        good = (mkdir(exploration->save, 0777) == 0 || errno == EEXIST) &&
               schedule_write(path, exploration->subject, turns, record->choice_count, record->names);
    }
    free(turns);
    if (good)
        printf(words("  again: looprun %s --schedule %s\n"),
               subject_command(exploration->subject, command, sizeof command), path);
    else
        complain("cannot save a schedule in %s: %s", exploration->save, words_error(errno));
    return good;
}

/* ------------------------------------------------------------------------------------------ the whole ----
 */

/* Complains. */
static bool tell_outcome(const Exploration *exploration, const Found *found, size_t k, Attempt *attempt)
{
    const Outcome *outcome = &found->outcomes.items[k];
    printf("\n%zu · ", k + 1);
    printf(words(found->runs == 1 ? "in %zu of %zu order\n" : "in %zu of %zu orders\n"), outcome->runs,
           found->runs);
    print_output(outcome);
    printf("  %s\n", outcome->ending);
    if (!again(exploration, outcome, attempt)) {
        printf("  %s\n", words("it did not come again in the same order"));
        return true;
    }
    print_changes(outcome, attempt->record);
    return !exploration->save || save(exploration, outcome, attempt->record, k + 1);
}

static void tell_head(const Exploration *exploration, const Found *found)
{
    size_t count = found->outcomes.count;
    printf(words(count == 1 ? "%s: %zu outcome in " : "%s: %zu outcomes in "), exploration->title, count);
    printf(words(found->runs == 1 ? "%zu order, " : "%zu orders, "), found->runs);
    if (found->more)
        printf(words("and there are more orders: stopped at --bound %zu"), exploration->bound);
    else
        fputs(words(found->cut || found->unsteady ? "not all there are" : "all there are"), stdout);
    puts("");
    if (found->unsteady)
        printf(words("%zu of them did not go as before up to the choice that they were to make: the program "
                     "depends on more than the order\n"),
               found->unsteady);
}

int tell_found(const Exploration *exploration, const Found *found, Attempt *attempt)
{
    const Outcomes *outcomes = &found->outcomes;
    bool good = true;
    tell_head(exploration, found);
    for (size_t k = 0; good && k < outcomes->count && k < OUTCOMES_SHOWN; k++)
        good = tell_outcome(exploration, found, k, attempt);
    if (outcomes->count > OUTCOMES_SHOWN)
        printf(words("\nand %zu more outcomes\n"), outcomes->count - OUTCOMES_SHOWN);
    attempt->record->named = false;
    return !good ? STATUS_UNREADABLE : outcomes->count > 1 ? STATUS_EXCEPTION : STATUS_DONE;
}
