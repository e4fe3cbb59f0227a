/*
 * The search. A schedule is asyncio's order but for some changes: "at choice 3 the second, at choice 5 the
 * third". A run with the changes so far tells which choices there were behind the last one, and each other
 * way to make one of those is a schedule with one change more:
 *
 *     asyncio's ──► 1:2        ──► 1:2 4:2   ──► …
 *               ──► 2:2        ──► 2:2 3:2
 *               ──► 2:3
 *
 * Every schedule comes up once, and those with fewer changes come first: the first that leads to an outcome
 * is as near to asyncio's order as any. When none is left, all orders were seen. Nothing is left out as "like
 * another one": what runs in parallel elsewhere is cheap here, and whoever is told "all" may rely on it.
 */
#include "explore.h"

#include "complain.h"
#include "explore_tell.h"
#include "outcome.h"
#include "words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AT_ONCE_MOST = 8, NO_PARENT = UINT32_MAX };

/* A schedule: the changes of its parent, and one. */
typedef struct Node {
    uint32_t parent;
    Change change;
} Node;

typedef struct Search {
    const Exploration *exploration;
    Node *nodes; /* those that ran, and those that shall run; the first is asyncio's order */
    size_t count, room;
    Attempt slots[AT_ONCE_MOST]; /* a ring */
    size_t at_once;
    Found found;
} Search;

/* Writes down which changes it has, the first one first. */
static bool load(const Search *search, size_t node, Record *record)
{
    uint32_t count = 0;
    for (uint32_t k = (uint32_t)node; search->nodes[k].parent != NO_PARENT; k = search->nodes[k].parent)
        count++;
    if (count > CHANGES_MOST)
        return false;
    record->change_count = count;
    for (uint32_t k = (uint32_t)node; search->nodes[k].parent != NO_PARENT; k = search->nodes[k].parent)
        record->changes[--count] = search->nodes[k].change;
    return true;
}

static bool add(Search *search, Node node)
{
    if (search->count == search->exploration->bound) {
        search->found.more = true;
        return true;
    }
    if (search->count == search->room) {
        size_t room = search->room ? 2 * search->room : 1024;
        Node *nodes = realloc(search->nodes, room * sizeof *nodes);
        if (!nodes)
            return false;
        search->nodes = nodes;
        search->room = room;
    }
    search->nodes[search->count++] = node;
    return true;
}

/* The schedules that differ from this one in one choice behind its last change. */
static bool add_children(Search *search, size_t node, const Record *record)
{
    Node parent = search->nodes[node];
    uint32_t at = parent.parent == NO_PARENT ? 0 : parent.change.at + 1;
    for (; at < record->choice_count && !search->found.more; at++)
        for (uint32_t taken = 1; taken < record->counts[at] && !search->found.more; taken++)
            if (!add(search, (Node){(uint32_t)node, {at, taken}}))
                return false;
    return true;
}

static bool take_in(Search *search, size_t node, const Record *record)
{
    Found *found = &search->found;
    found->runs++;
    found->unsteady += record->unsteady;
    found->cut = found->cut || record->choice_count == CHOICES_MOST;
    return outcomes_add(&found->outcomes, record) && add_children(search, node, record);
}

static bool start(Search *search, size_t node)
{
    const Exploration *exploration = search->exploration;
    Attempt *attempt = &search->slots[node % AT_ONCE_MOST];
    errno = ENOMEM;
    return load(search, node, attempt->record) &&
           attempt_start(attempt, exploration->run, exploration->context);
}

/* As many at once as there are processors. They are taken in in their order, so what comes of it does not
 * depend on how many that are. */
static bool run_all(Search *search)
{
    size_t started = 0;
    for (size_t k = 0; k < search->count; k++) {
        for (; started < search->count && started - k < search->at_once; started++)
            if (!start(search, started))
                return false;
        Attempt *attempt = &search->slots[k % AT_ONCE_MOST];
        attempt_wait(attempt);
        errno = ENOMEM;
        if (!take_in(search, k, attempt->record))
            return false;
        tell_progress(&search->found);
    }
    return true;
}

static bool open_slots(Search *search)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    search->at_once = processors > AT_ONCE_MOST ? AT_ONCE_MOST : processors > 1 ? (size_t)processors : 1;
    for (size_t k = 0; k < AT_ONCE_MOST; k++)
        if (!attempt_open(&search->slots[k]))
            return false;
    return true;
}

int explore(const Exploration *exploration)
{
    Search search = {.exploration = exploration};
    int status = STATUS_UNREADABLE;
    errno = ENOMEM;
    bool good = open_slots(&search) && add(&search, (Node){.parent = NO_PARENT}) && run_all(&search);
    tell_progress(NULL);
    if (good)
        status = tell_found(exploration, &search.found, &search.slots[0]);
    else
        complain("cannot go on exploring: %s", words_error(errno));
    for (size_t k = 0; k < AT_ONCE_MOST; k++)
        attempt_close(&search.slots[k]);
    outcomes_free(&search.found.outcomes);
    free(search.nodes);
    return status;
}
