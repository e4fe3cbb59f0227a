/*
 * The sentences: what is told of each kind of moment, in both languages.
 */
#include "told.h"

#include "phrase.h"

static void at_stop(const char *trace, uint32_t stop, const char *zh, const char *en)
{
    Told told = told_of(trace);
    assert_string_equal(told_stop(&told, stop, LANG_ZH), zh);
    assert_string_equal(told_stop(&told, stop, LANG_EN), en);
    told_free(&told);
}

static void the_first_task_is_wrapped_and_has_not_run(void **state)
{
    at_stop("03b_download_async", 9, "协程 **main** 被包成任务，放进就绪队列：它的函数体还一行都没有执行。",
            "The coroutine **main** is wrapped in a task and queued: not one line of its body has run yet.");
}

static void an_iteration_that_need_not_wait_names_who_is_queued(void **state)
{
    at_stop("03b_download_async", 38,
            "第 2 轮：不用等，就绪队列里已经有 **Task-2**、**Task-3**、**Task-4**。这一轮就运行这 3 "
            "个，新来的等下一轮。",
            "Iteration 2: no need to wait, **Task-2**, **Task-3** and **Task-4** are in the ready queue "
            "already. This iteration runs just these 3; newcomers wait for the next one.");
}

/* It was not in the queue when select only looked. */
static void a_timer_that_has_come_due_by_now_is_told_apart(void **state)
{
    Told told = told_from("\"ev\":\"loop\",\"op\":\"run\"\n"
                          "\"ev\":\"timer\",\"handle\":\"h2\",\"when\":0,\"callback\":\"late\"\n"
                          "\"ev\":\"task\",\"task\":\"t1\",\"name\":\"main\",\"coroutine\":\"main\"\n"
                          "\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"why\":"
                          "\"start\",\"task\":\"t1\"\n"
                          "\"ev\":\"iteration\",\"n\":2\n"
                          "\"ev\":\"select\",\"timeout\":0\n"
                          "\"ev\":\"selected\",\"n\":0\n"
                          "\"ev\":\"ready\",\"handle\":\"h2\",\"by\":\"timer\",\"what\":\"call\"\n"
                          "\"ev\":\"batch\",\"n\":2\n");
    assert_string_equal(
        told_range(&told, 4, 9, LANG_EN),
        "Iteration 2: no need to wait, the ready queue has **main** already. Also due by now, and queued "
        "behind: the timer of `late`. This iteration runs just these 2; newcomers wait for the next one.");
    assert_string_equal(told_range(&told, 4, 9, LANG_ZH),
                        "第 2 轮：不用等，就绪队列里已经有 **main**。`late` "
                        "的定时器也到期了，排在后面。这一轮就运行这 2 个，新来的等下一轮。");
    told_free(&told);
    told = told_from("\"ev\":\"loop\",\"op\":\"run\"\n"
                     "\"ev\":\"timer\",\"handle\":\"h2\",\"when\":0,\"callback\":\"late\"\n"
                     "\"ev\":\"iteration\",\"n\":2\n"
                     "\"ev\":\"select\",\"timeout\":0\n"
                     "\"ev\":\"selected\",\"n\":0\n"
                     "\"ev\":\"ready\",\"handle\":\"h2\",\"by\":\"timer\",\"what\":\"call\"\n"
                     "\"ev\":\"batch\",\"n\":1\n");
    assert_string_equal(
        told_range(&told, 2, 7, LANG_EN),
        "Iteration 2: no need to wait. Due already, and run in this iteration: the timer of `late`.");
    told_free(&told);
}

/* **b** waits for what **a** has; **c** for the same lock, or for another one, that **b** has all the while.
 */
#define LINE_FOR_A_LOCK(OF_C)                                                                            \
    "\"ev\":\"task\",\"task\":\"t1\",\"name\":\"a\",\"coroutine\":\"a\"\n"                               \
    "\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"why\":\"start\",\"task\":"   \
    "\"t1\"\n"                                                                                           \
    "\"ev\":\"task\",\"task\":\"t2\",\"name\":\"b\",\"coroutine\":\"b\"\n"                               \
    "\"ev\":\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\",\"why\":\"start\",\"task\":"   \
    "\"t2\"\n"                                                                                           \
    "\"ev\":\"task\",\"task\":\"t3\",\"name\":\"c\",\"coroutine\":\"c\"\n"                               \
    "\"ev\":\"ready\",\"handle\":\"h3\",\"by\":\"soon\",\"what\":\"step\",\"why\":\"start\",\"task\":"   \
    "\"t3\"\n"                                                                                           \
    "\"ev\":\"iteration\",\"n\":1\n"                                                                     \
    "\"ev\":\"batch\",\"n\":2\n"                                                                         \
    "\"ev\":\"run\",\"handle\":\"h2\",\"task\":\"t2\"\n"                                                 \
    "\"ev\":\"future\",\"future\":\"f1\",\"of\":\"Lock.acquire\",\"lock\":\"l1\"\n"                      \
    "\"ev\":\"ran\",\"handle\":\"h2\",\"task\":\"t2\",\"state\":\"waiting\",\"on\":\"f1\"\n"             \
    "\"ev\":\"run\",\"handle\":\"h3\",\"task\":\"t3\"\n"                                                 \
    "\"ev\":\"future\",\"future\":\"f2\",\"of\":\"Lock.acquire\",\"lock\":\"" OF_C "\"\n"                \
    "\"ev\":\"ran\",\"handle\":\"h3\",\"task\":\"t3\",\"state\":\"waiting\",\"on\":\"f2\"\n"             \
    "\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"\n"                                                 \
    "\"ev\":\"done\",\"future\":\"f1\",\"state\":\"done\",\"value\":\"True\"\n"                          \
    "\"ev\":\"ready\",\"handle\":\"h4\",\"by\":\"soon\",\"what\":\"wakeup\",\"task\":\"t2\",\"future\":" \
    "\"f1\"\n"                                                                                           \
    "\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"done\"\n"                              \
    "\"ev\":\"run\",\"handle\":\"h4\",\"task\":\"t2\"\n"                                                 \
    "\"ev\":\"done\",\"future\":\"f2\",\"state\":\"done\",\"value\":\"True\"\n"                          \
    "\"ev\":\"ready\",\"handle\":\"h5\",\"by\":\"soon\",\"what\":\"wakeup\",\"task\":\"t3\",\"future\":" \
    "\"f2\"\n"                                                                                           \
    "\"ev\":\"ran\",\"handle\":\"h4\",\"task\":\"t2\",\"state\":\"done\"\n"

static void who_wants_a_lock_is_told_who_has_it_or_stands_before(void **state)
{
    Told told = told_from(LINE_FOR_A_LOCK("l1"));
    assert_non_null(strstr(told_range(&told, 10, 11, LANG_EN),
                           "**b** wants the lock, which **a** has: **b** suspends until **a** lets it go."));
    assert_non_null(
        strstr(told_range(&told, 13, 14, LANG_EN),
               "**c** wants the lock, which is taken: **c** stands in line behind **b** and suspends."));
    assert_non_null(strstr(told_range(&told, 13, 14, LANG_ZH),
                           "**c** 想要锁，锁却被占着：**c** 排在 **b** 后面，挂起。"));
    told_free(&told);
    told = told_from(LINE_FOR_A_LOCK("l2"));
    assert_non_null(strstr(told_range(&told, 13, 14, LANG_EN), "**c** wants the lock, which **b** has"));
    told_free(&told);
}

/* Its line is lit, and how it came there was in no picture. */
static void who_goes_on_is_told_how_far(void **state)
{
    Told told =
        told_from("\"ev\":\"loop\",\"op\":\"run\"\n"
                  "\"ev\":\"task\",\"task\":\"t1\",\"name\":\"a\",\"coroutine\":\"a\"\n"
                  "\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"\n"
                  "\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"a\",\"task\":\"t1\"\n"
                  "\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"waiting\",\"on\":\"f1\"\n"
                  "\"ev\":\"run\",\"handle\":\"h2\",\"task\":\"t1\"\n"
                  "\"ev\":\"line\",\"source\":\"s1\",\"line\":3,\"function\":\"a\",\"task\":\"t1\"\n"
                  "\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"a\",\"task\":\"t1\"\n");
    assert_non_null(strstr(told_range(&told, 5, 7, LANG_EN), "**a** is now at line 3."));
    assert_non_null(strstr(told_range(&told, 5, 8, LANG_EN), "**a** has come round to line 2 again."));
    assert_non_null(strstr(told_range(&told, 5, 8, LANG_ZH), "**a** 走了一圈，又到了第 2 行。"));
    assert_null(strstr(told_range(&told, 5, 6, LANG_EN), "line"));
    told_free(&told);
}

static void two_callbacks_in_the_queue_are_told_each(void **state)
{
    at_stop("asyncio_leftovers", 136,
            "第 10 轮：不用等，就绪队列里已经有 **a** 的 `gather` 回调，还有 **b** 的 `gather` "
            "回调。这一轮就运行这 2 "
            "个，新来的等下一轮。",
            "Iteration 10: no need to wait, the `gather` callback of **a** and the `gather` callback of "
            "**b** are in the ready queue already. This iteration runs just these 2; newcomers wait for the "
            "next one.");
}

static void create_task_only_queues(void **state)
{
    at_stop("03b_download_async", 20,
            "**main** 用 `create_task` 建了任务 **Task-2**：它只是排到队尾，还没有运行。",
            "**main** makes the task **Task-2** with `create_task`: it only joins the tail of the ready "
            "queue and "
            "does not run yet.");
}

static void a_first_step_says_so_and_what_it_prints(void **state)
{
    at_stop("03b_download_async", 45,
            "**Task-2** 排到了队首：它第一次运行，函数体现在才开始。**Task-2** 打印了“`开始下载 "
            "1`”。现在到了第 4 行。",
            "**Task-2** was at the head of the ready queue: it runs for the first time, and only now does "
            "its body "
            "begin. "
            "**Task-2** prints “`开始下载 1`”. Now it is at line 4.");
}

/* The line that is lit is told, where it is not the one that printed. */
static void a_print_is_told_with_the_line_that_came_after_it(void **state)
{
    static const struct {
        const char *line, *says;
    } cases[] = {{"3", "**The main program** prints “`a`”."},
                 {"4", "**The main program** prints “`a`”. Now it is at line 4."},
                 {"2", "**The main program** prints “`a`”. Now it leaves the block of line 2."}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char events[1024];
        snprintf(events, sizeof events,
                 "\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\","
                 "\"text\":\"import b\\nwith b:\\n    print('a')\\nprint()\\n\"\n"
                 "\"ev\":\"line\",\"source\":\"s1\",\"line\":3,\"function\":\"<module>\"\n"
                 "\"ev\":\"output\",\"fd\":1,\"text\":\"a\\n\"\n"
                 "\"ev\":\"line\",\"source\":\"s1\",\"line\":%s,\"function\":\"<module>\"\n"
                 "\"ev\":\"future\",\"future\":\"f1\",\"of\":\"user\"\n",
                 cases[k].line);
        Told told = told_from(events);
        assert_string_equal(told_range(&told, 1, 5, LANG_EN), cases[k].says);
        told_free(&told);
    }
}

static void a_sleep_suspends_with_a_timer_and_names_the_next(void **state)
{
    at_stop("03b_download_async", 46,
            "**Task-2** 在 `sleep(1)` 挂起：定时器定在 1 秒以后，这段时间里线程可以运行别人。接下来轮到 "
            "**Task-3**。",
            "**Task-2** suspends at `sleep(1)`: a timer is set for 1 s from now, and until then the thread "
            "is free for others. "
            "Next is **Task-3**.");
}

static void select_says_how_long_and_for_whom(void **state)
{
    at_stop(
        "03b_download_async", 64,
        "没有谁就绪，循环在 `select` 里睡 1 秒，直到 **Task-2**、**Task-3**、**Task-4** 的 `sleep(1)` "
        "同时到期。",
        "Nobody is ready, so the loop sleeps in `select` for 1 s, until the `sleep(1)` timers of **Task-2**, "
        "**Task-3** and **Task-4** are due together.");
    at_stop("14b_future_ex1_resolved", 24,
            "没有谁就绪，循环在 `select` 里睡 1 秒，直到最近的定时器，它会调用 `set_result`。",
            "Nobody is ready, so the loop sleeps in `select` for 1 s, until the nearest timer, which calls "
            "`set_result`.");
}

static void a_thread_that_knocks_ends_the_sleep_and_it_is_no_socket(void **state)
{
    Told told = told_from(
        "\"ev\":\"loop\",\"op\":\"new\"\n"
        "\"ev\":\"timer\",\"handle\":\"h1\",\"when\":1000000000\n"
        "\"ev\":\"iteration\",\"n\":1\n"
        "\"ev\":\"select\",\"timeout\":1000000000\n"
        "\"ev\":\"ready\",\"handle\":\"h2\",\"by\":\"thread\",\"what\":\"call\",\"callback\":\"f\"\n"
        "\"ev\":\"selected\",\"n\":1\n"
        "\"ev\":\"ready\",\"handle\":\"h3\",\"by\":\"io\",\"what\":\"call\",\"callback\":\"g\"\n"
        "\"ev\":\"batch\",\"n\":2\n");
    assert_non_null(
        strstr(told_range(&told, 3, 4, LANG_EN), "Another thread may wake it earlier, by a knock."));
    assert_non_null(strstr(told_range(&told, 4, 8, LANG_EN), "handed over a callback and knocked"));
    told_free(&told);
}

static void coroutine_objects_made_in_a_row_are_counted(void **state)
{
    static const char text[] = "\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"f\"\n"
                               "\"ev\":\"coroutine\",\"coroutine\":\"k2\",\"name\":\"f\"\n"
                               "\"ev\":\"coroutine\",\"coroutine\":\"k3\",\"name\":\"g\"\n";
    Told told = told_from(text);
    assert_string_equal(
        told_range(&told, 0, 2, LANG_EN),
        "Calling `f()` 2 times only makes 2 coroutine objects: not one line of the body runs.");
    assert_string_equal(told_range(&told, 0, 3, LANG_EN),
                        "These calls only make 3 coroutine objects: not one line of a body runs.");
    assert_string_equal(told_range(&told, 2, 3, LANG_EN),
                        "Calling `g()` only makes a coroutine object: not one line of its body runs.");
    told_free(&told);
}

static void a_sleep_that_io_ends_may_end_earlier(void **state)
{
    static const char events[] = "\"ev\":\"loop\",\"op\":\"new\"\n"
                                 "\"ev\":\"timer\",\"handle\":\"h1\",\"when\":1000000000\n"
                                 "\"ev\":\"iteration\",\"n\":1\n"
                                 "\"ev\":\"select\",\"timeout\":1000000000\n"
                                 "\"ev\":\"selected\",\"n\":%d\n";
    for (int n = 0; n < 2; n++) {
        char text[512];
        snprintf(text, sizeof text, events, n);
        Told told = told_from(text);
        assert_true((strstr(told_range(&told, 3, 4, LANG_ZH), "套接字一有动静，它就提前醒来。") != NULL) ==
                    (n > 0));
        assert_true((strstr(told_range(&told, 3, 4, LANG_EN), "timer. A socket may") != NULL) == (n > 0));
        told_free(&told);
    }
}

static void what_a_program_shows_is_told(void **state)
{
    Told told = told_from("\"ev\":\"progress\",\"name\":\"sun\",\"done\":5,\"total\":10\n"
                          "\"ev\":\"picture\",\"name\":\"sun\",\"data\":\"\"\n");
    assert_string_equal(told_range(&told, 0, 1, LANG_ZH), "进度：`sun` 到了 5/10。");
    assert_string_equal(told_range(&told, 0, 1, LANG_EN), "Progress: `sun` is at 5 of 10.");
    assert_string_equal(told_range(&told, 1, 2, LANG_ZH), "程序有了一张图片：`sun`。");
    assert_string_equal(told_range(&told, 1, 2, LANG_EN), "The program has a picture now: `sun`.");
    told_free(&told);
}

static void a_timer_completes_a_future_which_queues_its_waiter(void **state)
{
    at_stop("03b_download_async", 73,
            "**Task-2** 的 `sleep(1)` 到期：定时器的回调让 future 完成，**Task-2** 于是排到队尾。"
            "接下来是 **Task-3** 的 `sleep(1)` 定时器。",
            "The `sleep(1)` of **Task-2** is over: the timer's callback completes the future, which puts "
            "**Task-2** at the tail of the ready queue. Next is the `sleep(1)` timer of **Task-3**.");
}

static void who_is_first_in_the_queue_is_resumed_first_and_the_others_wait(void **state)
{
    at_stop(
        "03b_download_async", 89,
        "**Task-2** 的 `sleep(1)` 到期，**Task-2** 排在就绪队列最前面，所以循环现在恢复它。"
        "**Task-3**、**Task-4** 也就绪了，但只能等 **Task-2** 让出。**Task-2** 打印了“`下载完成 1`”。",
        "The `sleep(1)` of **Task-2** is over and **Task-2** was at the head of the ready queue, so the loop "
        "resumes "
        "it now. "
        "**Task-3** and **Task-4** are ready too, but have to wait until **Task-2** gives way. **Task-2** "
        "prints “`下载完成 1`”.");
}

static void wait_counts_what_is_still_to_come(void **state)
{
    at_stop("03b_download_async", 112,
            "**Task-2** 结束了，`wait` 的回调记下这一个，还要再记 2 个。接下来是 **Task-3** 的 `wait` 回调。",
            "**Task-2** has ended, and the callback of `wait` counts it: 2 more to count. Next is the `wait` "
            "callback of **Task-3**.");
    at_stop("03b_download_async", 118,
            "**Task-4** 结束了，`wait` 的条件满足：`wait` 的 future 完成，**main** "
            "于是排到队尾。这一轮运行完了。",
            "**Task-4** has ended, and that was all `wait` needed: the future of `wait` is done, which puts "
            "**main** "
            "at the tail of the ready queue. This iteration is over.");
}

static void a_task_s_end_wakes_the_task_that_awaits_it(void **state)
{
    at_stop("15_future_ex2", 52, "**set_after** 运行到底，等着它的 **main** 因此排到队尾。",
            "**set_after** comes to its end, which puts **main** at the tail of the ready queue.");
    at_stop("15_future_ex2", 61,
            "**set_after** 已经结束，等它的 **main** 排到队首，拿着结果从 `await` 那里继续。**main** "
            "打印了“`666`”。",
            "**set_after** has ended, and **main**, which waited for it, was next: it goes on from its "
            "`await` with the result. **main** prints “`666`”.");
}

static void the_end_of_main_stops_the_loop(void **state)
{
    at_stop("03b_download_async", 134,
            "**main** 结束了，它的完成回调调用 `loop.stop()`：这一轮运行完，循环停下了。",
            "**main** has ended, and its callback calls `loop.stop()`: with this iteration the loop has "
            "stopped.");
}

static void run_s_shutdown_is_told_in_a_sentence_each(void **state)
{
    at_stop(
        "03b_download_async", 154,
        "`asyncio.run` 收尾：再用一个任务 `shutdown_asyncgens` 关掉还开着的异步生成器。这要占两轮循环。",
        "`asyncio.run` tidies up: one more task, `shutdown_asyncgens`, closes asynchronous generators that "
        "are still open. "
        "That takes two iterations.");
}

static void a_blocking_call_holds_the_whole_loop(void **state)
{
    at_stop("03c_download_blocking_in_async", 43,
            "**Task-2** 调用了阻塞的 `time.sleep`：线程停住 1 秒，循环和别的任务谁也动不了。",
            "**Task-2** makes the blocking call `time.sleep`: the thread stands still for 1 s, and neither "
            "the loop nor any "
            "other task can move.");
}

static void an_exception_stays_in_its_task(void **state)
{
    Told told = told_of("15b_future_ex2_hidden_hang");
    assert_string_equal(
        told_stop(&told, 52, LANG_ZH),
        "**set_after** 以异常结束：`AttributeError: '_asyncio.Future' object has no attribute 'set_after'`。"
        "异常留在任务里，谁来要，就给谁。这一轮运行完了。");
    told_free(&told);
}

static void stuck_names_who_waits_for_what(void **state)
{
    at_stop("14a_future_ex1_hang", 24,
            "卡住了：没有谁就绪，没有定时器，也没有 I/O，再也没有什么能唤醒循环。**main** 在等 "
            "`future`，可没有人会完成它。",
            "Stuck: nobody is ready, there is no timer and no I/O, so nothing can ever wake the loop. "
            "**main** waits for `future`, and nobody will complete it.");
}

static void an_iteration_is_summed_up(void **state)
{
    Told told = told_of("03b_download_async");
    const Iteration *third = history_iteration(told.history, 2), *fourth = history_iteration(told.history, 3);
    assert_string_equal(told_range(&told, third->from - 1, fourth->from - 1, LANG_ZH),
                        "第 3 轮：先在 `select` 里等了 1 秒，然后运行了就绪队列里的 3 个。"
                        "被唤醒、排进队列的：**Task-2**、**Task-3**、**Task-4**。");
    assert_string_equal(
        told_range(&told, fourth->from - 1, 106, LANG_EN),
        "Iteration 4 runs 3 from the ready queue. Ended: **Task-2**, **Task-3** and **Task-4**.");
    told_free(&told);
}

#define HAND                                                               \
    "\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"f\"\n"           \
    "\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"\n"                    \
    "\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k0\",\"value\":\"7\"\n"    \
    "\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"\n"                    \
    "\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k0\",\"value\":\"None\"\n" \
    "\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"\n"                    \
    "\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k0\",\"value\":\"None\",\"done\":true\n"

static void coroutines_driven_by_hand_begin_yield_pause_and_end(void **state)
{
    Told told = told_from(HAND);
    assert_string_equal(told_stop(&told, 1, LANG_EN),
                        "**f** is made and stands at its beginning: not one line of its body has run.");
    assert_string_equal(told_stop(&told, 2, LANG_EN),
                        "**The main program** calls `next` on **f** for the first time and stands still: "
                        "only now does the body begin.");
    assert_string_equal(told_stop(&told, 3, LANG_ZH),
                        "**f** 用 `yield` 交出 `7`，停在原处；控制权回到**主程序**。");
    assert_string_equal(told_stop(&told, 4, LANG_EN),
                        "**The main program** calls `next` and stands still: **f** goes on from the `yield` "
                        "where it stopped.");
    assert_string_equal(told_stop(&told, 5, LANG_ZH),
                        "**f** 用 `yield` 让出，停在原处；控制权回到**主程序**。");
    assert_string_equal(told_stop(&told, 7, LANG_ZH), "**f** 运行到底，控制权回到**主程序**。");
    told_free(&told);
}

static void a_greenlet_is_switched_to_and_no_next_is_called(void **state)
{
    Told told =
        told_from("\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"f\"\n"
                  "\"ev\":\"coroutine\",\"coroutine\":\"k2\",\"name\":\"g\"\n"
                  "\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"\n"
                  "\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k2\"\n"
                  "\"ev\":\"switch\",\"from\":\"k2\",\"to\":\"k1\"\n"
                  "\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k0\",\"value\":\"None\",\"done\":true\n");
    assert_string_equal(told_stop(&told, 3, LANG_EN), "**The main program** switches to **f**, which begins "
                                                      "to run; **the main program** stops where it is.");
    assert_string_equal(told_stop(&told, 5, LANG_ZH), "**g** 切换到 **f**，自己停在原处，等谁再切回来。");
    told_free(&told);
}

static void a_generator_in_yield_from_hands_down_next_and_passes_up_values(void **state)
{
    Told told = told_from("\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"f\"\n"
                          "\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"\n"
                          "\"ev\":\"coroutine\",\"coroutine\":\"k2\",\"name\":\"g\"\n"
                          "\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k2\"\n"
                          "\"ev\":\"switch\",\"from\":\"k2\",\"to\":\"k1\",\"value\":\"3\"\n"
                          "\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k0\",\"value\":\"3\"\n"
                          "\"ev\":\"switch\",\"from\":\"k0\",\"to\":\"k1\"\n"
                          "\"ev\":\"switch\",\"from\":\"k1\",\"to\":\"k2\"\n");
    assert_string_equal(told_stop(&told, 4, LANG_EN),
                        "`yield from`: **f** stops here, and **g** begins to run.");
    assert_string_equal(told_stop(&told, 5, LANG_EN),
                        "**g** yields `3` and stops where it is; control is back with **f**.");
    assert_string_equal(told_stop(&told, 6, LANG_ZH),
                        "**f** 把 `3` 原样转交上去，自己仍停在 `yield from`；控制权回到**主程序**。");
    assert_string_equal(told_stop(&told, 8, LANG_EN),
                        "**f** stands at its `yield from` and hands this `next` down to **g**.");
    told_free(&told);
}

static void a_mark_tells_its_name_and_where_the_program_is(void **state)
{
    Told told = told_from("\"ev\":\"source\",\"source\":\"s1\",\"name\":\"a.py\",\"language\":\"python\","
                          "\"text\":\"x = 1\\nready.append(x)  # tail\\n\"\n"
                          "\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"<module>\"\n"
                          "\"ev\":\"mark\",\"name\":\"queued\"\n"
                          "\"ev\":\"mark\",\"name\":\"again\"\n");
    assert_string_equal(told_stop(&told, 3, LANG_EN),
                        "queued: **the main program** is at line 2, `ready.append(x)`.");
    assert_string_equal(told_stop(&told, 3, LANG_ZH), "queued：**主程序**走到第 2 行，`ready.append(x)`。");
    assert_string_equal(told_stop(&told, 4, LANG_EN), "The program marks this moment: again.");
    told_free(&told);
}

static void a_call_and_its_output_name_the_function(void **state)
{
    Told told = told_from("\"ev\":\"enter\",\"function\":\"func1\",\"source\":\"s1\",\"line\":9\n"
                          "\"ev\":\"line\",\"source\":\"s1\",\"line\":2,\"function\":\"func1\"\n"
                          "\"ev\":\"output\",\"fd\":1,\"text\":\"1\\n\"\n"
                          "\"ev\":\"leave\",\"function\":\"func1\",\"source\":\"s1\",\"line\":9\n"
                          "\"ev\":\"line\",\"source\":\"s1\",\"line\":10,\"function\":\"<module>\"\n"
                          "\"ev\":\"output\",\"fd\":1,\"text\":\"2\\n\"\n");
    assert_string_equal(told_stop(&told, 1, LANG_ZH), "调用 `func1`：调用它的人停下来等，直到它返回。");
    assert_string_equal(told_stop(&told, 3, LANG_ZH), "**func1** 打印了“`1`”。");
    assert_string_equal(told_stop(&told, 4, LANG_ZH), "`func1` 返回，回到调用它的那一行。");
    assert_string_equal(told_stop(&told, 6, LANG_ZH), "**主程序**打印了“`2`”。");
    told_free(&told);
}

static void a_coroutine_object_that_is_dropped_says_that_nothing_ran(void **state)
{
    Told told =
        told_from("\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"func\"\n"
                  "\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"func\",\"never_awaited\":true\n");
    assert_string_equal(told_stop(&told, 1, LANG_ZH),
                        "调用 `func()` 只造出一个协程对象：函数体一行也没有运行。");
    assert_string_equal(told_stop(&told, 2, LANG_ZH),
                        "协程对象 `func` 从没有被 `await` 就丢掉了：它的函数体一行也没有运行过。");
    told_free(&told);
}

#define QUEUE                                                                                       \
    "\"ev\":\"loop\",\"op\":\"new\"\n"                                                              \
    "\"ev\":\"task\",\"task\":\"t1\",\"name\":\"a\",\"coroutine\":\"a\"\n"                          \
    "\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":" \
    "\"start\"\n"                                                                                   \
    "\"ev\":\"task\",\"task\":\"t2\",\"name\":\"b\",\"coroutine\":\"b\"\n"                          \
    "\"ev\":\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t2\",\"why\":" \
    "\"start\"\n"                                                                                   \
    "\"ev\":\"iteration\",\"n\":1\n"                                                                \
    "\"ev\":\"select\",\"timeout\":0\n"                                                             \
    "\"ev\":\"selected\",\"n\":0\n"                                                                 \
    "\"ev\":\"batch\",\"n\":2\n"                                                                    \
    "\"ev\":\"run\",\"handle\":\"h1\",\"task\":\"t1\"\n"

static void a_turn_given_away_and_taken_again(void **state)
{
    Told told = told_from(
        QUEUE "\"ev\":\"ready\",\"handle\":\"h3\",\"by\":\"soon\",\"what\":\"step\",\"task\":\"t1\",\"why\":"
              "\"yield\"\n"
              "\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"ready\"\n"
              "\"ev\":\"run\",\"handle\":\"h2\",\"task\":\"t2\"\n"
              "\"ev\":\"done\",\"future\":\"t2\",\"state\":\"done\",\"value\":\"7\"\n"
              "\"ev\":\"ran\",\"handle\":\"h2\",\"task\":\"t2\",\"state\":\"done\",\"value\":\"7\"\n"
              "\"ev\":\"iteration\",\"n\":2\n"
              "\"ev\":\"select\",\"timeout\":0\n"
              "\"ev\":\"selected\",\"n\":0\n"
              "\"ev\":\"batch\",\"n\":1\n"
              "\"ev\":\"run\",\"handle\":\"h3\",\"task\":\"t1\"\n"
              "\"ev\":\"line\",\"source\":\"s1\",\"line\":3,\"function\":\"a\",\"task\":\"t1\"\n");
    assert_string_equal(told_stop(&told, 12, LANG_ZH),
                        "**a** 让出一轮：它回到队尾，下一轮再继续。接下来轮到 **b**。");
    assert_string_equal(told_stop(&told, 15, LANG_ZH),
                        "**b** 结束了，返回值是 `7`。它不会再运行。这一轮运行完了。");
    assert_string_equal(told_stop(&told, 21, LANG_ZH), "**a** 上次让出后排回了队尾，现在又轮到它。");
    told_free(&told);
}

static void a_cancel_before_the_first_step_says_that_the_body_never_runs(void **state)
{
    Told told = told_from(
        QUEUE "\"ev\":\"cancel\",\"task\":\"t2\",\"how\":\"flag\",\"count\":1\n"
              "\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"done\",\"value\":\"None\"\n"
              "\"ev\":\"run\",\"handle\":\"h2\",\"task\":\"t2\",\"throw\":\"CancelledError\"\n"
              "\"ev\":\"done\",\"future\":\"t2\",\"state\":\"cancelled\"\n"
              "\"ev\":\"ran\",\"handle\":\"h2\",\"task\":\"t2\",\"state\":\"cancelled\"\n");
    assert_string_equal(told_stop(&told, 11, LANG_ZH),
                        "**a** 取消 **b**：先记下来，它下次运行时会收到 `CancelledError`。");
    assert_string_equal(told_range(&told, 12, 13, LANG_ZH),
                        "**b** 还没开始就被取消了：函数体一行也不会执行。");
    assert_string_equal(
        told_stop(&told, 15, LANG_EN),
        "**b** has ended with `CancelledError`: the task is cancelled. This iteration is over.");
    told_free(&told);
}

static void an_exception_that_nobody_retrieved_is_reported(void **state)
{
    Told told = told_from(
        QUEUE
        "\"ev\":\"ran\",\"handle\":\"h1\",\"task\":\"t1\",\"state\":\"failed\",\"value\":\"KeyError: 1\"\n"
        "\"ev\":\"exception\",\"message\":\"Task exception was never retrieved\",\"exception\":\"KeyError: "
        "1\",\"future\":\"t1\"\n");
    assert_string_equal(told_stop(&told, 12, LANG_ZH),
                        "循环的异常处理器报告：**a** 的异常一直没有人来取，`KeyError: 1`。");
    told_free(&told);
}

/** Every event by itself, every beat and every iteration has a sentence without a hole in it. */
static void any_step_of_any_recording_has_a_whole_sentence(void **state)
{
    static const char *const names[] = {
        "01_func1_func2_sync",
        "02a_greenlet",
        "02b_yield",
        "02b2_yield_scheduler",
        "02c_asyncio_coroutine",
        "02d_async_await",
        "03a_download_sync",
        "03b_download_async",
        "03c_download_blocking_in_async",
        "04_pseudo_loop",
        "05_run_until_complete",
        "06_coroutine_object",
        "07_quick_start",
        "08_await_ex1",
        "09_await_ex2",
        "10_await_ex3",
        "11_task_ex1",
        "12_task_ex2",
        "13_task_ex3",
        "14a_future_ex1_hang",
        "14b_future_ex1_resolved",
        "15_future_ex2",
        "15b_future_ex2_hidden_hang",
    };
    static const uint32_t steps[] = {1, 2, 7, 40, 100000};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        Told told = told_of(names[n]);
        for (uint32_t until = 1; until <= history_count(told.history); until++)
            for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
                for (int language = 0; language < LANGUAGES; language++) {
                    uint32_t from = until > steps[k] ? until - steps[k] : 0;
                    const char *text = told_range(&told, from, until, (Language)language);
                    if (!*text || strchr(text, '{') == text || strstr(text, "``") || strstr(text, "****") ||
                        strstr(text, "why."))
                        fail_msg("%s, %u to %u: %s", names[n], from, until, text);
                }
        told_free(&told);
    }
}

static void before_the_first_event_there_is_a_sentence_too(void **state)
{
    Told told = told_of("07_quick_start");
    assert_string_equal(told_range(&told, 0, 0, LANG_EN),
                        "The program has not started. Press → for the first step.");
    told_free(&told);
}

static void a_sentence_is_cut_at_a_character_and_always_terminated(void **state)
{
    Told told = told_of("03b_download_async");
    char whole[512], cut[512];
    assert_true(state_at(&told.state, told.history, 89));
    why_tell(whole, sizeof whole, told.history, &told.state, 85, 89, LANG_ZH);
    for (size_t size = 0; size < strlen(whole); size++) {
        memset(cut, 'x', sizeof cut);
        size_t length = why_tell(cut, size, told.history, &told.state, 85, 89, LANG_ZH);
        assert_true(size == 0 || length == strlen(cut));
        assert_true(size == 0 ? cut[0] == 'x' : length < size);
        assert_memory_equal(cut, whole, size ? length : 0);
        assert_true((whole[length] & 0xc0) != 0x80 || size == 0);
    }
    told_free(&told);
}

static void marks_in_a_program_s_own_text_do_no_harm(void **state)
{
    char text[128];
    Phrase phrase = phrase_start(text, sizeof text, LANG_EN);
    SAY(&phrase, "why.output", {"task", "f"}, {"text", "a `b` **c** {task}\nd\n"});
    assert_string_equal(text, "**f** prints “`a 'b' ∗*c∗* {task} d`”.");
}

static void a_chinese_sentence_closes_up_around_chinese_but_not_inside_what_was_printed(void **state)
{
    char text[256];
    Phrase phrase = phrase_start(text, sizeof text, LANG_ZH);
    SAY(&phrase, "why.output", {"task", "任务"}, {"text", "得到 干完了"});
    assert_non_null(strstr(text, "得到 干完了"));
    assert_null(strstr(text, "任务** 打"));
    phrase = phrase_start(text, sizeof text, LANG_ZH);
    SAY(&phrase, "why.output", {"task", "main"}, {"text", "ok"});
    assert_non_null(strstr(text, "main** 打"));
}

static void a_long_text_is_cut_in_its_slot(void **state)
{
    char text[512], big[400];
    memset(big, 'x', sizeof big - 1);
    big[sizeof big - 1] = '\0';
    Phrase phrase = phrase_start(text, sizeof text, LANG_EN);
    SAY(&phrase, "why.output", {"task", "f"}, {"text", big});
    assert_true(strlen(text) < 200);
    assert_non_null(strstr(text, "x…`”."));
}

static void expect_killed(int code, const char *zh, const char *en)
{
    char events[128];
    snprintf(events, sizeof events, "\"ev\":\"end\",\"why\":\"killed\",\"code\":%d", code);
    Told told = told_from(events);
    assert_string_equal(told_stop(&told, 1, LANG_ZH), zh);
    assert_string_equal(told_stop(&told, 1, LANG_EN), en);
    told_free(&told);
}

static void a_crash_is_told_by_what_the_program_did(void **state)
{
    expect_killed(139, "程序崩溃了：它用了不属于它的内存（SIGSEGV）。",
                  "The program crashed: it used memory that is not its own (SIGSEGV).");
    expect_killed(136, "程序崩溃了：它除以了零（SIGFPE）。",
                  "The program crashed: it divided by zero (SIGFPE).");
    expect_killed(143, "程序被强行终止了。", "The program was killed.");
}

static void a_trace_that_was_cut_at_its_limit_says_that_the_program_went_on(void **state)
{
    Told told = told_from("\"ev\":\"end\",\"why\":\"limit\"");
    assert_string_equal(told_stop(&told, 1, LANG_ZH),
                        "记录到了上限，就到这里为止：程序接着运行，后面的事没有记下来。");
    assert_string_equal(told_stop(&told, 1, LANG_EN),
                        "The trace has reached its limit and ends here: the program went on, and what it did "
                        "then is not recorded.");
    assert_false(told.state.ended);
    told_free(&told);
    told = told_from("\"ev\":\"end\",\"why\":\"exit\"");
    told_stop(&told, 1, LANG_EN);
    assert_true(told.state.ended);
    told_free(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chinese_sentence_closes_up_around_chinese_but_not_inside_what_was_printed),
        cmocka_unit_test(the_first_task_is_wrapped_and_has_not_run),
        cmocka_unit_test(an_iteration_that_need_not_wait_names_who_is_queued),
        cmocka_unit_test(a_timer_that_has_come_due_by_now_is_told_apart),
        cmocka_unit_test(who_wants_a_lock_is_told_who_has_it_or_stands_before),
        cmocka_unit_test(who_goes_on_is_told_how_far),
        cmocka_unit_test(two_callbacks_in_the_queue_are_told_each),
        cmocka_unit_test(create_task_only_queues),
        cmocka_unit_test(a_first_step_says_so_and_what_it_prints),
        cmocka_unit_test(a_print_is_told_with_the_line_that_came_after_it),
        cmocka_unit_test(a_sleep_suspends_with_a_timer_and_names_the_next),
        cmocka_unit_test(select_says_how_long_and_for_whom),
        cmocka_unit_test(a_sleep_that_io_ends_may_end_earlier),
        cmocka_unit_test(a_thread_that_knocks_ends_the_sleep_and_it_is_no_socket),
        cmocka_unit_test(coroutine_objects_made_in_a_row_are_counted),
        cmocka_unit_test(what_a_program_shows_is_told),
        cmocka_unit_test(a_timer_completes_a_future_which_queues_its_waiter),
        cmocka_unit_test(who_is_first_in_the_queue_is_resumed_first_and_the_others_wait),
        cmocka_unit_test(wait_counts_what_is_still_to_come),
        cmocka_unit_test(a_task_s_end_wakes_the_task_that_awaits_it),
        cmocka_unit_test(the_end_of_main_stops_the_loop),
        cmocka_unit_test(run_s_shutdown_is_told_in_a_sentence_each),
        cmocka_unit_test(a_blocking_call_holds_the_whole_loop),
        cmocka_unit_test(an_exception_stays_in_its_task),
        cmocka_unit_test(stuck_names_who_waits_for_what),
        cmocka_unit_test(an_iteration_is_summed_up),
        cmocka_unit_test(coroutines_driven_by_hand_begin_yield_pause_and_end),
        cmocka_unit_test(a_greenlet_is_switched_to_and_no_next_is_called),
        cmocka_unit_test(a_generator_in_yield_from_hands_down_next_and_passes_up_values),
        cmocka_unit_test(a_mark_tells_its_name_and_where_the_program_is),
        cmocka_unit_test(a_call_and_its_output_name_the_function),
        cmocka_unit_test(a_coroutine_object_that_is_dropped_says_that_nothing_ran),
        cmocka_unit_test(a_turn_given_away_and_taken_again),
        cmocka_unit_test(a_cancel_before_the_first_step_says_that_the_body_never_runs),
        cmocka_unit_test(an_exception_that_nobody_retrieved_is_reported),
        cmocka_unit_test(any_step_of_any_recording_has_a_whole_sentence),
        cmocka_unit_test(before_the_first_event_there_is_a_sentence_too),
        cmocka_unit_test(a_sentence_is_cut_at_a_character_and_always_terminated),
        cmocka_unit_test(a_crash_is_told_by_what_the_program_did),
        cmocka_unit_test(a_trace_that_was_cut_at_its_limit_says_that_the_program_went_on),
        cmocka_unit_test(marks_in_a_program_s_own_text_do_no_harm),
        cmocka_unit_test(a_long_text_is_cut_in_its_slot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
