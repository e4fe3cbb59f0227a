/*
 * loop.c — the event loop. run_once() below is the whole idea; everything else in libloop serves it.
 */
#include "emit.h"
#include "misuse.h"
#include "schedule.h"
#include "scheduler.h"
#include "step.h"
#include "stuck.h"

static const int64_t LONGEST_SELECT = (int64_t)86400 * 1000000000; /* a day, as in CPython */

void loop_enqueue_traced(Loop *loop, QueueEntry *entry, ReadyBy by)
{
    if (loop->closed) {
        entry_release(entry); /* it will never run */
        return;
    }
    emit_ready(loop, entry, by);
    ready_append(&loop->ready, entry);
}

void loop_enqueue_again(Loop *loop, Handle *handle, ReadyBy by)
{
    loop_enqueue(loop, handle_keep(handle), by);
}

/* ------------------------------------------------------------------------------------------ one iteration */

/* How long may select wait? 0 when there is something to do, LOOP_FOREVER when there is nothing to wait for.
 */
static int64_t select_timeout(const Loop *loop)
{
    if (ready_count(&loop->ready) || loop->stopping)
        return 0;
    if (!loop->timers.count)
        return LOOP_FOREVER;
    int64_t now = loop_time(loop), when = heap_when(&loop->timers);
    if (when <= now)
        return 0;
    return when - now < LONGEST_SELECT ? when - now : LONGEST_SELECT;
}

/* The gate's descriptor is read in its turn, by a handle of its own; but what waits in the gate is ready now.
 */
static size_t wait_for_events(Loop *loop, int64_t timeout)
{
    size_t count = poller_wait(&loop->poller, timeout, loop->watches.events, loop->watches.room);
    loop->ringing = false;
    for (size_t k = 0; k < count && !loop->ringing; k++)
        loop->ringing = loop->watches.events[k].fd == loop->gate->wake;
    return count;
}

/* How long to wait in real time before the virtual clock may move to `next`. While a job works it is looked
   at now and then whether it has begun to nap. */
static int64_t real_rest(Loop *loop, int64_t next, bool napping)
{
    enum { LOOK = 1000000 };
    bool jobs = loop->executor && loop->executor->jobs;
    if (loop->waited_for != next) {
        loop->waited_for = next;
        loop->waited = 0;
    }
    if (napping && executor_is_all(loop))
        return 0;
    if (next == INT64_MAX)
        return jobs ? LOOK : LOOP_FOREVER;
    int64_t rest = next - thread.virtual_now - loop->waited;
    if (rest < 0)
        rest = 0;
    return jobs && !napping && rest > LOOK ? LOOK : rest;
}

/* What happens outside takes real time. So the virtual clock does not run ahead of it: it moves to a timer
   when that has been waited for as long in real time, and stands still while things happen. When all there is
   outside are jobs that nap (nap.h) there is nothing to wait for in real time. */
static size_t wait_virtually(Loop *loop, int64_t timeout)
{
    int64_t until = timeout < 0 ? INT64_MAX : clock_add(thread.virtual_now, timeout);
    for (;;) {
        int64_t nap = executor_nap_end(loop), next = nap < until ? nap : until;
        bool napping = nap != INT64_MAX;
        int64_t rest = real_rest(loop, next, napping), start = clock_monotonic();
        size_t count = wait_for_events(loop, rest);
        loop->waited += clock_monotonic() - start;
        if (count || rest == LOOP_FOREVER)
            return count;
        if (next == INT64_MAX || real_rest(loop, next, napping) > 0)
            continue;
        thread.virtual_now = next;
        naps_tell(&loop->gate->naps, next);
        if (next == until)
            return 0;
        naps_wake(&loop->gate->naps);
    }
}

/* Waits for I/O or for time to pass. When nothing can happen outside there is nothing to ask the system.
   The virtual clock moves here and, but for blocking_sleep(), nowhere else. */
static size_t select_events(Loop *loop, int64_t timeout)
{
    bool outside = loop_can_be_woken(loop), jumps = timeout > 0 && loop->clock == CLOCK_VIRTUAL;
    size_t count = 0;
    if (UNLIKELY(outside && timeout && loop->clock == CLOCK_VIRTUAL)) {
        naps_select(&loop->gate->naps, true);
        count = wait_virtually(loop, timeout);
        naps_select(&loop->gate->naps, false);
        return count;
    }
    if (UNLIKELY(outside || loop->ringing) || (timeout && !jumps))
        count = wait_for_events(loop, jumps ? 0 : timeout);
    if (jumps && !count)
        thread.virtual_now = clock_add(thread.virtual_now, timeout);
    return count;
}

static void enqueue_expired_timers(Loop *loop)
{
    if (!loop->timers.count)
        return;
    int64_t now = loop_time(loop);
    while (loop->timers.count && heap_when(&loop->timers) <= now)
        loop_enqueue(loop, heap_pop(&loop->timers), BY_TIMER);
}

static inline __attribute__((always_inline)) bool run(Loop *loop, QueueEntry *entry)
{
    if (LIKELY(entry_is_step(entry)))
        return task_step(loop, entry_task(entry));
    Handle *handle = entry_handle(entry);
    bool goes_on = handle->cancelled || handle_run(handle);
    handle_release(handle);
    return goes_on;
}

static bool run_traced(Loop *loop, QueueEntry *entry)
{
    if (entry->cancelled) {
        emit_skipped(loop, entry);
        entry_release(entry);
        return true;
    }
    Running running = emit_run(loop, entry);
    future_keep(task_future(running.task));
    bool goes_on = run(loop, entry);
    emit_ran(loop, running);
    task_release(running.task);
    return goes_on;
}

/*
 * One iteration, CPython's _run_once. What becomes ready while handles run waits for the next iteration: the
 * number of handles is fixed before the first one runs, so nobody can keep the others from their turn.
 * Returns false when the loop is stuck: nothing is ready, and nothing can ever become ready.
 * (Inline for the reason given in switch.h.)
 */
static inline __attribute__((always_inline)) bool run_once(Loop *loop)
{
    if (UNLIKELY(gate_rung(loop->gate)) && !loop_take_in(loop))
        return true;
    loop->iterations++;
    if (UNLIKELY(loop->trace != NULL))
        emit_iteration(loop);

    if (loop->timers.count)
        heap_purge(&loop->timers);
    int64_t timeout = select_timeout(loop);
    if (UNLIKELY(loop->trace != NULL))
        emit_select(loop, timeout);
    if (timeout == LOOP_FOREVER && !loop_can_be_woken(loop))
        return false;
    size_t event_count = select_events(loop, timeout);
    if (UNLIKELY(loop->ringing) && !loop_take_in(loop))
        return true;
    if (UNLIKELY(loop->trace != NULL))
        emit_selected(loop, event_count);
    if (UNLIKELY(event_count))
        watch_enqueue(loop, event_count);

    enqueue_expired_timers(loop);

    loop->batch_end = loop->ready.tail;
    if (UNLIKELY(loop->trace != NULL))
        emit_batch(loop, ready_count(&loop->ready));
    while (loop->ready.head != loop->batch_end) { /* tasks take handles out, too: step.h */
        fetch_ahead(&loop->ready);
        if (UNLIKELY(loop->choose != NULL))
            schedule_choose(loop, loop->batch_end - loop->ready.head);
        QueueEntry *entry = ready_pop(&loop->ready);
        bool goes_on = UNLIKELY(loop->trace != NULL) ? run_traced(loop, entry) : run(loop, entry);
        if (UNLIKELY(!goes_on))
            break;
    }
    return true;
}

/* What is left of the batch stays in the queue for the next run. */
void loop_interrupt(Loop *loop, Value exception)
{
    loop->raised = exception;
    loop->stopping = true;
}

/* ------------------------------------------------------------------------------------------------ running */

/* Says what every task waits on, and that is the report about them: no second one when they are dropped. */
static Value tell_stuck(Loop *loop)
{
    if (loop->trace)
        emit_stuck(loop);
    for (Task *task = loop->first_task; task; task = task->next)
        task->silent = true;
    return value_exception(&StuckError, stuck_message(loop));
}

/* NONE, or why it cannot run now. */
static Value check_can_run(const Loop *loop)
{
    if (!loop || loop->closed)
        return value_exception(&RuntimeError, "Event loop is closed");
    if (loop->running)
        return value_exception(&RuntimeError, "This event loop is already running");
    if (thread.running)
        return value_exception(&RuntimeError, "Cannot run the event loop while another loop is running");
    if (loop->home != &thread)
        return value_exception(&RuntimeError, "This event loop belongs to another thread");
    return NONE;
}

Value loop_run_forever(Loop *loop)
{
    TRY(check_can_run(loop));
    if (!ready_promise_again(&loop->ready))
        return value_exception(&MemoryError, "no memory to run on where the last run was broken off");
    if (loop->trace)
        emit_loop(loop, "run");
    loop->running = true;
    loop->choose = thread.choose;
    loop->watched = loop->trace || loop->choose || thread.stacks_watched || CONTEXT_ENDS_FROM_OUTSIDE;
    loop->runner = thread.current;
    loop->generator = thread.generator;
    loop->choose_context = thread.choose_context;
    thread.running = loop;
    bool awake;
    do
        awake = run_once(loop);
    while (awake && !loop->stopping);
    Value outcome = awake ? loop->raised : tell_stuck(loop);
    loop->raised = NONE;
    loop->stopping = false;
    loop->running = false;
    loop->runner = NULL;
    thread.running = NULL;
    if (loop->trace)
        emit_loop(loop, "return");
    return outcome;
}

/* Of a base exception the run has ended already; the next one, of the shutdown, is not to be stopped. */
static void stop_when_done(Future *future, void *context)
{
    (void)context;
    if (!future_cancelled(future) && value_interrupts(future_exception(future)))
        return;
    loop_stop(future->loop);
}

Value loop_run_until_complete(Loop *loop, Future *future)
{
    if (!future)
        return value_exception(&MemoryError, "no future to run");
    TRY(check_can_run(loop));
    if (future->loop != loop)
        return value_exception(&ValueError, "The future belongs to a different loop than the one specified");
    if (!future_add_done_callback_named(future, "_run_until_complete_cb", stop_when_done, loop))
        return value_exception(&MemoryError, "no memory to run until a future is complete");
    future_keep(future);
    Value outcome = loop_run_forever(loop);
    future_remove_done_callback(future, stop_when_done, loop);
    if (!value_failed(outcome))
        outcome = future_done(future)
                      ? future_result(future)
                      : value_exception(&RuntimeError, "Event loop stopped before Future completed.");
    future_release(future);
    return outcome;
}

void loop_stop(Loop *loop)
{
    if (!loop)
        return;
    loop_must_be_here(loop, "loop_stop");
    if (loop->trace)
        emit_loop(loop, "stop");
    loop->stopping = true;
}

Loop *loop_running(void)
{
    return thread.running;
}

int64_t loop_time(const Loop *loop)
{
    return loop ? clock_now(loop->clock) : program_time();
}

/* --------------------------------------------------------------------------------------------------- life */

void loop_set_defaults(const LoopOptions *options)
{
    thread_prepare();
    thread.defaults = options ? *options : (LoopOptions){.clock = CLOCK_REAL};
    thread.virtual_now = 0;
    thread.task_names = 0;
}

/* Gives back what it has from the system. */
static void shut(Loop *loop)
{
    loop_close_gate(loop);
    watch_close(loop);
    memory_free(loop->receive);
    loop->receive = NULL;
    poller_close(&loop->poller);
}

Loop *loop_new(const LoopOptions *options)
{
    thread_prepare();
    if (!options)
        options = &thread.defaults;
    StackPool *stacks = stack_pool(&thread.stack_pools, options->stack_size);
    Loop *loop = stacks ? memory_allocate(sizeof *loop) : NULL;
    if (!loop)
        return NULL;
    *loop = (Loop){.clock = options->clock, .stacks = stacks, .references = 1, .trace = thread.trace};
    loop->thread = pthread_self();
    loop->home = &thread;
    if (poller_open(&loop->poller) != 0 || !loop_open_gate(loop)) {
        shut(loop);
        loop_unreference(loop);
        return NULL;
    }
    loop->next = thread.loops;
    thread.loops = loop;
    if (loop->trace)
        emit_loop(loop, "new");
    return loop;
}

/* Timers and queue go first, then what they had kept alive. Each report is made while its object still
 * stands. */
void loop_close(Loop *loop)
{
    if (!loop || loop->closed)
        return;
    loop_must_be_here(loop, "loop_close");
    if (loop->running) {
        misuse_tell("loop_close", "Cannot close a running event loop");
        return;
    }
    if (loop->trace)
        emit_loop(loop, "close");
    loop->closed = true;
    executor_close(loop);
    while (ready_count(&loop->ready))
        entry_release(ready_pop(&loop->ready));
    heap_free(&loop->timers);
    while (loop->unseen)
        future_report(loop->unseen);
    while (loop->first_task) {
        Task *task = loop->first_task;
        future_keep(&task->future);
        future_report(&task->future);
        task_forget(task);
        future_release(&task->future);
    }
    signals_close(loop);
    shut(loop);
}

void loop_unreference(Loop *loop)
{
    if (--loop->references == 0 && !loop->ready.promised)
        loop_destroy(loop);
}

void loop_destroy(Loop *loop)
{
    if (loop->gate)
        gate_release(loop->gate);
    ready_free(&loop->ready);
    Loop **place = &thread.gone_loops[thread.gone_count++ % GONE_MOST];
    memory_free(*place);
    *place = loop;
}

void loop_free(Loop *loop)
{
    if (!loop)
        return;
    if (UNLIKELY(loop->freed))
        misuse_gone("loop_free", "loop");
    loop_close(loop);
    if (loop->running)
        return;
    loop->freed = true;
    Loop **link = &thread.loops;
    while (*link != loop)
        link = &(*link)->next;
    *link = loop->next;
    loop->trace = NULL;
    texts_free(&loop->texts);
    loop_unreference(loop);
}
