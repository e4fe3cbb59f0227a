/*
 * Other orders than asyncio's: --schedule runs one, --explore runs them all, and what it found comes again.
 */
#include "window/shell.h"

/* Each test has a cache of its own, in its folder. */
static int make_folder(void **state)
{
    int made = shell_make_folder(state);
    char cache[128];
    snprintf(cache, sizeof cache, "%s/cache", folder);
    setenv("XDG_CACHE_HOME", cache, 1);
    return made;
}

/* So many tasks, each of which says which it is. */
static void write_speakers(int count)
{
    char text[1024];
    snprintf(text, sizeof text,
             "#include <loop.h>\n"
             "#include <stdio.h>\n"
             "static int runs;\n"
             "static Value speak(Value number)\n"
             "{\n"
             "    printf(\"%%d \", (int)number.integer);\n"
             "    return NONE;\n"
             "}\n"
             "static Value work(Value none)\n"
             "{\n"
             "    Task *tasks[%d];\n"
             "    for (int k = 0; k < %d; k++)\n"
             "        tasks[k] = task_create(coroutine(speak, value_int(k)));\n"
             "    for (int k = 0; k < %d; k++)\n"
             "        TRY(await_task(tasks[k]));\n"
             "    printf(\"run %%d\\n\", ++runs);\n"
             "    return NONE;\n"
             "}\n"
             "int main(void)\n"
             "{\n"
             "    return value_failed(loop_run(coroutine(work, NONE)));\n"
             "}\n",
             count, count, count);
    write_file("my.c", text);
}

static void assert_out(const char *part)
{
    if (!strstr(out, part))
        fail_msg("'%s' is not in: %s", part, out);
}

static void assert_refused(int status, const char *command, const char *part)
{
    int got = sh("%s", command);
    assert_one_line(part);
    assert_int_equal(got, status);
    assert_string_equal(out, "");
}

/* --------------------------------------------------------------------------------------- one schedule ----
 */

static void fifo_is_asyncios_order(void **state)
{
    assert_int_equal(sh("looprun 18 --trace a && looprun 18 --trace b --schedule fifo && cmp a b"), 0);
    assert_int_equal(sh("head -n 1 b"), 0);
    assert_out("\"order\":\"canonical\"");
}

static void lifo_runs_the_last_first_and_the_trace_says_so(void **state)
{
    assert_int_equal(sh("looprun 8 --schedule lifo --trace t"), 0);
    assert_out("开始下载 3\n开始下载 2\n开始下载 1\n");
    assert_int_equal(sh("head -n 1 t"), 0);
    assert_out("\"order\":\"schedule lifo\"");
}

static void a_seed_gives_the_same_order_each_time(void **state)
{
    assert_int_equal(
        sh("looprun 8 --schedule random:7 --trace a && looprun 8 --schedule random:7 --trace b && "
           "cmp a b && head -n 1 a"),
        0);
    assert_out("\"order\":\"schedule random:7\"");
    assert_int_equal(
        sh("for s in 1 2 3 4 5 6 7 8 9; do looprun 8 --schedule random:$s | md5sum; done | sort -u "
           "| wc -l"),
        0);
    assert_true(strtol(out, NULL, 10) > 1);
}

static void words_that_are_no_schedule_are_refused(void **state)
{
    assert_refused(2, "looprun 8 --schedule random", "random:42");
    assert_refused(2, "looprun 8 --schedule random:x", "random:x");
    assert_refused(2, "looprun 8 --schedule random:99999999999999999999", "whole number");
    assert_refused(4, "looprun 8 --schedule fiffo", "fifo, lifo, random:SEED or a file");
    assert_refused(2, "looprun 23 --schedule lifo", "a recording");
    write_file("my.py", "print(1)\n");
    assert_refused(2, "looprun my.py --schedule lifo", "Python");
    assert_refused(2, "looprun my.py --explore", "Python");
    assert_refused(2, "looprun 8 --bound 3", "--explore");
    assert_refused(2, "looprun 8 --save s", "--explore");
    assert_refused(2, "looprun 8 --explore --schedule lifo", "--schedule");
    assert_refused(2, "looprun 8 --explore --trace t", "--trace");
    assert_refused(2, "looprun 8 --explore --real", "--real");
    assert_refused(2, "looprun 8 --explore --bound 0", "--bound");
    assert_refused(2, "looprun 8 --explore --bound 1x", "--bound");
}

/* --------------------------------------------------------------------------------------------- files ---- */

static void save_both_of_the_race(void)
{
    assert_int_equal(sh("looprun 50 --explore --save s"), 1);
    assert_out("race: 2 outcomes in 8 orders, all there are\n");
    assert_out("again: looprun race --schedule s/race-2.schedule\n");
}

static void a_saved_schedule_replays_exactly(void **state)
{
    save_both_of_the_race();
    assert_int_equal(sh("looprun 50 --schedule s/race-1.schedule --trace a1 | tail -n 1"), 0);
    assert_string_equal(out, "余额 50\n");
    assert_int_equal(sh("looprun race --schedule s/race-2.schedule --trace a2 | tail -n 1"), 0);
    assert_string_equal(out, "余额 20\n");
    assert_int_equal(sh("looprun 50 --schedule s/race-2.schedule --trace b2 --quiet && cmp a2 b2"), 0);
    assert_int_equal(sh("looprun 50 --trace f --quiet && tail -n +2 f > f1; tail -n +2 a1 | cmp - f1"), 0);
    assert_int_equal(sh("cat s/race-2.schedule"), 0);
    assert_string_equal(out, "loopglass schedule 1\n"
                             "lesson race\n"
                             "1 of 2  甲\n"
                             "2 of 2  the timer of 甲, before the timer of 乙\n"
                             "1 of 2  甲\n");
}

static void a_schedule_knows_its_program(void **state)
{
    save_both_of_the_race();
    assert_refused(4, "looprun 47 --schedule s/race-2.schedule", "looprun race --schedule s/race-2.schedule");
    assert_refused(4, "looprun 50 --variant locked --schedule s/race-2.schedule", "looprun race --schedule");
    assert_refused(4, "looprun 50 --set start=2 --schedule s/race-2.schedule", "looprun race --schedule");
    assert_int_equal(sh("looprun 50 --variant locked --set start=0 --explore --save s"), 1);
    assert_refused(4, "looprun 50 --schedule s/race-1.schedule",
                   "looprun race --variant locked --set start=0 --schedule s/race-1.schedule");
    assert_int_equal(sh("looprun 50 --variant locked --set start=0 --schedule s/race-1.schedule"), 0);
}

static void a_schedule_that_does_not_fit_stops_the_program(void **state)
{
    write_file("few", "loopglass schedule 1\nlesson race\n1 of 2\n");
    assert_int_equal(sh("looprun 50 --schedule few --trace t"), 4);
    assert_one_line("few does not fit: it has 1 choices, and the program has more to make");
    assert_int_equal(sh("tail -n 1 t; loopglass check t"), 0);
    assert_out("\"why\":\"exception\",\"code\":4}");
    write_file("other", "loopglass schedule 1\nlesson race\n1 of 2\n3 of 3\n1 of 2\n");
    assert_int_equal(sh("looprun 50 --schedule other"), 4);
    assert_one_line("it takes choice 2 from among 3, and the program has 2 there");
    write_file("many", "loopglass schedule 1\nlesson race\n1 of 2\n1 of 2\n1 of 2\n1 of 2\n");
    assert_int_equal(sh("looprun 50 --schedule many"), 4);
    assert_one_line("1 of its 4 choices are left");
}

static void files_that_are_no_schedule_are_refused_with_their_line(void **state)
{
    static const struct {
        const char *text, *says;
    } files[] = {
        {"", "is empty"},
        {"\n", "x:1: this is no schedule"},
        {"{\"trace\":\"loopglass\"}\n", "x:1: this is no schedule"},
        {"loopglass schedule 2\n", "x:1: a schedule of version 2; this looprun reads 1"},
        {"loopglass schedule 1x\n", "x:1: a schedule of version 1x"},
        {"loopglass schedule 1\n", "does not say of which program it is"},
        {"loopglass schedule 1\n1 of 2\nlesson race\n", "x:3: what the program is stands before"},
        {"loopglass schedule 1\nlesson race\nnonsense\n", "x:3: neither a choice"},
        {"loopglass schedule 1\nlesson race\n0 of 2\n", "x:3: a choice is written"},
        {"loopglass schedule 1\nlesson race\n3 of 2\n", "x:3: a choice is written"},
        {"loopglass schedule 1\nlesson race\n1 of 1\n", "x:3: a choice is written"},
        {"loopglass schedule 1\nlesson race\n1 of -1\n", "x:3: a choice is written"},
        {"loopglass schedule 1\nlesson race\n1 of 99999999999999999999\n", "x:3: a choice is written"},
        {"loopglass schedule 1\nlesson race\n1 of 4294967296\n", "x:3: a choice is written"},
        {"loopglass schedule 1\nlesson race\n1 of 2x\n", "x:3: a choice is written"},
        {"loopglass schedule 1\nlesson race\n\n# a word\n12\n", "x:5: a choice is written"},
    };
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        write_file("x", files[k].text);
        assert_refused(4, "looprun 50 --schedule x", files[k].says);
    }
    assert_refused(4, "printf 'loopglass schedule 1\\nlesson\\0 race\\n' > x; looprun 50 --schedule x",
                   "x:2: this is no text");
    assert_refused(4, "head -c 100000 /dev/urandom > x; looprun 50 --schedule x", "x:1: this is no");
    assert_refused(4, "timeout 5 looprun 50 --schedule /dev/zero", "/dev/zero:1: this is no text");
    assert_refused(4, "yes | tr -d '\\n' | timeout 5 looprun 50 --schedule /dev/stdin",
                   ":1: too long for a line");
    assert_refused(4, "looprun 50 --schedule .", "Is a directory");
    assert_refused(4, "mkfifo p; timeout 5 looprun 50 --schedule p", "is empty");
    assert_refused(4, "looprun 50 --schedule no/such", "No such file");
}

static void a_schedule_may_come_by_a_pipe_and_end_its_lines_as_it_likes(void **state)
{
    assert_int_equal(sh("bash -c 'looprun 50 --schedule <(printf \"loopglass schedule 1\\r\\nlesson "
                        "race\\r\\n1 of 2\\r\\n# "
                        "a word\\r\\n\\r\\n2 of 2 x\\r\\n1 of 2\") | tail -n 1'"),
                     0);
    assert_string_equal(out, "余额 20\n");
}

/* ------------------------------------------------------------------------------------------ all orders ----
 */

static void every_order_is_seen_once(void **state)
{
    static const char *const heads[] = {
        "my.c: 1 outcome in 1 order, all there are\n", "my.c: 2 outcomes in 2 orders, all there are\n",
        "my.c: 6 outcomes in 6 orders, all there are\n", "my.c: 24 outcomes in 24 orders, all there are\n",
        "my.c: 120 outcomes in 120 orders, all there are\n"};
    for (int count = 1; count <= 5; count++) {
        write_speakers(count);
        assert_int_equal(sh("looprun my.c --explore"), count > 1);
        assert_out(heads[count - 1]);
        assert_out("\n1 · in 1 of ");
    }
    assert_int_equal(sh("looprun my.c --explore | grep -c 'run 1$'"), 0);
    assert_string_equal(out, "120\n");
    assert_int_equal(sh("looprun my.c --explore | grep 'run 1$' | sort -u | wc -l"), 0);
    assert_string_equal(out, "120\n");
}

static void the_nearest_orders_come_first(void **state)
{
    write_speakers(3);
    assert_int_equal(sh("looprun my.c --explore | grep -o 'order: .*'"), 0);
    assert_string_equal(out, "order: asyncio's own\n"
                             "order: asyncio's, but choice 1 takes 2 of 3: Task-3, before Task-2\n"
                             "order: asyncio's, but choice 1 takes 3 of 3: Task-4, before Task-2\n"
                             "order: asyncio's, but choice 2 takes 2 of 2: Task-4, before Task-3\n"
                             "order: asyncio's, but choice 1 takes 2 of 3: Task-3, before Task-2; choice 2 "
                             "takes 2 of 2: Task-4, before Task-2\n"
                             "order: asyncio's, but choice 1 takes 3 of 3: Task-4, before Task-2; choice 2 "
                             "takes 2 of 2: Task-3, before Task-2\n");
}

static void the_bound_is_kept_and_said(void **state)
{
    write_speakers(5);
    assert_int_equal(sh("looprun my.c --explore --bound 7"), 1);
    assert_out("my.c: 7 outcomes in 7 orders, and there are more orders: stopped at --bound 7\n");
    assert_int_equal(sh("looprun my.c --explore --bound 1"), 0);
    assert_out("my.c: 1 outcome in 1 order, and there are more orders: stopped at --bound 1\n");
    assert_int_equal(sh("looprun my.c --explore --bound 120"), 1);
    assert_out("120 orders, all there are\n");
}

static void each_outcome_of_ones_own_program_comes_again(void **state)
{
    write_speakers(4);
    assert_int_equal(sh("looprun my.c --explore --save s > list"), 1);
    assert_int_equal(
        sh("for k in $(seq 24); do looprun my.c --schedule s/my-$k.schedule; done > again; sort -u "
           "again | wc -l"),
        0);
    assert_string_equal(out, "24\n");
    assert_int_equal(sh("grep 'run 1' list | sed 's/^ *//' | cmp - again"), 0);
}

static void the_races_two_outputs_are_found_and_the_lock_leaves_one(void **state)
{
    assert_int_equal(sh("looprun 50 --explore"), 1);
    assert_out("余额 50\n  done\n  order: asyncio's own\n");
    assert_out("余额 20\n  done\n");
    assert_int_equal(sh("looprun 50 --variant locked --explore"), 0);
    assert_out("race: 1 outcome in 12 orders, all there are\n");
}

static void the_deadlock_is_found_and_replayed_and_cured(void **state)
{
    assert_int_equal(sh("looprun 47 --explore --save s"), 1);
    assert_out("deadlock: 2 outcomes in 8 orders, all there are\n");
    assert_out("  stuck: nothing can ever wake the loop");
    assert_int_equal(sh("looprun 47 --schedule s/deadlock-1.schedule"), 3);
    assert_int_equal(sh("looprun 47 --schedule s/deadlock-2.schedule | tail -n 1"), 0);
    assert_string_equal(out, "乙 转账完成\n");
    assert_int_equal(sh("looprun 47 --variant ordered --explore"), 0);
    assert_out("deadlock: 1 outcome in 12 orders, all there are\n");
}

static void a_failure_a_crash_and_a_status_are_outcomes(void **state)
{
    write_file("my.c", "#include <loop.h>\n"
                       "#include <stdio.h>\n"
                       "#include <stdlib.h>\n"
                       "static Value one(Value number)\n"
                       "{\n"
                       "    static int first;\n"
                       "    first = first ? first : (int)number.integer;\n"
                       "    return value_int(first);\n"
                       "}\n"
                       "static Value work(Value none)\n"
                       "{\n"
                       "    Task *tasks[3];\n"
                       "    int first = 0;\n"
                       "    for (int k = 0; k < 3; k++)\n"
                       "        tasks[k] = task_create(coroutine(one, value_int(k + 1)));\n"
                       "    for (int k = 0; k < 3; k++)\n"
                       "        first = (int)await_task(tasks[k]).integer;\n"
                       "    fprintf(stderr, \"a word\\n\");\n"
                       "    if (first == 1)\n"
                       "        exit(7);\n"
                       "    if (first == 2)\n"
                       "        abort();\n"
                       "    return NONE;\n"
                       "}\n"
                       "int main(void)\n"
                       "{\n"
                       "    return value_failed(loop_run(coroutine(work, NONE)));\n"
                       "}\n");
    assert_int_equal(sh("looprun my.c --explore"), 1);
    assert_out("3 outcomes in 6 orders");
    assert_out("1 · in 2 of 6 orders\n    a word\n  exit status 7\n");
    assert_out("2 · in 2 of 6 orders\n    a word\n  crashed (SIGABRT)\n");
    assert_out("3 · in 2 of 6 orders\n    a word\n  done\n");
    assert_string_equal(err, "");
}

static void a_program_that_does_not_compile_is_not_explored(void **state)
{
    write_file("my.c", "int main(void) { return x; }\n");
    assert_int_equal(sh("looprun my.c --explore"), 1);
    assert_string_equal(out, "");
    assert_non_null(strstr(err, "my.c:1:"));
}

static void a_folder_that_cannot_be_written_is_told(void **state)
{
    assert_int_equal(sh("looprun 50 --explore --save /proc/no/such"), 4);
    assert_one_line("cannot save a schedule in /proc/no/such");
}

/* ---------------------------------------------------------------------------------------- how it is shown
 * ---- */

static void check_takes_another_order_where_the_header_says_so(void **state)
{
    assert_int_equal(sh("looprun 8 --schedule lifo --trace t --quiet && loopglass check t"), 0);
    assert_int_equal(sh("sed -i 's/schedule lifo/canonical/' t && loopglass check t"), 4);
    assert_out("fifo");
    assert_int_equal(
        sh("for l in 18 28 33 35 38 41 47 50 52; do for s in lifo random:1 random:2 random:3; do "
           "looprun $l --schedule $s --trace $l-$s --quiet; done; done 2>/dev/null; loopglass check "
           "*-lifo *-random:*"),
        0);
}

static void check_knows_where_the_batch_ends(void **state)
{
    write_file("t",
               "{\"trace\":\"loopglass\",\"version\":1,\"clock\":\"virtual\",\"order\":\"schedule x\"}\n"
               "{\"i\":1,\"ts\":0,\"ev\":\"iteration\",\"n\":1}\n"
               "{\"i\":2,\"ts\":0,\"ev\":\"ready\",\"handle\":\"h1\",\"by\":\"soon\",\"what\":\"call\"}\n"
               "{\"i\":3,\"ts\":0,\"ev\":\"select\",\"timeout\":0}\n"
               "{\"i\":4,\"ts\":0,\"ev\":\"selected\",\"n\":0}\n"
               "{\"i\":5,\"ts\":0,\"ev\":\"batch\",\"n\":1}\n"
               "{\"i\":6,\"ts\":0,\"ev\":\"ready\",\"handle\":\"h2\",\"by\":\"soon\",\"what\":\"call\"}\n"
               "{\"i\":7,\"ts\":0,\"ev\":\"run\",\"handle\":\"h2\"}\n"
               "{\"i\":8,\"ts\":0,\"ev\":\"ran\",\"handle\":\"h2\"}\n"
               "{\"i\":9,\"ts\":0,\"ev\":\"end\",\"why\":\"exit\"}\n");
    assert_int_equal(sh("loopglass check t"), 4);
    assert_out("h2 runs before 1 that stood in front of it");
}

static void text_and_diff_say_the_order(void **state)
{
    assert_int_equal(sh("loopglass text 8 --schedule lifo"), 0);
    assert_out("Order: lifo, not asyncio's");
    assert_out("The schedule lifo runs Task-4 now; asyncio would run Task-2 first.");
    assert_out("Next is Task-3.");
    assert_int_equal(sh("loopglass text 8 --schedule lifo --lang zh"), 0);
    assert_out("顺序：lifo，不是 asyncio 的");
    assert_int_equal(sh("loopglass text 8"), 0);
    assert_null(strstr(out, "lifo"));
    assert_int_equal(
        sh("looprun 8 --quiet --trace a; looprun 8 --quiet --schedule lifo --trace b; loopglass diff a b"),
        1);
    assert_out("b ran in another order than asyncio's: lifo.\nAfter event");
}

/* --explore saves asyncio's own order too. */
static void a_file_that_takes_the_first_each_time_is_asyncios_order(void **state)
{
    assert_int_equal(sh("looprun 50 --explore --save s"), 1);
    assert_int_equal(
        sh("looprun 50 --trace a --schedule s/race-1.schedule && looprun 50 --trace b && cmp a b"), 0);
    assert_int_equal(sh("loopglass text 50 --schedule s/race-1.schedule | grep -c 'has seen 100'"), 0);
    assert_int_equal(sh("looprun 50 --trace a --schedule s/race-2.schedule && head -n 1 a"), 0);
    assert_out("\"order\":\"schedule race-2.schedule\"");
}

static void notes_that_speak_of_asyncios_order_are_left_out(void **state)
{
    assert_int_equal(sh("loopglass text 50 | grep -c 'came to\\|has seen 100'"), 0);
    assert_int_equal(sh("loopglass text 50 --schedule lifo > t; grep 'has seen 100' t"), 1);
    assert_int_equal(sh("grep 'Will 20 be left' t"), 0);
}

static void the_window_asks_for_what_it_was_told(void **state)
{
    save_both_of_the_race();
    assert_int_equal(sh("loopglass text race --schedule s/race-2.schedule | grep -c '余额 20'"), 0);
    assert_int_equal(sh("loopglass text deadlock --schedule s/race-2.schedule"), 4);
    assert_one_line("s/race-2.schedule");
    assert_int_equal(sh("loopglass text t.jsonl --schedule lifo"), 2);
    assert_one_line("--schedule goes with a lesson or a C program");
}

/* ------------------------------------------------------------------------------------ waiting in a circle
 * ---- */

static void who_has_the_lock_is_told_when_nobody_can_go_on(void **state)
{
    assert_int_equal(sh("looprun 47 --trace t --quiet 2>/dev/null"), 3);
    assert_int_equal(
        sh("grep -c '\"held\":\\[\\[\"f5\",\"t3\"\\],\\[\"f6\",\"t2\"\\]\\]' t && loopglass check t"), 0);
    assert_int_equal(sh("loopglass text deadlock --schedule lifo"), 3);
    assert_out("Stuck: 甲 waits for the lock that 乙 has, 乙 waits for the lock that 甲 has: a circle");
    assert_int_equal(sh("loopglass text future-1"), 3);
    assert_null(strstr(out, "circle"));
}

static void a_circle_of_three_in_python_is_seen_too(void **state)
{
    write_file("my.py", "import asyncio\n"
                        "async def eat(one, other):\n"
                        "    async with one:\n"
                        "        await asyncio.sleep(1)\n"
                        "        async with other:\n"
                        "            print('eats')\n"
                        "async def main():\n"
                        "    forks = [asyncio.Lock() for _ in range(3)]\n"
                        "    await asyncio.gather(*[eat(forks[k], forks[(k + 1) % 3]) for k in range(3)])\n"
                        "asyncio.run(main())\n");
    assert_int_equal(sh("looprun my.py --virtual --trace t"), 3);
    assert_int_equal(sh("loopglass check t && loopglass text t"), 3);
    assert_out(
        "Task-2 waits for the lock that Task-3 has, Task-3 waits for the lock that Task-4 has, Task-4 waits "
        "for the lock that Task-2 has: a circle");
    assert_int_equal(
        sh("loopglass shot t --at end --size 1280x720 -o a.png && loopglass shot t --at end --size "
           "640x480 -o b.png"),
        0);
}

#define in_folder(name) cmocka_unit_test_setup_teardown(name, make_folder, shell_remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(fifo_is_asyncios_order),
        in_folder(lifo_runs_the_last_first_and_the_trace_says_so),
        in_folder(a_seed_gives_the_same_order_each_time),
        in_folder(words_that_are_no_schedule_are_refused),
        in_folder(a_saved_schedule_replays_exactly),
        in_folder(a_schedule_knows_its_program),
        in_folder(a_schedule_that_does_not_fit_stops_the_program),
        in_folder(files_that_are_no_schedule_are_refused_with_their_line),
        in_folder(a_schedule_may_come_by_a_pipe_and_end_its_lines_as_it_likes),
        in_folder(every_order_is_seen_once),
        in_folder(the_nearest_orders_come_first),
        in_folder(the_bound_is_kept_and_said),
        in_folder(each_outcome_of_ones_own_program_comes_again),
        in_folder(the_races_two_outputs_are_found_and_the_lock_leaves_one),
        in_folder(the_deadlock_is_found_and_replayed_and_cured),
        in_folder(a_failure_a_crash_and_a_status_are_outcomes),
        in_folder(a_program_that_does_not_compile_is_not_explored),
        in_folder(a_folder_that_cannot_be_written_is_told),
        in_folder(check_takes_another_order_where_the_header_says_so),
        in_folder(check_knows_where_the_batch_ends),
        in_folder(text_and_diff_say_the_order),
        in_folder(a_file_that_takes_the_first_each_time_is_asyncios_order),
        in_folder(notes_that_speak_of_asyncios_order_are_left_out),
        in_folder(the_window_asks_for_what_it_was_told),
        in_folder(who_has_the_lock_is_told_when_nobody_can_go_on),
        in_folder(a_circle_of_three_in_python_is_seen_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
