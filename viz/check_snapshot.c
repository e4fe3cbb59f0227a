/*
 * check_snapshot.c — is the state that the events give the one that the recorder saw?
 *
 *     {…,"ev":"snapshot","ready":["h4","h5"],"timers":["h3"],"tasks":{"t1":"f2","t2":null}}
 *
 * A recording made with --snapshots tells, at every iteration and after every step, what CPython's own loop
 * holds: the ready queue from its head, the timers in the order in which they are due, and every pending task
 * with what it waits on (null: ready or running). The state that the window draws is rebuilt from the events
 * alone, by state.c; the two must be equal. Under a real clock timers that are due at the very same moment
 * have no order of their own: CPython's heap gives them some.
 */
#include "check_rules.h"
#include "inside.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TOLD = 8, LIST = 120 }; /* ids that are told of a list, and the room for them */

struct Snapshots {
    History *history;
    State state;
};

/* Which of what a state holds one after the other is looked at. */
typedef Id (*Item)(const State *state, size_t k);

static Id ready_item(const State *state, size_t k)
{
    return k < state->ready_count ? state->ready[k].handle : ID_NONE;
}

static Id timer_item(const State *state, size_t k)
{
    return k < state->timer_count ? state->timers[k].handle : ID_NONE;
}

/* "h4"; ID_NONE for null, and for what is no id */
static Id id_of(const cJSON *json)
{
    unsigned number = 0;
    char letter = 0;
    const char *text = cJSON_GetStringValue(json);
    return text != NULL && sscanf(text, "%c%8u", &letter, &number) == 2 && number <= 0xffffff
               ? ID(letter, number)
               : ID_NONE;
}

static void write_id(char *to, size_t size, Id id)
{
    if (id == ID_NONE)
        snprintf(to, size, "nothing");
    else
        snprintf(to, size, "%c%" PRIu32, id_kind(id), id_number(id));
}

/* Adds ", h5"; the number of those that came before is k. Of a long list the rest is dots. */
static void add_id(char *list, size_t k, Id id)
{
    size_t used = strlen(list);
    if (k < TOLD && used + 16 < LIST) {
        snprintf(list + used, LIST - used, "%s", k > 0 ? ", " : "");
        write_id(list + strlen(list), LIST - strlen(list), id);
    } else if (list[used - 1] != '.') {
        snprintf(list + used, LIST - used, ", ...");
    }
}

/* Is this timer due when the one in place k is? */
static bool is_due_with(const State *state, size_t k, Id handle)
{
    size_t first = k;
    while (first > 0 && k < state->timer_count && state->timers[first - 1].when == state->timers[k].when)
        first--;
    for (; first < state->timer_count && state->timers[first].when == state->timers[k].when; first++)
        if (state->timers[first].handle == handle)
            return true;
    return false;
}

/* A queue from its head. What is told begins where the two part. */
static void check_list(Rules *rules, const cJSON *seen, const State *state, Item item, const char *where)
{
    char recorded[LIST] = "", rebuilt[LIST] = "";
    const cJSON *at = cJSON_IsArray(seen) ? seen->child : NULL;
    bool ties = item == timer_item && !rules->is_virtual;
    size_t k = 0;
    for (; at != NULL && (item(state, k) == id_of(at) || (ties && is_due_with(state, k, id_of(at))));
         at = at->next)
        k++;
    if (at == NULL && item(state, k) == ID_NONE)
        return;
    for (size_t n = 0; at != NULL; at = at->next)
        add_id(recorded, n++, id_of(at));
    for (size_t n = 0; item(state, k + n) != ID_NONE; n++)
        add_id(rebuilt, n, item(state, k + n));
    rules_break(rules, "snapshot", "the recorder saw %s in the %s%s, the events give %s",
                recorded[0] != '\0' ? recorded : "nothing", where, k > 0 ? " behind what is the same" : "",
                rebuilt[0] != '\0' ? rebuilt : "nothing");
}

/* A task as it is seen from outside: pending, and on what it waits. */
static bool is_pending(const State *state, const TaskState *task)
{
    return id_kind(task->id) == 't' && task->status != STATUS_NONE && task->loop == state->loop;
}

static void check_task(Rules *rules, const cJSON *seen, const State *state)
{
    char task_name[16], recorded[16], rebuilt[16];
    Id id = ID_NONE;
    unsigned number;
    if (seen->string != NULL && sscanf(seen->string, "t%8u", &number) == 1 && number <= 0xffffff)
        id = ID('t', number);
    const TaskState *task = state_task(state, id);
    write_id(task_name, sizeof task_name, id);
    if (task == NULL || !is_pending(state, task)) {
        rules_break(rules, "snapshot", "the recorder saw %s pending, by the events it is not there",
                    task_name);
        return;
    }
    Id on = task->status == STATUS_WAITING ? task->on : ID_NONE;
    if (on == id_of(seen))
        return;
    write_id(recorded, sizeof recorded, id_of(seen));
    write_id(rebuilt, sizeof rebuilt, on);
    rules_break(rules, "snapshot", "the recorder saw %s waiting on %s, the events give %s", task_name,
                recorded, rebuilt);
}

static void check_tasks(Rules *rules, const cJSON *seen, const State *state)
{
    const cJSON *one;
    cJSON_ArrayForEach(one, seen)
    {
        check_task(rules, one, state);
    }
    for (size_t k = 0; k < state->task_count; k++) {
        char name[16];
        write_id(name, sizeof name, state->tasks[k].id);
        if (is_pending(state, &state->tasks[k]) && !cJSON_HasObjectItem(seen, name))
            rules_break(rules, "snapshot", "by the events %s is pending, the recorder did not see it", name);
    }
}

Snapshots *snapshots_new(void)
{
    Snapshots *snapshots = calloc(1, sizeof *snapshots);
    if (snapshots != NULL && (snapshots->history = history_new()) == NULL) {
        free(snapshots);
        return NULL;
    }
    return snapshots;
}

void snapshots_free(Snapshots *snapshots)
{
    if (snapshots == NULL)
        return;
    state_clear(&snapshots->state);
    history_free(snapshots->history);
    free(snapshots);
}

void snapshots_feed(Snapshots *snapshots, const char *bytes, size_t count)
{
    history_feed(snapshots->history, bytes, count);
}

void snapshots_check(Snapshots *snapshots, Rules *rules, const char *line, size_t length)
{
    State *state = &snapshots->state;
    cJSON *seen = cJSON_ParseWithLength(line, length);
    if (seen == NULL || !state_at(state, snapshots->history, history_count(snapshots->history)) ||
        !state_turn(state, rules->now.loop)) {
        rules->out_of_memory = true;
    } else {
        check_list(rules, cJSON_GetObjectItemCaseSensitive(seen, "ready"), state, ready_item, "ready queue");
        check_list(rules, cJSON_GetObjectItemCaseSensitive(seen, "timers"), state, timer_item, "timers");
        check_tasks(rules, cJSON_GetObjectItemCaseSensitive(seen, "tasks"), state);
    }
    cJSON_Delete(seen);
}
