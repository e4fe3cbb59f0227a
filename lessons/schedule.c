/*
 * A schedule is a function that libloop asks whenever more than one could run (loop_trace.h, "schedule").
 */
#include "schedule.h"

#include "complain.h"
#include "schedule_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    char order[320];
    uint64_t state; /* of the lots */
    const char *path;
    ScheduleFile file;
    size_t next; /* of its turns */
    void (*misfit)(void *context);
    void *context;
} schedule;

static size_t choose_last(const Choice *choice, void *context)
{
    (void)context;
    return choice->count - 1;
}

/* splitmix64, by S. Vigna: its every seed is good. */
static size_t draw(const Choice *choice, void *context)
{
    (void)context;
    uint64_t z = schedule.state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (size_t)((z ^ (z >> 31)) % choice->count);
}

static size_t follow(const Choice *choice, void *context)
{
    (void)context;
    size_t number = schedule.next + 1;
    if (schedule.next == schedule.file.count) {
        complain("%s does not fit: it has %zu choices, and the program has more to make", schedule.path,
                 schedule.file.count);
    } else {
        Turn turn = schedule.file.turns[schedule.next++];
        if (turn.count == choice->count)
            return turn.taken;
        complain("%s does not fit: it takes choice %zu from among %u, and the program has %zu there",
                 schedule.path, number, (unsigned)turn.count, choice->count);
    }
    schedule.file.count = schedule.next; /* it is said */
    schedule.misfit(schedule.context);
    return 0;
}

/* "random:42"; the seed is written as a whole number. Complains. */
static bool read_seed(const char *word)
{
    const char *digits = word + strlen("random");
    char *end;
    digits += *digits == ':';
    errno = 0;
    schedule.state = strtoull(digits, &end, 10);
    if (digits[0] >= '0' && digits[0] <= '9' && !*end && !errno)
        return true;
    complain("--schedule random:SEED takes a whole number, such as random:42, and not \"%s\"", word);
    return false;
}

static bool is_random(const char *word)
{
    return strncmp(word, "random", strlen("random")) == 0 && strchr(":", word[strlen("random")]);
}

bool schedule_fits(const char *word)
{
    return !is_random(word) || read_seed(word);
}

static void set_order(const char *word)
{
    const char *slash = strrchr(word, '/');
    snprintf(schedule.order, sizeof schedule.order, "schedule %s", slash ? slash + 1 : word);
}

/* Who is first, at every choice: whoever saved it, nothing is in another order. */
static bool is_asyncios(const ScheduleFile *file)
{
    for (size_t k = 0; k < file->count; k++)
        if (file->turns[k].taken > 0)
            return false;
    return true;
}

static bool begin_file(const char *path, const char *subject)
{
    if (!schedule_read(path, subject, &schedule.file))
        return false;
    if (is_asyncios(&schedule.file))
        *schedule.order = '\0';
    schedule.path = path;
    loop_set_schedule(follow, NULL);
    return true;
}

bool schedule_begin(const char *word, const char *subject, void (*misfit)(void *context), void *context)
{
    schedule.misfit = misfit;
    schedule.context = context;
    if (strcmp(word, "fifo") == 0)
        return true;
    set_order(word);
    if (strcmp(word, "lifo") == 0)
        loop_set_schedule(choose_last, NULL);
    else if (is_random(word))
        loop_set_schedule(draw, NULL);
    else
        return begin_file(word, subject);
    return !is_random(word) || read_seed(word);
}

const char *schedule_order(void)
{
    return *schedule.order ? schedule.order : NULL;
}

bool schedule_finish(void)
{
    size_t left = schedule.file.count - schedule.next;
    if (left)
        complain("%s does not fit: the program has ended, and %zu of its %zu choices are left", schedule.path,
                 left, schedule.file.count);
    schedule_free(&schedule.file);
    schedule.next = 0;
    return left == 0;
}
