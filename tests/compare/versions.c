#include "versions.h"

#include <stdio.h>
#include <string.h>

#define NEVER 99999

// clang-format off
const VersionRule version_rules[] = {
    {"timeout-counts-cancels", 0, 31104, NULL,
     "timeout() takes a CancelledError for its own only when no cancel at all is left (uncancel() == 0)"},
    {"wait-for-without-task", 31200, NEVER, "wait_for(",
     "wait_for() is `async with timeout()`: no task, no waiter of its own"},
    {"gather-done-children", 31200, NEVER, "gather(",
     "gather() calls the callbacks of children that are done at once"},
    {"named-tasks-count", 31300, NEVER, "name=",
     "a task with a name of its own uses up no number"},
    {"as-completed-iterator", 31300, NEVER, "as_completed(",
     "as_completed() gives an object that is also an asynchronous iterator"},
    {"task-group-uncancel", 31300, NEVER, "TaskGroup(",
     "a task group takes its own cancel back after it has waited, and keeps that of others"},
    {"uncancel-clears", 31300, NEVER, "uncancel(",
     "uncancel() to 0 also forgets a cancel that is still to come"},
    {"notify-passed-on", 31300, NEVER, "Condition(|Barrier(",
     "a Condition passes on a notify that a cancelled waiter lost"},
    {"bound-when-made", 0, 31000,
     "asyncio.Lock(|asyncio.Event(|asyncio.Condition(|Semaphore(|asyncio.Queue(|PriorityQueue(|LifoQueue(",
     "locks and queues belong to the loop that was current when they were made"},
    {"no-task-groups", 0, 31100, "TaskGroup(|timeout(|timeout_at(|uncancel(|cancelling(|Barrier(|ExceptionGroup|Runner(",
     "there is none of TaskGroup, timeout, uncancel, Barrier, Runner"},
    {"cancel-messages", 0, 31100, "cancel(\"|CancelledError(",
     "what a task is cancelled with does not reach who awaits it"},
    {"timeout-error", 0, 31100, "TimeoutError",
     "asyncio.TimeoutError is not the builtin one"},
    {"stop-iteration-turned", 31108, NEVER, "StopIteration(",
     "a future makes a RuntimeError of StopIteration, and does not refuse it (3.12 from 3.12.2)"},
    {NULL, 0, 0, NULL, NULL},
};
// clang-format on

bool version_differs(Version version, const VersionRule *rule)
{
    return version >= rule->from && version < rule->before;
}

static bool contains(const char *text, const char *word, size_t length)
{
    for (; *text; text++)
        if (strncmp(text, word, length) == 0)
            return true;
    return false;
}

static bool has_word(const char *program, const char *words)
{
    while (words) {
        size_t length = strcspn(words, "|");
        if (contains(program, words, length))
            return true;
        words = words[length] ? words + length + 1 : NULL;
    }
    return false;
}

/* Is it named by a `# differs:` among the comment lines at the program's head? */
static bool is_named(const char *program, const char *name)
{
    static const char key[] = "# differs: ";
    for (; program[0] == '#'; program++) {
        size_t length = strlen(name);
        const char *named = program + sizeof key - 1;
        if (strncmp(program, key, sizeof key - 1) == 0 && strncmp(named, name, length) == 0 &&
            strchr(" \n", named[length]))
            return true;
        program = strchr(program, '\n');
        if (!program)
            break;
    }
    return false;
}

const VersionRule *version_rule_of(const char *program, Version version)
{
    for (const VersionRule *rule = version_rules; rule->name; rule++)
        if (version_differs(version, rule) &&
            (has_word(program, rule->words) || is_named(program, rule->name)))
            return rule;
    return NULL;
}

void version_tell(Version version)
{
    if (version == PROFILE)
        return;
    printf("python3 is %d.%d.%d, the profile is 3.11.7.", version / 10000, version / 100 % 100,
           version % 100);
    bool any = false;
    for (const VersionRule *rule = version_rules; rule->name; rule++)
        if (version_differs(version, rule)) {
            printf("%s\n  %s: %s", any ? "" : " It differs in", rule->name, rule->what);
            any = true;
        }
    puts(any ? "" : " No rule differs.");
}
