/*
 * task_group.c — TaskGroup: tasks that are left together.
 *
 * The first task that fails makes the group abort: all others are cancelled, and so is the block, unless it
 * is left already. The end of the block waits until every task has ended, however often that wait is
 * cancelled, and then tells all failures at once.
 *
 * Each task has a record, shared by the group's list and the task's callback. The list is in order of
 * creation, which is the order in which an abort cancels.
 */
#include "scheduler.h"
#include "task.h"
#include "value.h"

#include <stdio.h>

typedef struct Member {
    Shared shared;
    TaskGroup *group; /* NULL: out of the list */
    Task *task;       /* a reference while it is in the list */
    struct Member *next, *previous;
} Member;

struct TaskGroup {
    Task *parent;
    Member *first, *last; /* not done */
    size_t count;
    Future *on_completed; /* what the end of the block waits on, while it waits */
    Value base_error;     /* NONE: none */
    Value *errors;        /* with room for one of each task and of the block */
    size_t error_count, error_room;
    bool exiting, aborting, parent_cancel_requested;
    Guard guard; /* of the parent's coroutine, for as long as it is in the block */
};

/* ------------------------------------------------------------------------------------------------ members */

static void member_destroy(Shared *shared)
{
    memory_free(shared);
}

static void discard(Member *member)
{
    TaskGroup *group = member->group;
    *(member->previous ? &member->previous->next : &group->first) = member->next;
    *(member->next ? &member->next->previous : &group->last) = member->previous;
    member->group = NULL;
    group->count--;
    task_release(member->task);
    shared_release(&member->shared);
}

/* Takes over one reference to the task. */
static void add(TaskGroup *group, Member *member, Task *task)
{
    *member = (Member){{1, member_destroy}, group, task, NULL, group->last};
    *(group->last ? &group->last->next : &group->first) = member;
    group->last = member;
    group->count++;
}

static void abort_all(TaskGroup *group)
{
    group->aborting = true;
    for (const Member *member = group->first; member; member = member->next)
        if (!future_done(&member->task->future))
            task_cancel(member->task, NULL);
}

/* --------------------------------------------------------------------------------------- a task has ended */

/* Its room was made when the task was. */
static void keep_error(TaskGroup *group, Value error)
{
    group->errors[group->error_count++] = error;
    if (value_interrupts(error) && !value_failed(group->base_error))
        group->base_error = error;
}

static void on_task_done(Future *future, void *context)
{
    Member *member = context;
    TaskGroup *group = member->group;
    if (!group)
        return;
    discard(member);
    if (group->on_completed && !group->first && !future_done(group->on_completed))
        future_set_result(group->on_completed, value_bool(true));
    if (future_cancelled(future))
        return;
    Value error = future_exception(future);
    if (!value_failed(error))
        return;
    keep_error(group, error);
    if (group->aborting || group->parent_cancel_requested)
        return;
    abort_all(group);
    group->parent_cancel_requested = true;
    task_cancel(group->parent, NULL);
}

/* --------------------------------------------------------------------------------------------- the group */

/* The parent has been dropped, or has ended, inside the block: the tasks go on and have no group. */
static void give_back(void *context)
{
    TaskGroup *group = context;
    while (group->first) {
        Member *member = group->first;
        future_remove_done_callback(&member->task->future, on_task_done, member);
        discard(member);
    }
    future_release(group->on_completed);
    memory_free(group->errors);
    memory_free(group);
}

TaskGroup *task_group_enter(void)
{
    Task *task = task_awaiting();
    TaskGroup *group = task ? memory_allocate(sizeof *group) : NULL;
    if (!group)
        return NULL;
    *group = (TaskGroup){.parent = task};
    guard_push(&group->guard, give_back, group);
    return group;
}

/* Among the errors: for those that there are, for each task that can still fail and one more, and for the
   block's own. A group that lives long has room for its tasks of today, not for all that it has ever had. */
static bool make_room(TaskGroup *group)
{
    size_t needed = group->error_count + group->count + 2;
    if (needed <= group->error_room)
        return true;
    Value *errors = memory_resize(group->errors, needed * 2 * sizeof(Value));
    if (!errors)
        return false;
    group->errors = errors;
    group->error_room = needed * 2;
    return true;
}

static const char *describe(const TaskGroup *group)
{
    char tasks[32] = "", errors[32] = "";
    if (group->count)
        snprintf(tasks, sizeof tasks, " tasks=%zu", group->count);
    if (group->error_count)
        snprintf(errors, sizeof errors, " errors=%zu", group->error_count);
    return text_format("<TaskGroup%s%s%s>", tasks, errors, group->aborting ? " cancelling" : " entered");
}

Value task_group_refuses(const TaskGroup *group)
{
    if (!group)
        return value_exception(&MemoryError, "no group of tasks");
    const char *why = group->exiting && !group->first ? "is finished"
                      : group->aborting               ? "is shutting down"
                                                      : NULL;
    if (!why)
        return NONE;
    return value_exception(&RuntimeError, text_format("TaskGroup %s %s", describe(group), why));
}

Task *task_group_create_task(TaskGroup *group, Coroutine *coroutine)
{
    return task_group_create_task_named(group, coroutine, NULL);
}

Task *task_group_create_task_named(TaskGroup *group, Coroutine *coroutine, const char *name)
{
    Member *member = NULL;
    if (!coroutine)
        return NULL;
    if (!group || value_failed(task_group_refuses(group)) || !make_room(group) ||
        !(member = memory_allocate(sizeof *member))) {
        coroutine_give_up(coroutine);
        return NULL;
    }
    Task *task = task_create_on(group->parent->future.loop, coroutine, name);
    if (!task) {
        memory_free(member);
        return NULL;
    }
    add(group, member, task);
    member->shared.references++;
    if (future_add_shared_callback(&task->future, "TaskGroup._on_task_done", on_task_done, &member->shared)) {
        future_keep(&task->future); /* the caller's */
        return task;
    }
    member->shared.references--;
    task_cancel(task, NULL); /* it is nobody's, and must not run */
    discard(member);
    return NULL;
}

/* ----------------------------------------------------------------------------------- the end of the block */

/* Until the last task has ended. @return the first CancelledError that asked for the end, or NONE */
static Value wait_for_tasks(TaskGroup *group, Value cancelled)
{
    Task *parent = group->parent;
    while (group->first) {
        if (!group->on_completed &&
            !(group->on_completed = future_new(parent->future.loop, "TaskGroup", NULL, 0))) {
            abort_all(group);
            return value_exception(&MemoryError, "no memory to wait for a group of tasks");
        }
        Frame frame = {.function = "TaskGroup.__aexit__", .file = "loop/task_group.c", .line = __LINE__ + 1};
        Value outcome = task_wait_in(&frame, parent, group->on_completed);
        if (value_failed(outcome) && !group->aborting) {
            cancelled = outcome;
            abort_all(group);
        }
        future_release(group->on_completed);
        group->on_completed = NULL;
    }
    return cancelled;
}

/* What comes out of the whole, when all have ended. */
static Value outcome_of(TaskGroup *group, Value cancelled, Value outcome)
{
    if (value_failed(group->base_error))
        return group->base_error;
    if (value_failed(cancelled) && !group->error_count)
        return cancelled;
    if (!value_failed(outcome) || value_is(outcome, &CancelledError)) {
        if (!group->error_count)
            return NONE;
    } else {
        if (!make_room(group))
            return value_exception(&MemoryError, "no memory for the errors of a group of tasks");
        group->errors[group->error_count++] = outcome;
    }
    return value_exception_group("unhandled errors in a TaskGroup", group->errors, group->error_count);
}

Value await_task_group_exit(TaskGroup *group, Value outcome)
{
    Task *task = task_awaiting();
    if (!group)
        return value_failed(outcome) ? outcome : value_exception(&MemoryError, "no group of tasks");
    if (!task || task != group->parent)
        return value_exception(&RuntimeError, "a group of tasks is left by the task that entered it");
    group->exiting = true;
    if (value_interrupts(outcome) && !value_failed(group->base_error))
        group->base_error = outcome;
    Value cancelled = value_is(outcome, &CancelledError) ? outcome : NONE;
    if (group->parent_cancel_requested && task_uncancel(task) == 0)
        cancelled = NONE; /* the cancel was the group's own, and nobody else asked for one */
    if (value_failed(outcome) && !group->aborting)
        abort_all(group);
    cancelled = wait_for_tasks(group, cancelled);
    outcome = outcome_of(group, cancelled, outcome);
    guard_remove(task->coroutine, &group->guard);
    give_back(group);
    return outcome;
}
