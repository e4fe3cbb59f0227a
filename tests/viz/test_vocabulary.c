/*
 * All of asyncio's vocabulary in sentences, in both languages: recordings of small programs with gather,
 * locks, queues, groups, timeouts, threads, several loops, and what the exception handler reports.
 */
#include "told.h"

#include "vocabulary.h"

static size_t tell_stop(Told *told, size_t k, Language language)
{
    uint32_t from = k > 0 ? beats_stop(told->beats, k - 1) : 0, until = beats_stop(told->beats, k);
    assert_true(state_at(&told->state, told->history, until));
    return why_tell(told->text, sizeof told->text, told->history, &told->state, from, until, language);
}

/** At one of the recording's stops the sentence begins so, in both languages. */
static void says(const char *name, const char *zh, const char *en)
{
    Told told = told_of(name);
    bool found = false;
    for (size_t k = 0; !found && k < beats_count(told.beats); k++) {
        tell_stop(&told, k, LANG_EN);
        if (strncmp(told.text, en, strlen(en)) != 0)
            continue;
        tell_stop(&told, k, LANG_ZH);
        found = strncmp(told.text, zh, strlen(zh)) == 0;
        if (!found)
            print_error("%s\n", told.text);
    }
    if (!found)
        fail_msg("%s never says \"%s\", \"%s\"", name, zh, en);
    told_free(&told);
}

/** No stop's sentence has this in it. */
static void never_says(const char *name, const char *part)
{
    Told told = told_of(name);
    for (size_t k = 0; k < beats_count(told.beats); k++) {
        tell_stop(&told, k, LANG_EN);
        if (strstr(told.text, part))
            fail_msg("%s says \"%s\"", name, told.text);
    }
    told_free(&told);
}

static void who_wraps_a_coroutine_in_a_task_is_named(void **state)
{
    says("asyncio_completed", "**main** 把协程交给 `as_completed`，`as_completed` 把它包成任务 **Task-3**",
         "**main** gives a coroutine to `as_completed`, which makes the task **Task-3** of it");
    says("asyncio_timeouts", "**main** 把协程交给 `wait_for`", "**main** gives a coroutine to `wait_for`");
}

static void gather_counts_its_children(void **state)
{
    says("asyncio_gather", "**main** 把协程交给 `gather`，`gather` 把它包成任务 **Task-2**",
         "**main** gives a coroutine to `gather`, which makes the task **Task-2** of it");
    says("asyncio_gather", "**main** 在 `gather` 挂起：**Task-2**、**Task-3**、**Task-4** 还没有都结束。",
         "**main** suspends at `gather`: **Task-2**, **Task-3** and **Task-4** have not all ended yet.");
    says("asyncio_gather", "**Task-2** 运行到底：`gather` 的回调排到队尾",
         "**Task-2** comes to its end: the callback of `gather` joins the tail");
    says("asyncio_gather", "**Task-2** 结束了，`gather` 的回调记下这一个，还要再记 2 个。",
         "**Task-2** has ended, and the callback of `gather` counts it: 2 more to count.");
    says("asyncio_gather", "**Task-4** 结束了，`gather` 的结果齐了：**main** 于是排到队尾。",
         "**Task-4** has ended, and `gather` has all its results, which puts **main** at the tail of the "
         "ready queue.");
    says("asyncio_leftovers", "**b** 结束了，`gather` 的回调记下这一个，都齐了：`gather` 结束",
         "**b** has ended, and the callback of `gather` counts it. That was the last: `gather` is done");
    says("asyncio_gather", "`gather` 有了全部结果，**main** 从 `await` 那里继续。",
         "`gather` has all its results, and **main** goes on from its `await`.");
    says("asyncio_waits", "**bad** 以异常结束：`ValueError: bad`。`gather` 的回调会来取这个异常。",
         "**bad** has ended with an exception: `ValueError: bad`. The callback of `gather` will collect it.");
}

static void a_childs_failure_passes_through_gather_at_once(void **state)
{
    says("asyncio_gather", "**wait_for** 出了错，`gather` 马上把异常传上去：**main** 于是排到队尾。",
         "**wait_for** has failed, and `gather` passes the exception on at once, which puts **main** at the "
         "tail");
}

static void a_timeout_cancels_and_wait_for_waits_for_the_end(void **state)
{
    says("asyncio_timeouts",
         "时间到了：超时取消 **main**，它正在等的也被取消。等着的 **main** 因此排到队尾。",
         "The time is up: the timeout cancels **main**, and with it what it waits for. That puts **main** at "
         "the tail");
    says("asyncio_timeouts", "**main** 在 `wait_for` 挂起：等到结果，或者等到 1 秒的定时器。",
         "**main** suspends at `wait_for`: until the result is there, or the timer of 1 s is due.");
    says("asyncio_timeouts", "时间到了：`wait_for` 不再等，**main** 因此排到队尾。",
         "The time is up: `wait_for` waits no longer, which puts **main** at the tail of the ready queue.");
    says("asyncio_timeouts", "没有谁就绪，循环在 `select` 里睡 1 秒，直到 **main** 的 `wait_for` 时间到。",
         "Nobody is ready, so the loop sleeps in `select` for 1 s, until the `wait_for` of **main** has "
         "reached its limit.");
    never_says("asyncio_timeouts", "_release_waiter");
    never_says("asyncio_timeouts", "_on_timeout");
    says("asyncio_timeouts", "**main** 刚取消了 **Task-2**，还要等它真的结束。",
         "**main** has just cancelled **Task-2**, and waits until **Task-2** has really ended.");
    says("asyncio_timeouts", "**main** 刚取消了 `shield`，还要等它真的结束。",
         "**main** has just cancelled `shield`, and waits until `shield` has really ended.");
    says("asyncio_timeouts", "取消的那个真的结束了，**main** 继续。",
         "What was cancelled has really ended, and **main** goes on.");
}

static void a_cancel_says_what_is_cancelled_with_it(void **state)
{
    says("asyncio_timeouts", "**main** 取消 **Task-2**：先取消它正在等的 `sleep(5)`，**Task-2** 因此排到队尾",
         "**main** cancels **Task-2**: what **Task-2** waits for, `sleep(5)`, is cancelled, so **Task-2** "
         "joins the tail");
}

static void of_a_future_that_is_cancelled_the_callbacks_that_queue_are_counted(void **state)
{
    says("asyncio_timeouts", "**main** 取消 `shield`，它的 2 个完成回调排到队尾。",
         "**main** cancels `shield`: its 2 callbacks join the tail.");
}

static void a_second_cancel_is_counted(void **state)
{
    says("asyncio_timeouts",
         "**main** 取消 **inner**：先记下来，它下次运行时会收到 `CancelledError`。这是第 2 次取消。",
         "**main** cancels **inner**: this is only noted, and at its next step it gets `CancelledError`. "
         "That is "
         "cancel number 2.");
}

/* The step that ends it is still under way: it ends in the next beat. */
static void a_task_that_comes_to_its_end_has_not_ended(void **state)
{
    says("asyncio_group", "**bad** 出了错，运行到此为止：任务组的回调排到队尾",
         "**bad** fails: the callback of its task group joins the tail");
    says("asyncio_group", "**good** 被取消，运行到此为止：任务组的回调排到队尾",
         "**good** ends as cancelled: the callback of its task group joins the tail");
}

static void who_goes_on_and_leaves_its_block_is_told_to_leave_it(void **state)
{
    says("asyncio_locks",
         "**ann** 的 `sleep(1)` 到期，现在轮到 **ann**，循环恢复它。**ann** 现在走出第 4 行的代码块。",
         "The `sleep(1)` of **ann** is over, and now it is **ann**'s turn: the loop resumes it. **ann** now "
         "leaves the block of line 4.");
}

static void locks_are_handed_over(void **state)
{
    says("asyncio_locks", "**bob** 想要锁，锁却被占着：**bob** 排进等锁的队伍，挂起。",
         "**bob** wants the lock, which is taken: **bob** joins those who wait for it and suspends.");
    says("asyncio_locks", "**cy** 想要锁，锁在 **ann** 手里：**cy** 挂起，等 **ann** 放开。",
         "**cy** wants the lock, which **ann** has: **cy** suspends until **ann** lets it go.");
    says("asyncio_locks", "**ann** 把锁让给下一个：**cy** 因此排到队尾。",
         "**ann** passes the lock on, which puts **cy** at the tail of the ready queue.");
    says("asyncio_locks", "轮到 **cy** 拿锁了：它从等锁的地方继续。",
         "The lock has come to **cy**, which goes on from where it waited for it.");
}

static void an_event_is_set_and_a_condition_notified(void **state)
{
    says("asyncio_locks", "事件还没有 `set`：**gate** 挂起，等它。",
         "The event is not set yet: **gate** suspends until it is.");
    says("asyncio_locks", "**main** 用 `set` 设置了事件，等着它的 **gate** 因此排到队尾。",
         "**main** sets the event, which puts **gate** at the tail of the ready queue.");
    says("asyncio_locks", "**consumer** 放开锁，等别人通知（`notify`）。",
         "**consumer** lets go of the lock and waits to be notified.");
    says("asyncio_locks", "**main** 发出通知，**consumer** 因此排到队尾；醒来后还要重新拿锁。",
         "**main** notifies **consumer**, which joins the tail of the ready queue; before it goes on it has "
         "to take the lock back.");
}

static void a_semaphore_has_places(void **state)
{
    says("asyncio_locks", "信号量没有空位：**Task-9** 排队等，挂起。",
         "The semaphore has no place left: **Task-9** waits in line for one and suspends.");
    says("asyncio_locks", "信号量的空位轮到 **Task-9**，它继续。",
         "A place of the semaphore has come to **Task-9**, which goes on.");
}

/* A barrier waits by a condition, a queue's join by an event: the program called neither. */
static void what_the_program_called_is_what_is_told(void **state)
{
    says("asyncio_locks", "人数还没凑齐：**Task-11** 停在 `Barrier.wait`，等别人来。",
         "Not enough have come to the barrier yet: **Task-11** suspends there and waits for others.");
    says("asyncio_queues",
         "`Queue` 里的东西还没有都处理完：**main** 在 `join` 挂起，等最后一次 `task_done`。",
         "Not everything that was put into the `Queue` is done yet: **main** suspends at `join` until the "
         "last "
         "`task_done`.");
    says("asyncio_queues", "这是最后一次 `task_done`：在 `join` 等着的 **main** 因此排到队尾。",
         "That was the last `task_done`, which puts **main**, waiting in `join`, at the tail of the ready "
         "queue.");
    never_says("asyncio_queues", "the event");
}

static void assert_awaits(const char *name, const char *task, const char *called)
{
    Told told = told_of(name);
    bool found = false;
    for (size_t k = 0; !found && k < beats_count(told.beats); k++) {
        char label[128];
        assert_true(state_at(&told.state, told.history, beats_stop(told.beats, k)));
        for (size_t n = 0; n < told.state.task_count; n++) {
            const TaskState *its = &told.state.tasks[n];
            if (its->status == STATUS_WAITING &&
                strcmp(lane_label(told.history, its->id, label, sizeof label), task) == 0)
                found |=
                    strcmp(awaited_label(told.history, &told.state, its->on, its->ran, label, sizeof label),
                           called) == 0;
        }
    }
    if (!found)
        fail_msg("in %s %s never awaits %s", name, task, called);
    told_free(&told);
}

static void a_wait_is_called_by_what_the_program_called(void **state)
{
    assert_awaits("asyncio_threads", "main", "to_thread");
    assert_awaits("asyncio_queues", "main", "Queue.join");
    assert_awaits("asyncio_queues", "x", "Queue.get");
    assert_awaits("asyncio_locks", "Task-11", "Barrier.wait");
    assert_awaits("asyncio_locks", "gate", "Event.wait");
    assert_awaits("asyncio_locks", "bob", "Lock.acquire");
    assert_awaits("asyncio_timeouts", "main", "wait_for");
    assert_awaits("asyncio_group", "main", "TaskGroup");
    assert_awaits("../programs/streams", "Task-3", "open_connection");
    assert_awaits("../programs/streams", "Task-3", "StreamReader.readline");
}

static void a_stream_waits_for_data(void **state)
{
    says(
        "../programs/streams",
        "来了 3 个连接：服务器一次都接进来，各建一个小任务，只管把连接接好："
        "**Task-6**、**Task-7**、**Task-8**。",
        "3 connections have come: the server takes them all in, and makes a small task for each, only to set "
        "it up: **Task-6**, **Task-7** and **Task-8**.");
    says("../programs/streams",
         "这一轮的 18 个都是 asyncio 自己的事：把连接接好。程序的代码一行也没有运行。"
         "循环给接好的连接建了任务 **Task-9**、**Task-10**、**Task-11**，去运行 `serve`。",
         "All 18 of this iteration are asyncio's own work to set connections up: not a line of the program "
         "runs. For those that are ready the loop makes **Task-9**, **Task-10** and **Task-11**, to run "
         "`serve`.");
    says("../programs/streams", "这一轮的 12 个都是 asyncio 自己的事：把连接接好。程序的代码一行也没有运行。",
         "All 12 of this iteration are asyncio's own work to set connections up: not a line of the program "
         "runs.");
    says("../programs/streams", "**Task-6** 只管接好一个连接，做完就结束了。",
         "**Task-6** was only to set a connection up: it has ended.");
    says("../programs/streams", "数据到了：循环把它读进来。", "Data has come: the loop reads it.");
    says("../programs/streams", "还没有数据到来：**Task-9** 挂起，等连接送来数据。",
         "No data has come yet: **Task-9** suspends until its connection has some.");
    says("../programs/streams", "数据到了，**Task-9** 继续。", "Data has come, and **Task-9** goes on.");
}

static void queues_wake_who_waits_for_an_item(void **state)
{
    says("asyncio_queues", "`Queue` 里没有东西：**x** 在 `get` 挂起，等人放进来。",
         "There is nothing in the `Queue`: **x** suspends at `get` until somebody puts something in.");
    says("asyncio_queues", "`Queue` 里有了东西：**producer** 叫醒等着取的 **x**，让它排到队尾。",
         "There is something in the `Queue`: **producer** wakes **x**, which waited to get it and now joins "
         "the tail.");
    says("asyncio_queues", "`Queue` 里有了东西，**x** 从 `get` 继续。",
         "There is something in the `Queue`, and **x** goes on from its `get`.");
}

static void a_group_cancels_the_others_and_waits_for_all(void **state)
{
    says("asyncio_group", "**bad** 以异常结束：`ValueError: broken`。任务组的回调会来取这个异常。",
         "**bad** has ended with an exception: `ValueError: broken`. The callback of its task group will "
         "collect "
         "it.");
    says("asyncio_group", "**bad** 出了错：任务组取消还没结束的 **good**、**main**。",
         "**bad** has failed, so its task group cancels whoever has not ended: **good** and **main**.");
    says("asyncio_group",
         "**main** 到了 `async with TaskGroup` 的末尾：任务组记下每个任务都结束了，才放它离开。",
         "**main** is at the end of its `async with TaskGroup`: it may leave when the group has noted "
         "that all its tasks have ended.");
    says("asyncio_group", "**good** 结束了，它是组里的最后一个：**main** 于是排到队尾。",
         "**good** has ended, the last of its group, which puts **main** at the tail of the ready queue.");
    says("asyncio_group", "组里的任务都结束了，**main** 离开 `async with TaskGroup`。",
         "All tasks of the group have ended, and **main** leaves its `async with TaskGroup`.");
}

static void who_waits_for_a_group_that_fails_is_cancelled_there_and_the_group_catches_it(void **state)
{
    says("asyncio_group_fails",
         "**main** 在任务组出口的等待被取消了：`CancelledError` 从那里抛出来，任务组接住它。",
         "The wait of **main** for its group was cancelled: `CancelledError` is raised there, and the group "
         "catches it.");
}

static void what_was_left_over_is_cancelled_together_and_waited_for(void **state)
{
    says("asyncio_leftovers",
         "**asyncio.run** 取消 **a**、**b**：先取消它们各自在等的 future，这些任务因此排到队尾，轮到时会收到 "
         "`CancelledError`。",
         "**asyncio.run** cancels **a** and **b**: what each of them waits for is cancelled, so they join "
         "the tail, "
         "and when "
         "their turn comes they get `CancelledError`.");
    says("asyncio_leftovers", "`asyncio.run` 用 `gather` 等它们结束，循环又转起来。第 9 轮：",
         "`asyncio.run` waits for their end with `gather`, and the loop runs once more. Iteration 9:");
}

/** Of every event by itself. */
static void says_of_an_event(const char *name, uint32_t i, const char *zh, const char *en)
{
    Told told = told_of(name);
    assert_true(state_at(&told.state, told.history, i));
    why_tell(told.text, sizeof told.text, told.history, &told.state, i - 1, i, LANG_ZH);
    assert_string_equal(told.text, zh);
    why_tell(told.text, sizeof told.text, told.history, &told.state, i - 1, i, LANG_EN);
    assert_string_equal(told.text, en);
    told_free(&told);
}

static void a_line_that_python_comes_back_to_is_the_end_of_its_block(void **state)
{
    says_of_an_event("asyncio_leftovers", 41, "**a** 来到第 4 行：`async with lock:`",
                     "**a** comes to line 4: `async with lock:`");
    says_of_an_event("asyncio_leftovers", 55, "**a** 走出第 4 行的代码块：`async with lock:`",
                     "**a** leaves the block of line 4: `async with lock:`");
}

static void timers_that_are_due_together_are_told_each_by_what_it_is(void **state)
{
    says("asyncio_waits",
         "没有谁就绪，循环在 `select` 里睡 1 秒，直到 **G** 的 `sleep(3)`，还有 **H** 的 `sleep(1)` "
         "同时到期。",
         "Nobody is ready, so the loop sleeps in `select` for 1 s, until the `sleep(3)` timer of **G** and "
         "the "
         "`sleep(1)` timer of **H** are due together.");
}

static void a_function_in_a_thread_leaves_the_loop_free(void **state)
{
    says("asyncio_threads", "**main** 等另一个线程里的函数：循环的线程空了出来。",
         "**main** waits for a function in another thread: the loop's own thread is free meanwhile.");
    says("asyncio_threads", "另一个线程里的函数返回了，它的结果现在交给循环。等着的 **main** 因此排到队尾。",
         "The function in another thread has returned, and its result reaches the loop. That puts **main** "
         "at the");
    says("asyncio_threads", "另一个线程交来一个回调，敲了敲门：`select` 提前醒来，这一轮就运行这两个。",
         "Another thread has handed over a callback and knocked: `select` wakes up early, and this iteration "
         "runs both.");
    says("asyncio_threads", "另一个线程敲了门：循环从 `select` 里醒来。",
         "Another thread has knocked: that woke the loop from `select`.");
    says("asyncio_threads", "另一个线程交来 `print`，现在轮到它。",
         "Another thread has handed over `print`; now it is its turn.");
}

static void the_exception_handler_says_what_nobody_looked_at(void **state)
{
    says("asyncio_handler", "循环的异常处理器报告：回调出了错，`RuntimeError: in a callback`。循环接着转。",
         "The loop's exception handler reports an error in a callback, `RuntimeError: in a callback`. The "
         "loop goes on.");
    says("asyncio_handler",
         "循环的异常处理器报告：**lost** 的异常一直没有人来取，`ValueError: nobody looks`。",
         "The loop's exception handler reports that nobody ever asked for the exception of **lost**: "
         "`ValueError: nobody "
         "looks`.");
}

static void what_the_handler_reports_otherwise_is_told_in_its_words(void **state)
{
    static const char *const reports[][2] = {
        {"%\"exception\",\"message\":\"Task was destroyed but it is pending!\",\"future\":\"t1\"}\n",
         "The loop's exception handler reports that **a** was dropped before it had ended"},
        {"%\"exception\",\"message\":\"Future exception was never "
         "retrieved\",\"exception\":\"E\",\"future\":\"f1\"}\n",
         "The loop's exception handler reports that nobody ever asked for the exception of a future: `E`."},
        {"%\"exception\",\"message\":\"unhandled exception during "
         "shutdown\",\"exception\":\"E\",\"future\":\"t1\"}\n",
         "The loop's exception handler reports: unhandled exception during shutdown, `E`."},
        {"%\"exception\",\"message\":\"something\"}\n", "The loop's exception handler reports: `something`."},
    };
    for (size_t k = 0; k < sizeof reports / sizeof *reports; k++) {
        char lines[1024];
        snprintf(
            lines, sizeof lines,
            "%%\"loop\",\"op\":\"new\"}\n%%\"task\",\"task\":\"t1\",\"name\":\"a\",\"coroutine\":\"a\"}\n"
            "%%\"future\",\"future\":\"f1\",\"of\":\"user\"}\n%s",
            reports[k][0]);
        Told told = told_new();
        char bytes[2048];
        size_t used = (size_t)snprintf(bytes, sizeof bytes, "%s", TOLD_HEADER);
        unsigned i = 0;
        for (const char *s = lines; *s; s++)
            used += (size_t)(*s == '%' ? snprintf(bytes + used, sizeof bytes - used,
                                                  "{\"i\":%u,\"ts\":0,\"ev\":", ++i)
                                       : snprintf(bytes + used, sizeof bytes - used, "%c", *s));
        assert_true(history_feed(told.history, bytes, used));
        assert_true(state_at(&told.state, told.history, i));
        why_tell(told.text, sizeof told.text, told.history, &told.state, i - 1, i, LANG_EN);
        if (strncmp(told.text, reports[k][1], strlen(reports[k][1])) != 0)
            fail_msg("%s", told.text);
        told_free(&told);
    }
}

static void every_word_is_there_in_both_languages(void **state)
{
    static const char *const made[] = {"Lock.acquire",
                                       "Event.wait",
                                       "Condition.wait",
                                       "Semaphore.acquire",
                                       "Queue.get",
                                       "Queue.put",
                                       "gather",
                                       "wait_for",
                                       "_cancel_and_wait",
                                       "shield",
                                       "TaskGroup",
                                       "TaskGroup.__aexit__",
                                       "wrap_future",
                                       "StreamReader._wait_for_data",
                                       "Server.serve_forever",
                                       "StreamReaderProtocol.__init__",
                                       "FlowControlMixin._drain_helper",
                                       "BaseSelectorEventLoop._accept_connection2"};
    static const char *const calls[] = {"Queue.join", "Barrier.wait", "as_completed", "Condition.wait_for"};
    static const char *const called[] = {"_release_waiter",
                                         "shield._outer_done_callback",
                                         "_chain_future._call_check_cancel",
                                         "BaseSelectorEventLoop._read_from_self",
                                         "BaseSelectorEventLoop._sock_connect_cb",
                                         "BaseSelectorEventLoop._sock_write_done",
                                         "BaseSelectorEventLoop._accept_connection",
                                         "_SelectorTransport._add_reader",
                                         "_SelectorSocketTransport._read_ready",
                                         "_SelectorSocketTransport._write_ready",
                                         "_SelectorSocketTransport._call_connection_lost",
                                         "StreamReaderProtocol.connection_made",
                                         "StreamReaderProtocol.connection_made.<locals>.callback",
                                         "_set_result_unless_cancelled",

                                         "gather._done_callback",
                                         "asyncio.tasks:gather.<locals>._done_callback",
                                         "Timeout._on_timeout",
                                         "TaskGroup._on_task_done",
                                         "as_completed.<locals>._on_completion",
                                         "_AsCompletedIterator._handle_completion",
                                         "shield._inner_done_callback",
                                         "_chain_future._set_state"};
    enum { MADE = sizeof made / sizeof *made, CALLS = sizeof calls / sizeof *calls };
    for (size_t k = 0; k < MADE + CALLS; k++) {
        const FutureWords *words = k < MADE ? words_of_future(made[k]) : words_of_call(calls[k - MADE]);
        assert_non_null(words);
        const char *const keys[] = {words->suspends, words->resumes, words->queued, words->waits};
        for (size_t n = 0; n < 4; n++)
            assert_true(lang_has(keys[n]));
        assert_true(words->wakes == NULL || lang_has(words->wakes));
    }
    for (size_t k = 0; k < sizeof called / sizeof *called; k++) {
        const CallbackWords *words = words_of_callback(called[k]);
        assert_non_null(words);
        const char *const keys[] = {words->handle, words->queued, words->called, words->woke};
        for (size_t n = 0; n < 4; n++)
            assert_true(lang_has(keys[n]));
        assert_true(words->joins == NULL || lang_has(words->joins));
    }
    assert_null(words_of_future("user"));
    assert_null(words_of_future(NULL));
    assert_null(words_of_callback("my_done_callback"));
    assert_null(words_of_callback(NULL));
}

static void as_completed_is_told_by_its_own_name(void **state)
{
    says("asyncio_completed", "**Task-3** 结束了，`as_completed` 的下一个就是它：**main** 于是排到队尾。",
         "**Task-3** has ended, so it is the next of `as_completed`, which puts **main** at the tail");
    never_says("asyncio_completed", "`wait` 的回调");
}

static void a_wait_whose_time_is_up_is_no_wait_for(void **state)
{
    says("asyncio_completed", "时间到了：`wait` 不再等，**main** 因此排到队尾。",
         "The time is up: `wait` waits no longer, which puts **main** at the tail of the ready queue.");
    never_says("asyncio_completed", "wait_for");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_wraps_a_coroutine_in_a_task_is_named),
        cmocka_unit_test(gather_counts_its_children),
        cmocka_unit_test(a_childs_failure_passes_through_gather_at_once),
        cmocka_unit_test(a_timeout_cancels_and_wait_for_waits_for_the_end),
        cmocka_unit_test(a_cancel_says_what_is_cancelled_with_it),
        cmocka_unit_test(of_a_future_that_is_cancelled_the_callbacks_that_queue_are_counted),
        cmocka_unit_test(a_second_cancel_is_counted),
        cmocka_unit_test(as_completed_is_told_by_its_own_name),
        cmocka_unit_test(a_wait_whose_time_is_up_is_no_wait_for),
        cmocka_unit_test(a_task_that_comes_to_its_end_has_not_ended),
        cmocka_unit_test(who_goes_on_and_leaves_its_block_is_told_to_leave_it),
        cmocka_unit_test(locks_are_handed_over),
        cmocka_unit_test(an_event_is_set_and_a_condition_notified),
        cmocka_unit_test(a_semaphore_has_places),
        cmocka_unit_test(what_the_program_called_is_what_is_told),
        cmocka_unit_test(a_wait_is_called_by_what_the_program_called),
        cmocka_unit_test(a_stream_waits_for_data),
        cmocka_unit_test(queues_wake_who_waits_for_an_item),
        cmocka_unit_test(who_waits_for_a_group_that_fails_is_cancelled_there_and_the_group_catches_it),
        cmocka_unit_test(a_group_cancels_the_others_and_waits_for_all),
        cmocka_unit_test(what_was_left_over_is_cancelled_together_and_waited_for),
        cmocka_unit_test(a_line_that_python_comes_back_to_is_the_end_of_its_block),
        cmocka_unit_test(timers_that_are_due_together_are_told_each_by_what_it_is),
        cmocka_unit_test(a_function_in_a_thread_leaves_the_loop_free),
        cmocka_unit_test(the_exception_handler_says_what_nobody_looked_at),
        cmocka_unit_test(what_the_handler_reports_otherwise_is_told_in_its_words),
        cmocka_unit_test(every_word_is_there_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
