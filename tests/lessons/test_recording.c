/*
 * What the recorder does with a program that fails, is killed, forks, uses threads or several loops, and what
 * it says to a command line that makes no sense.
 */
#include "ran.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "history.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/loopglass-recorder-XXXXXX";

static int make_folder(void **state)
{
    assert_non_null(mkdtemp(folder));
    return 0;
}

static int remove_folder(void **state)
{
    Ran ran;
    ran_start(&ran, NULL, (const char *const[]){"rm", "-r", folder, NULL});
    ran_wait(&ran, 10);
    ran_free(&ran);
    return 0;
}

static void write_program(const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/my.py", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Runs `python3 lessons/record WORDS` in the folder, by a shell. */
static Ran record(const char *words)
{
    char command[1024];
    snprintf(command, sizeof command, "exec python3 -B %s/lessons/record %s", PROJECT_DIR, words);
    Ran ran;
    ran_start(&ran, folder, (const char *const[]){"sh", "-c", command, NULL});
    ran_wait(&ran, 60);
    assert_false(ran.timed_out);
    return ran;
}

static Ran record_program(const char *text, const char *words)
{
    write_program(text);
    return record(words);
}

static void tell(void *context, uint32_t line, const char *rule, const char *message)
{
    print_error("line %u: %s: %s\n", line, rule, message);
}

static void assert_keeps_the_rules(const Ran *ran)
{
    assert_int_equal(history_check(ran->out, ran->out_length, tell, NULL), 0);
}

static void assert_has(const Ran *ran, const char *part)
{
    if (!strstr(ran->out, part))
        fail_msg("no %s in:\n%s\n%s", part, ran->out, ran->err);
}

static void assert_lacks(const Ran *ran, const char *part)
{
    if (strstr(ran->out, part))
        fail_msg("there is %s in:\n%s", part, ran->out);
}

/* How it ended: the exit status, and the last event. */
static void assert_ends(const Ran *ran, int status, const char *end)
{
    if (ran->status != status)
        fail_msg("status %d: %s", ran->status, ran->err);
    const char *last = strstr(ran->out, "\"ev\":\"end\"");
    if (!last || !strstr(last, end) || strchr(last, '\n') != ran->out + ran->out_length - 1)
        fail_msg("the last event is not an end with %s: %s", end, last ? last : ran->out);
}

static size_t count_of(const Ran *ran, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(ran->out, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

/* ------------------------------------------------------------------------------------- the command line */

static void what_it_does_not_understand_is_one_line_and_status_2(void **state)
{
    static const char *const words[] = {
        "",
        "--nonsense my.py",
        "-o",
        "--limit none my.py",
        "--limit 0 my.py",
        "--trace-limit 65535 my.py",
        "--trace-limit 4G my.py",
        "no-such.py",
        "--batch out -m json",
    };
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        Ran ran = record(words[k]);
        if (ran.status != 2 || strncmp(ran.err, "loopglass-record: ", 18) != 0 ||
            strchr(ran.err, '\n') != ran.err + ran.err_length - 1)
            fail_msg("%s: status %d: %s", words[k], ran.status, ran.err);
        assert_string_equal(ran.out, "");
        ran_free(&ran);
    }
}

static void help_and_version_go_to_stdout(void **state)
{
    Ran ran = record("--help");
    assert_int_equal(ran.status, 0);
    assert_has(&ran, "usage: python3 lessons/record");
    ran_free(&ran);
    ran = record("--version");
    assert_has(&ran, "loopglass-record ");
    ran_free(&ran);
}

static void a_trace_that_cannot_be_written_is_status_4(void **state)
{
    Ran ran = record_program("print(1)\n", "-o /no/such/folder/t.jsonl my.py");
    assert_int_equal(ran.status, 4);
    assert_string_equal(ran.out, "");
    ran_free(&ran);
}

/* What the shell says of a file in the folder. */
static Ran look(const char *command)
{
    Ran ran;
    ran_start(&ran, folder, (const char *const[]){"sh", "-c", command, NULL});
    ran_wait(&ran, 10);
    return ran;
}

/* One that says so of itself, and the first file is written in what Python 2 reads: ASCII, and no f-string.
 */
static void a_python_that_is_too_old_is_told_in_one_line(void **state)
{
    static const char *const versions[] = {"2, 7", "3, 6", "3, 8"};
    for (size_t k = 0; k < sizeof versions / sizeof *versions; k++) {
        char command[1024];
        snprintf(
            command, sizeof command,
            "python3 -B -c 'import runpy, sys; sys.version_info = (%s, 0); sys.argv = [\"\", \"my.py\"]; "
            "runpy.run_path(\"%s/lessons/record/__main__.py\", run_name=\"__main__\")'",
            versions[k], PROJECT_DIR);
        Ran ran = look(command);
        assert_int_equal(ran.status, 4);
        assert_string_equal(ran.out, "");
        char line[128];
        snprintf(
            line, sizeof line,
            "loopglass-record: this is Python %c.%c; the recorder needs CPython 3.9 or newer, and is tested "
            "up to 3.13\n",
            versions[k][0], versions[k][3]);
        assert_string_equal(ran.err, line);
        ran_free(&ran);
    }
    Ran ran = look("LC_ALL=C grep -n \"[^ -~]\\|f'\" " PROJECT_DIR "/lessons/record/__main__.py");
    assert_string_equal(ran.out, "");
    assert_int_equal(ran.status, 1);
    ran_free(&ran);
}

static void a_trace_file_stands_beside_the_output(void **state)
{
    Ran ran = record_program("print(1)\n", "my.py");
    assert_string_equal(ran.out, "1\n");
    ran_free(&ran);
    ran = look("ls; cat my.jsonl; rm my.jsonl");
    assert_int_equal(strncmp(ran.out, "my.jsonl\nmy.py\n", 15), 0);
    assert_ends(&ran, 0, "\"why\":\"exit\"");
    ran_free(&ran);
}

static void the_program_sees_no_difference(void **state)
{
    static const char program[] =
        "import asyncio, sys, os\n"
        "async def main():\n"
        "    task = asyncio.current_task()\n"
        "    future = asyncio.get_running_loop().create_future()\n"
        "    print(type(task), type(task).__name__, task, sep='|')\n"
        "    print(type(future), type(future).__name__, future, asyncio.Future, sep='|')\n"
        "    print(isinstance(task, asyncio.Future), issubclass(asyncio.Task, asyncio.Future))\n"
        "    print(isinstance(asyncio.gather(future), asyncio.Future), asyncio.get_running_loop())\n"
        "    try: future.nothing\n"
        "    except AttributeError as error: print(error)\n"
        "    print(asyncio.get_running_loop().call_soon(print, 'called'))\n"
        "    print(asyncio.get_running_loop().call_at(5, print).when())\n"
        "    await asyncio.sleep(0)\n"
        "asyncio.run(main())\n"
        "print(__name__, os.path.basename(__file__), sys.argv, os.path.basename(sys.path[0]) == "
        "os.path.basename(os.getcwd()))\n"
        "print(sys.stdout.encoding, sys.stdout.name, sys.stdout.isatty(), os.dup(0))\n"
        "print('trace' in sys.modules, 'options' in sys.modules)\n";
    write_program(program);
    Ran plain, recorded;
    ran_start(&plain, folder, (const char *const[]){"python3", "-B", "my.py", "one", NULL});
    ran_wait(&plain, 60);
    recorded = record("my.py one");
    assert_int_equal(plain.status, 0);
    assert_string_equal(recorded.out, plain.out);
    assert_string_equal(recorded.err, plain.err);
    ran_free(&plain);
    ran_free(&recorded);
}

/* ------------------------------------------------------------------------------------------- the end */

static void an_exception_is_output_and_the_end(void **state)
{
    Ran ran = record_program("import asyncio\nasync def main():\n    1 / 0\nasyncio.run(main())\n",
                             "--virtual -o - my.py");
    assert_ends(&ran, 1, "\"why\":\"exception\",\"code\":1");
    assert_has(&ran, "\"ev\":\"output\",\"fd\":2,\"text\":\"ZeroDivisionError: division by zero\\n\"");
    assert_non_null(strstr(ran.err, "my.py\", line 3, in main"));
    assert_null(strstr(ran.err, "lessons/record"));
    assert_keeps_the_rules(&ran);
    ran_free(&ran);
}

static void a_syntax_error_is_output_and_the_end(void **state)
{
    Ran ran = record_program("x = = 1\n", "-o - my.py");
    assert_ends(&ran, 1, "\"why\":\"exception\",\"code\":1");
    assert_has(&ran, "SyntaxError: invalid syntax\\n");
    assert_lacks(&ran, "lessons/record");
    ran_free(&ran);
}

static void the_exit_status_is_the_programs(void **state)
{
    static const struct {
        const char *program;
        int status;
    } programs[] = {
        {"import sys; sys.exit(7)", 7},
        {"import sys; sys.exit()", 0},
        {"import sys; sys.exit('words')", 1},
        {"import asyncio, sys\nasync def main():\n    sys.exit(5)\nasyncio.run(main())\n", 5},
    };
    for (size_t k = 0; k < sizeof programs / sizeof *programs; k++) {
        char end[32];
        Ran ran = record_program(programs[k].program, "-o - my.py");
        snprintf(end, sizeof end, "\"why\":\"exit\",\"code\":%d}", programs[k].status);
        assert_ends(&ran, programs[k].status, end);
        ran_free(&ran);
    }
}

static void a_keyboard_interrupt_ends_the_trace_and_kills(void **state)
{
    Ran ran = record_program("import asyncio, os, signal\nasync def main():\n"
                             "    os.kill(os.getpid(), signal.SIGINT)\n    await asyncio.sleep(5)\n"
                             "asyncio.run(main())\n",
                             "-o - my.py");
    assert_ends(&ran, 128 + SIGINT, "\"why\":\"killed\",\"code\":130");
    ran_free(&ran);
}

static void sigterm_ends_the_trace_and_kills(void **state)
{
    Ran ran = record_program("import asyncio, os, signal\nasync def main():\n"
                             "    os.kill(os.getpid(), signal.SIGTERM)\n    await asyncio.sleep(5)\n"
                             "asyncio.run(main())\n",
                             "-o - my.py");
    assert_ends(&ran, 128 + SIGTERM, "\"why\":\"killed\",\"code\":143");
    ran_free(&ran);
}

static void a_sudden_exit_leaves_whole_lines(void **state)
{
    Ran ran = record_program("import os\nprint(1, flush=True)\nos._exit(6)\n", "-o - my.py");
    assert_int_equal(ran.status, 6);
    assert_int_equal(ran.out[ran.out_length - 1], '\n');
    assert_has(&ran, "\"line\":3,");
    assert_lacks(&ran, "\"ev\":\"end\"");
    ran_free(&ran);
}

static void a_program_that_nothing_can_wake_is_stuck_on_either_clock(void **state)
{
    static const char program[] =
        "import asyncio\nasync def main():\n"
        "    await asyncio.get_running_loop().create_future()\nasyncio.run(main())\n";
    static const char *const words[] = {"--virtual -o - my.py", "-o - my.py"};
    for (size_t k = 0; k < 2; k++) {
        Ran ran = record_program(program, words[k]);
        assert_ends(&ran, 3, "\"why\":\"stuck\",\"code\":3");
        assert_has(&ran, "\"tasks\":[[\"t1\",\"f1\"]]");
        assert_string_equal(ran.err, "loopglass-record: stuck: nothing can ever wake the loop: "
                                     "Task-1 (main) waits on future f1\n");
        assert_keeps_the_rules(&ran);
        ran_free(&ran);
    }
}

/* Each program is woken by something that is no timer of its loop. */
static void what_something_can_still_wake_is_not_stuck(void **state)
{
    static const char *const wakers[] = {
        "    threading.Thread(target=lambda: (time.sleep(0.2), loop.call_soon_threadsafe(f.set_result, "
        "1))).start()",
        "    loop.add_signal_handler(signal.SIGALRM, f.set_result, 1); signal.setitimer(signal.ITIMER_REAL, "
        "0.2)",
        "    loop.run_in_executor(None, time.sleep, 0.2).add_done_callback(lambda _: f.set_result(1))",
        "    r, w = os.pipe(); loop.add_reader(r, f.set_result, 1)\n"
        "    if os.fork() == 0: time.sleep(0.2); os.write(w, b'x'); os._exit(0)",
        "    p = await asyncio.create_subprocess_exec('sleep', '0.2'); await p.wait(); f.set_result(1)",
    };
    for (size_t k = 0; k < sizeof wakers / sizeof *wakers; k++) {
        char program[1024];
        snprintf(program, sizeof program,
                 "import asyncio, os, signal, threading, time\nasync def main():\n"
                 "    loop = asyncio.get_running_loop(); f = loop.create_future()\n%s\n    print(await f)\n"
                 "asyncio.run(main())\n",
                 wakers[k]);
        static const char *const words[] = {"-o - my.py", "--virtual -o - my.py"};
        for (size_t clock = 0; clock < 2; clock++) {
            Ran ran = record_program(program, words[clock]);
            assert_ends(&ran, 0, "\"why\":\"exit\",\"code\":0");
            assert_has(&ran, "\"text\":\"1\\n\"");
            assert_keeps_the_rules(&ran);
            ran_free(&ran);
        }
    }
}

static void a_limit_ends_the_trace_and_not_the_program(void **state)
{
    Ran ran =
        record_program("for i in range(100): print(i)\nimport sys; sys.exit(4)\n", "--limit 10 -o - my.py");
    assert_ends(&ran, 4, "\"why\":\"limit\"");
    assert_has(&ran, "{\"i\":11,");
    ran_free(&ran);
}

static void a_trace_ends_at_so_many_bytes_and_the_program_goes_on(void **state)
{
    static const char program[] = "for i in range(5000): print(i)\nimport sys; sys.exit(4)\n";
    Ran ran = record_program(program, "--trace-limit 65536 -o - my.py");
    assert_ends(&ran, 4, "\"why\":\"limit\"");
    assert_in_range(strlen(ran.out), 65536 - 256, 65536);
    assert_non_null(strstr(ran.err, "the program goes on (--trace-limit)\n"));
    assert_keeps_the_rules(&ran);
    ran_free(&ran);
    ran = record_program(program, "--trace-limit 0 -o - my.py");
    assert_ends(&ran, 4, "\"why\":\"exit\",\"code\":4");
    ran_free(&ran);
}

/* ------------------------------------------------------------------------------------- what is recorded */

static void all_ways_of_printing_are_output(void **state)
{
    Ran ran = record_program("import logging, os, sys\nprint('a', 'b')\nsys.stdout.write('c\\n')\n"
                             "sys.stdout.flush()\nsys.stdout.buffer.write(b'd\\n')\nos.write(1, b'e\\n')\n"
                             "logging.warning('f')\nprint('g', file=sys.stderr)\nprint('h', end='')\n",
                             "-o - my.py");
    static const char *const outputs[] = {"1,\"text\":\"a b\\n",
                                          "1,\"text\":\"c\\n",
                                          "1,\"text\":\"d\\n",
                                          "1,\"text\":\"e\\n",
                                          "2,\"text\":\"WARNING:root:f\\n",
                                          "2,\"text\":\"g\\n",
                                          "1,\"text\":\"h\""};
    for (size_t k = 0; k < sizeof outputs / sizeof *outputs; k++)
        assert_has(&ran, outputs[k]);
    assert_int_equal(count_of(&ran, "\"ev\":\"output\""), sizeof outputs / sizeof *outputs);
    assert_string_equal(ran.err, "WARNING:root:f\ng\n");
    ran_free(&ran);
}

static void jobs_that_sleep_take_virtual_time_in_the_same_bytes_each_time(void **state)
{
    static const char program[] =
        "import asyncio, concurrent.futures, time\n"
        "def job(n): time.sleep(n); return n\n"
        "async def tick():\n    for k in range(3): await asyncio.sleep(400); print('tick', k)\n"
        "async def main():\n    loop = asyncio.get_running_loop(); task = asyncio.create_task(tick())\n"
        "    pool = concurrent.futures.ThreadPoolExecutor(2)\n"
        "    jobs = [loop.run_in_executor(pool, job, n) for n in (500, 200, 100, 350)]\n"
        "    for f in asyncio.as_completed(jobs): print(await f, loop.time())\n"
        "    await task; await asyncio.to_thread(job, 1000)\n"
        "asyncio.run(main())\n";
    Ran one = record_program(program, "--virtual --canonical -o - my.py");
    Ran other = record("--virtual --canonical -o - my.py");
    assert_ends(&one, 0, "exit");
    assert_string_equal(one.out, other.out);
    assert_has(&one, "\"ts\":200000000000,\"ev\":\"output\",\"fd\":1,\"text\":\"200 200.0\\n\"");
    assert_has(&one, "\"ts\":300000000000,\"ev\":\"output\",\"fd\":1,\"text\":\"100 300.0\\n\"");
    assert_has(&one, "\"ts\":500000000000,\"ev\":\"output\",\"fd\":1,\"text\":\"500 500.0\\n\"");
    assert_has(&one, "\"ts\":650000000000,\"ev\":\"output\",\"fd\":1,\"text\":\"350 650.0\\n\"");
    assert_has(&one, "\"ts\":2200000000000,\"ev\":\"end\"");
    assert_keeps_the_rules(&one);
    ran_free(&one);
    ran_free(&other);
}

static void a_forked_child_does_not_write_into_the_trace(void **state)
{
    Ran ran =
        record_program("import asyncio, os\nasync def main():\n    if os.fork() == 0:\n"
                       "        print('child'); await asyncio.sleep(0); os._exit(0)\n"
                       "    os.wait(); await asyncio.sleep(0)\n    print('parent')\nasyncio.run(main())\n",
                       "--virtual -o - my.py");
    assert_ends(&ran, 0, "exit");
    assert_has(&ran, "parent");
    assert_lacks(&ran, "child\\n");
    assert_keeps_the_rules(&ran);
    ran_free(&ran);
}

static void what_another_thread_does_says_so(void **state)
{
    Ran ran = record_program("import asyncio, threading\nasync def main():\n    f = asyncio.Future()\n"
                             "    loop = asyncio.get_running_loop()\n    def work():\n"
                             "        for _ in range(200): loop.call_soon_threadsafe(int)\n"
                             "        loop.call_soon_threadsafe(f.set_result, None)\n"
                             "    threading.Thread(target=work, name='worker').start()\n    await f\n"
                             "asyncio.run(main())\n",
                             "--no-lines -o - my.py");
    assert_ends(&ran, 0, "exit");
    assert_int_equal(
        count_of(&ran, "\"by\":\"thread\",\"what\":\"call\",\"callback\":\"int\",\"thread\":\"worker\""),
        200);
    assert_keeps_the_rules(&ran);
    ran_free(&ran);
}

static void another_loop_has_its_number(void **state)
{
    Ran ran = record_program("import asyncio\nasync def main(): await asyncio.sleep(0)\n"
                             "asyncio.run(main())\nasyncio.run(main())\n",
                             "--virtual -o - my.py");
    assert_ends(&ran, 0, "exit");
    assert_has(&ran, "\"ev\":\"loop\",\"op\":\"new\",\"loop\":2}");
    assert_has(&ran, "\"task\":\"t4\",\"name\":\"Task-4\"");
    assert_keeps_the_rules(&ran);
    ran_free(&ran);
}

static void what_the_loop_reports_is_an_exception_event(void **state)
{
    Ran ran =
        record_program("import asyncio\nasync def main():\n"
                       "    asyncio.get_running_loop().call_soon(lambda: 1 / 0)\n    await asyncio.sleep(0)\n"
                       "asyncio.run(main())\n",
                       "--virtual -o - my.py");
    assert_has(&ran, "\"ev\":\"exception\",\"message\":\"Exception in callback main.<locals>.<lambda>() at ");
    assert_has(&ran, "\"exception\":\"ZeroDivisionError: division by zero\"");
    assert_ends(&ran, 0, "exit");
    ran_free(&ran);
}

static void a_coroutine_never_awaited_says_so(void **state)
{
    Ran ran = record_program("async def lost(): pass\nlost()\n", "-o - my.py");
    assert_has(&ran, "\"ev\":\"coroutine\",\"coroutine\":\"k1\",\"name\":\"lost\",\"never_awaited\":true");
    assert_has(&ran, "RuntimeWarning: coroutine 'lost' was never awaited\\n");
    ran_free(&ran);
}

static void a_step_that_does_not_give_way_is_blocked(void **state)
{
    Ran ran =
        record_program("import asyncio, time\nasync def main():\n    end = time.perf_counter() + 0.4\n"
                       "    while time.perf_counter() < end:\n        pass\n    await asyncio.sleep(0)\n"
                       "    time.sleep(0.2)\nasyncio.run(main())\n",
                       "--no-lines -o - my.py");
    assert_int_equal(count_of(&ran, "\"ev\":\"blocked\""), 2);
    assert_has(&ran, "\"ev\":\"blocked\",\"duration\":200000000,\"by\":[\"s1\",7]");
    assert_ends(&ran, 0, "exit");
    ran_free(&ran);
}

static void uvloop_is_refused_by_a_note(void **state)
{
    Ran ran = record_program("import asyncio, sys, types\nuvloop = types.ModuleType('uvloop')\n"
                             "class EventLoopPolicy(asyncio.DefaultEventLoopPolicy): pass\n"
                             "EventLoopPolicy.__module__ = 'uvloop'\n"
                             "asyncio.set_event_loop_policy(EventLoopPolicy())\n"
                             "async def main(): print('ran')\nasyncio.run(main())\n",
                             "-o - my.py");
    assert_has(&ran, "\"ev\":\"note\",\"text\":\"uvloop.EventLoopPolicy refused");
    assert_has(&ran, "\"text\":\"ran\\n\"");
    assert_has(&ran, "\"ev\":\"iteration\"");
    ran_free(&ran);
}

static void two_virtual_recordings_give_the_same_bytes(void **state)
{
    static const char program[] =
        "import asyncio, random\nasync def work(n):\n    await asyncio.sleep(n % 3)\n    return object()\n"
        "async def main():\n    tasks = [asyncio.create_task(work(n)) for n in range(9)]\n"
        "    print(len((await asyncio.wait(tasks))[0]))\n"
        "    for done in asyncio.as_completed([work(n) for n in range(5)]): await done\n"
        "    asyncio.create_task(work(1))\n    asyncio.create_task(work(2))\nasyncio.run(main())\n";
    Ran one = record_program(program, "--virtual -o - my.py");
    Ran other = record("--virtual -o - my.py");
    assert_ends(&one, 0, "exit");
    assert_string_equal(one.out, other.out);
    assert_keeps_the_rules(&one);
    ran_free(&one);
    ran_free(&other);
}

static void a_batch_records_each_script_by_itself(void **state)
{
    write_program("import sys\nprint(sys.argv)\nsys.exit(3)\n");
    Ran ran = record("--virtual --batch out my.py");
    assert_string_equal(ran.out, "3 my.py\n");
    ran_free(&ran);
    ran = look("cat out/my.jsonl");
    assert_has(&ran, "\"text\":\"['my.py']\\n\"");
    assert_ends(&ran, 0, "\"why\":\"exit\",\"code\":3");
    ran_free(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_does_not_understand_is_one_line_and_status_2),
        cmocka_unit_test(help_and_version_go_to_stdout),
        cmocka_unit_test(a_trace_that_cannot_be_written_is_status_4),
        cmocka_unit_test(a_python_that_is_too_old_is_told_in_one_line),
        cmocka_unit_test(a_trace_file_stands_beside_the_output),
        cmocka_unit_test(the_program_sees_no_difference),
        cmocka_unit_test(an_exception_is_output_and_the_end),
        cmocka_unit_test(a_syntax_error_is_output_and_the_end),
        cmocka_unit_test(the_exit_status_is_the_programs),
        cmocka_unit_test(a_keyboard_interrupt_ends_the_trace_and_kills),
        cmocka_unit_test(sigterm_ends_the_trace_and_kills),
        cmocka_unit_test(a_sudden_exit_leaves_whole_lines),
        cmocka_unit_test(a_program_that_nothing_can_wake_is_stuck_on_either_clock),
        cmocka_unit_test(what_something_can_still_wake_is_not_stuck),
        cmocka_unit_test(a_limit_ends_the_trace_and_not_the_program),
        cmocka_unit_test(a_trace_ends_at_so_many_bytes_and_the_program_goes_on),
        cmocka_unit_test(all_ways_of_printing_are_output),
        cmocka_unit_test(a_forked_child_does_not_write_into_the_trace),
        cmocka_unit_test(what_another_thread_does_says_so),
        cmocka_unit_test(another_loop_has_its_number),
        cmocka_unit_test(what_the_loop_reports_is_an_exception_event),
        cmocka_unit_test(a_coroutine_never_awaited_says_so),
        cmocka_unit_test(a_step_that_does_not_give_way_is_blocked),
        cmocka_unit_test(uvloop_is_refused_by_a_note),
        cmocka_unit_test(two_virtual_recordings_give_the_same_bytes),
        cmocka_unit_test(jobs_that_sleep_take_virtual_time_in_the_same_bytes_each_time),
        cmocka_unit_test(a_batch_records_each_script_by_itself),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
